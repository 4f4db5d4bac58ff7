#pragma once
#include <cstdint>
#include <memory>

#include "codec/codec.h"
#include "gpu/device.h"

namespace txs::bc7 {

/// Starts the ranked search of all modes over a picture. Throws Error(device) when memory is short.
std::unique_ptr<codec::Encode> start_ranked(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed);

/// The same with the memory for candidate lists limited to those of `tile_blocks` blocks: for tests.
std::unique_ptr<codec::Encode> start_ranked(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed,
                                            std::uint32_t tile_blocks);

}  // namespace txs::bc7
