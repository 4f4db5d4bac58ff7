#include "neural/grids.h"

#include <algorithm>
#include <cmath>

namespace txs::neural {
namespace {

/// Corners aligned: the first and last grid texels lie on the centres of the first and last pixels.
float texels_a_pixel(std::uint32_t grid_side, std::uint32_t image_side) {
  return image_side > 1 ? float(grid_side - 1) / float(image_side - 1) : 0;
}

}  // namespace

std::vector<GridShape> hash_levels(std::uint32_t levels, std::uint32_t features, std::uint32_t log2_table,
                                   std::uint32_t base, std::uint32_t finest) {
  const std::uint64_t table = std::uint64_t(1) << log2_table;
  const double growth = levels > 1 ? std::pow(double(finest) / base, 1.0 / (levels - 1)) : 1;
  std::vector<GridShape> grids;
  for (std::uint32_t level = 0; level < levels; ++level) {
    const auto side = std::uint32_t(std::lround(base * std::pow(growth, level)));
    const std::uint64_t texels = std::uint64_t(side) * side;
    grids.push_back(
        {.width = side, .height = side, .channels = features, .entries = std::uint32_t(std::min(texels, table))});
  }
  return grids;
}

std::vector<GridShape> latent_grids(std::uint32_t image_width, std::uint32_t image_height, std::uint32_t channels_lo,
                                    std::uint32_t scale_lo, std::uint32_t channels_hi, std::uint32_t scale_hi) {
  const auto grid = [&](std::uint32_t channels, std::uint32_t scale) {
    const std::uint32_t width = (image_width + scale - 1) / scale, height = (image_height + scale - 1) / scale;
    return GridShape{.width = width, .height = height, .channels = channels, .entries = width * height};
  };
  std::vector<GridShape> grids;
  if (channels_lo > 0) grids.push_back(grid(channels_lo, scale_lo));
  if (channels_hi > 0) grids.push_back(grid(channels_hi, scale_hi));
  return grids;
}

interop::NeuralGrid addressing(const GridLayout& grid, std::uint32_t image_width, std::uint32_t image_height) {
  const GridShape& shape = grid.shape;
  return {.size = {shape.width, shape.height},
          .channels = shape.channels,
          .entries = shape.entries,
          .first_input = grid.first_input,
          .values = grid.values,
          .scale = {texels_a_pixel(shape.width, image_width), texels_a_pixel(shape.height, image_height)}};
}

}  // namespace txs::neural
