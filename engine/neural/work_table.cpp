#include "neural/work_table.h"

#include <algorithm>
#include <span>

namespace txs::neural {
namespace {

using interop::neural_group;
using interop::uvec4;

constexpr std::uint32_t most_groups_a_row = 65535;  // what every device takes
// 64 MiB, or one grid's if that is more.
constexpr std::uint64_t most_corner_floats = std::uint64_t(1) << 24;

/// Whole rows of workgroups; those beyond the list get zeros, and so nothing to do.
gpu::Groups rows_of(std::uint32_t groups) {
  const std::uint32_t rows = gpu::divide_up(groups, most_groups_a_row);
  return rows == 0 ? gpu::Groups{0, 0} : gpu::Groups{gpu::divide_up(groups, rows), rows};
}

/// The side of a corner's team: a square of invocations that walk its samples together, half as many a side as it has
/// cells, so that each has about four.
std::uint32_t team_side(const GridShape& grid, std::uint32_t cells_x, std::uint32_t cells_y) {
  const auto reached = [](std::uint32_t cells, std::uint32_t texels) {
    return texels < 2 ? cells : std::min(cells, 2 * cells / (texels - 1) + 1);
  };
  const std::uint32_t least = std::min(reached(cells_x, grid.width), reached(cells_y, grid.height));
  std::uint32_t side = 1;
  while (side < interop::neural_team_side && side * 4 <= least + 1) side *= 2;
  return side;
}

/// Two cells of samples or more between texels: then visits are worth more than what cells leave for corners.
bool coarse(const GridShape& grid, std::uint32_t cells_x, std::uint32_t cells_y) {
  const auto wide = [](std::uint32_t cells, std::uint32_t texels) { return cells >= 2 * (std::uint64_t(texels) - 1); };
  return wide(cells_x, grid.width) && wide(cells_y, grid.height);
}

}  // namespace

WorkTable::WorkTable(gpu::Device& device, std::vector<uvec4> works, const std::string& name)
    : groups_(rows_of(std::uint32_t(works.size()))),
      texels_(device, std::max<std::uint64_t>(std::uint64_t(groups_.x) * groups_.y, 1) * 4, name, Texels::Words::integers) {
  works.resize(std::size_t(groups_.x) * groups_.y);
  if (!works.empty()) device.upload(texels_.buffer, std::as_bytes(std::span(works)));
}

std::vector<uvec4> channel_works(const ModelLayout& layout) {
  std::vector<uvec4> works;
  for (const GridLayout& grid : layout.grids)
    for (std::uint32_t channel = 0; channel < grid.shape.channels; ++channel)
      works.push_back({grid.values + channel, grid.shape.entries, grid.shape.channels, grid.first_input + channel});
  return works;
}

std::vector<uvec4> value_works(const ModelLayout& layout, bool decoder_too) {
  std::vector<uvec4> works;
  for (const GridLayout& grid : layout.grids) {
    const std::uint32_t count = grid.shape.entries * grid.shape.channels;
    for (std::uint32_t first = 0; first < count; first += neural_group)
      works.push_back({grid.values + first, std::min(count - first, neural_group),
                       grid.first_input | (first % grid.shape.channels) << 16, grid.shape.channels});
  }
  if (decoder_too)
    for (std::uint32_t first = layout.grid_floats; first < layout.floats; first += neural_group)
      works.push_back({first, std::min(layout.floats - first, neural_group), 0, 0});
  return works;
}

std::vector<GridPart> grid_parts(const ModelLayout& layout) {
  std::vector<GridPart> parts(1);
  for (std::uint32_t i = 0; i < layout.grids.size(); ++i) {
    const GridShape& shape = layout.grids[i].shape;
    const std::uint32_t floats = shape.hashed() ? shape.width * shape.height * shape.channels : 0;
    if (!parts.back().grids.empty() && parts.back().corner_floats + std::uint64_t(floats) > most_corner_floats)
      parts.emplace_back();
    GridPart& part = parts.back();
    part.grids.push_back(i);
    part.first_floats.push_back(shape.hashed() ? part.corner_floats : layout.grids[i].values);
    part.corner_floats += floats;
  }
  return parts;
}

Gathering plan_gathering(const ModelLayout& layout, const GridPart& part, bool hashed, std::uint32_t cells_x,
                         std::uint32_t cells_y, bool software) {
  Gathering gathering;
  for (std::size_t i = 0; i < part.grids.size(); ++i) {
    const GridLayout& grid = layout.grids[part.grids[i]];
    if (grid.shape.hashed() != hashed) continue;
    const std::uint32_t corners = grid.shape.width * grid.shape.height, target = part.first_floats[i];
    const bool by_cells = software && coarse(grid.shape, cells_x, cells_y);
    const std::uint32_t side = software ? 1 : team_side(grid.shape, cells_x, cells_y);
    const std::uint32_t a_group = software ? neural_group * interop::neural_corners_each : neural_group / (side * side);
    for (std::uint32_t quad = grid.first_input / 4; quad <= (grid.first_input + grid.shape.channels - 1) / 4; ++quad) {
      const std::uint32_t number = part.grids[i] + 1 + quad * interop::quads_apart;
      for (std::uint32_t first = 0; first < corners; first += a_group)
        if (by_cells)
          gathering.cells.push_back({number, first, target, std::uint32_t(gathering.cell_sums)});
        else
          gathering.corners.push_back({number, first, target, side});
      if (by_cells) gathering.cell_sums += std::uint64_t(corners) * 4;
    }
  }
  return gathering;
}

std::vector<uvec4> entry_works(const ModelLayout& layout, const GridPart& part,
                               const std::vector<std::uint32_t>& first_list) {
  std::vector<uvec4> works;
  for (std::size_t i = 0; i < part.grids.size(); ++i) {
    const GridShape& shape = layout.grids[part.grids[i]].shape;
    if (!shape.hashed()) continue;
    for (std::uint32_t item = 0; item < shape.entries * shape.channels; item += neural_group)
      works.push_back({part.grids[i] + 1, item, first_list[part.grids[i]], part.first_floats[i]});
  }
  return works;
}

}  // namespace txs::neural
