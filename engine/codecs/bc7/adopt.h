#pragma once
#include <memory>

#include "codec/codec.h"
#include "gpu/device.h"

namespace txs::bc7 {

/// An encode, done from the start, over the bits of a file. `artifact` is one that the kind reads; `source` is of the same size.
/// Throws Error(input) if the bits are not as many as the size asks for.
std::unique_ptr<codec::Encode> adopt_bits(gpu::Device& device, const codec::Source& source,
                                          const codec::Encoded& artifact);

}  // namespace txs::bc7
