#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/inspection.h"
#include "image/image.h"
#include "neural/network.h"

namespace txs::neural {

/// Floats that shaders/neural/inspect.comp leaves: each grid's corners, the features, then of each layer (all padded)
/// its sums and its outputs.
std::uint64_t trace_floats(const Network& network);

/// What the trace says of a pixel. `decoded` is rounded as the picture is.
codec::TexelInspection texel_inspection(const ModelShape& shape, const Rgba8Image& picture, std::uint32_t x,
                                        std::uint32_t y, std::span<const std::byte> trace);

}  // namespace txs::neural
