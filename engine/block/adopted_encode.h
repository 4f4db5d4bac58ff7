#pragma once
#include <memory>

#include "block/format.h"
#include "gpu/device.h"

namespace txs::block {

/// An encode, done from the start, over the bits of a file; `source` is of the same size.
/// Throws Error(input) if the bits are not as many as the size asks for.
std::unique_ptr<codec::Encode> adopt(gpu::Device& device, const codec::Source& source,
                                     const codec::EncodedTexture& encoded, const Format& format);

}  // namespace txs::block
