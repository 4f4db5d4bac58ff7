#include "neural/network.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "neural/grids.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {
namespace {
constexpr std::uint32_t most_quads = 32;  // of 128 hidden units, and of the features of any model of the presets' kind
}

Network::Network(gpu::Device& device, const ModelShape& shape, std::uint32_t image_width, std::uint32_t image_height)
    : shape_(shape),
      layout_(shape),
      image_width_(image_width),
      image_height_(image_height),
      software_(device.is_cpu()),
      grids_(device, layout_.grids.size() * sizeof(interop::NeuralGrid) / 4, "feature grids", Texels::Words::integers) {
  std::vector<interop::NeuralGrid> table;
  for (const GridLayout& grid : layout_.grids) table.push_back(addressing(grid, image_width, image_height));
  device.upload(grids_.buffer, std::as_bytes(std::span(table)));
}

interop::NeuralWidths Network::widths() const {
  return {input_quads(), gpu::divide_up(shape_.inputs(), 4), hidden_quads()};
}

std::vector<std::uint32_t> Network::constants() const {
  return {input_quads(), hidden_quads(), shape_.depth, shape_.outputs, std::uint32_t(shape_.activation), software_};
}

std::vector<std::uint32_t> Network::portable_constants() const {
  std::uint32_t channels = 4;
  for (const GridShape& grid : shape_.grids) channels = std::gcd(channels, grid.channels);
  std::vector<std::uint32_t> all = constants();
  all.insert(all.end(), {widths().feature_quads, channels});
  if (software_)
    for (const std::size_t width : {0, 1, 6}) all[width] = std::max(std::bit_ceil(all[width]), most_quads);
  return all;
}

}  // namespace txs::neural
