#pragma once
#include <cstdint>
#include <vector>

#include "neural/model.h"
#include "shaders/interop/neural_model.h"

namespace txs::neural {

/// The levels of a multiresolution hash encoding (Mueller et al. 2022) in two dimensions, coarse to fine: squares of
/// round(base * b^level) texels a side, b = (finest / base)^(1 / (levels - 1)). A level that fits in 2^log2_table
/// entries is dense (a perfect fit too), others share that many by a hash. One level: base.
std::vector<GridShape> hash_levels(std::uint32_t levels, std::uint32_t features, std::uint32_t log2_table,
                                   std::uint32_t base, std::uint32_t finest);

/// The grids of a latent texture: channels_lo at 1/scale_lo of an image, then channels_hi at 1/scale_hi; 0 channels:
/// no such grid. A side is ceil(image side / scale), at least 1, so that no texel covers more than scale pixels.
std::vector<GridShape> latent_grids(std::uint32_t image_width, std::uint32_t image_height, std::uint32_t channels_lo,
                                    std::uint32_t scale_lo, std::uint32_t channels_hi, std::uint32_t scale_hi);

/// What kernels and the reference find a grid's values by, for an image of this size.
interop::NeuralGrid addressing(const GridLayout& grid, std::uint32_t image_width, std::uint32_t image_height);

}  // namespace txs::neural
