#pragma once
#include <memory>

#include "codec/codec.h"
#include "gpu/device.h"

namespace txs::bc5 {

/// An encode that also shows what it holds as normals: a picture of them with z rebuilt, and maps of their angles to the
/// source's, drawn with each decode. All else is the encode's own.
std::unique_ptr<codec::Encode> with_normal_maps(gpu::Device& device, const codec::Source& source,
                                                std::unique_ptr<codec::Encode> encode);

}  // namespace txs::bc5
