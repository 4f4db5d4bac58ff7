#pragma once
#include <cstdint>
#include <span>

#include "block/search_encode.h"
#include "codec/codec.h"
#include "codecs/astc/astc_block.h"
#include "gpu/device.h"

/// The published coordinate descent: lines are fitted to texels and texels sent to lines in turn, their division is snapped to
/// a pattern that the format has, and what comes out is tried as real blocks. README.md explains the method.
namespace txs::astc {

/// Of the codec, where `search` is `descent`.
std::span<const codec::Parameter> descent_parameters();

/// Puts descents in the place of the stages of `search` that rank divisions: what tries candidates stays, and so do the first
/// bits and the ranking of second planes. `search` has the stages, settings and records of the ranked search.
void descend(block::Search& search, gpu::Device& device, const codec::Source& source, const Footprint& footprint,
             const codec::Parameters& values, std::uint64_t seed);

}  // namespace txs::astc
