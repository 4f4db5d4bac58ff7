#include "artifact/grid_planes.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "artifact/network_shape.h"
#include "core/half.h"

namespace txs::artifact {
namespace {

codec::FeatureGrid integers_to_8_bits(codec::FeatureGrid grid) {
  const std::uint32_t greatest = greatest_level(grid);
  for (std::uint16_t& level : grid.values) {
    level = static_cast<std::uint16_t>((level * 255u * 2 + greatest) / (2 * greatest));  // to nearest
  }
  grid.bits = 8;
  return grid;
}

codec::FeatureGrid halves_to_8_bits(codec::FeatureGrid grid) {
  grid.bits = 8;
  grid.low.assign(grid.channels, 0);
  grid.high.assign(grid.channels, 0);
  for (std::uint32_t c = 0; c < grid.channels; ++c) {
    float low = half_to_float(grid.values[c]), high = low;
    for (std::size_t i = c; i < grid.values.size(); i += grid.channels) {
      low = std::min(low, half_to_float(grid.values[i]));
      high = std::max(high, half_to_float(grid.values[i]));
    }
    const double scale = high > low ? 255 / (double(high) - low) : 0;
    for (std::size_t i = c; i < grid.values.size(); i += grid.channels) {
      grid.values[i] = static_cast<std::uint16_t>(std::lround((half_to_float(grid.values[i]) - double(low)) * scale));
    }
    grid.low[c] = low;
    grid.high[c] = high;
  }
  return grid;
}

}  // namespace

std::vector<std::uint16_t> planes_of(const codec::FeatureGrid& grid) {
  std::vector<std::uint16_t> planes;
  planes.reserve(grid.values.size());
  for (std::uint32_t c = 0; c < grid.channels; ++c) {
    for (std::size_t i = c; i < grid.values.size(); i += grid.channels) planes.push_back(grid.values[i]);
  }
  return planes;
}

void set_planes(codec::FeatureGrid& grid, std::span<const std::uint16_t> planes) {
  assert(planes.size() == value_count(grid));
  grid.values.resize(planes.size());
  std::size_t next = 0;
  for (std::uint32_t c = 0; c < grid.channels; ++c) {
    for (std::size_t i = c; i < grid.values.size(); i += grid.channels) grid.values[i] = planes[next++];
  }
}

codec::FeatureGrid to_8_bits(const codec::FeatureGrid& grid) {
  return holds_integers(grid) ? integers_to_8_bits(grid) : halves_to_8_bits(grid);
}

}  // namespace txs::artifact
