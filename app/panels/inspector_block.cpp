#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "panels/inspector_tabs.h"
#include "panels/parts.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Texel;

std::string numbers(const Texel& t) { return fmt::format("{} {} {} {}", t[0], t[1], t[2], t[3]); }

ImU32 readable_on(const Texel& t) {
  return 299 * t[0] + 587 * t[1] + 114 * t[2] > 128000 ? IM_COL32(0, 0, 0, 220) : IM_COL32(255, 255, 255, 220);
}

/// The colour that a texel's index stands for, if the block has a palette for it.
std::optional<Texel> palette_colour(const BlockInspection& block, std::size_t texel) {
  if (texel >= block.indices.size() || texel >= block.subset_of.size()) return {};
  if (block.subset_of[texel] >= block.subsets.size()) return {};
  const auto& palette = block.subsets[block.subset_of[texel]].palette;
  if (block.indices[texel] >= palette.size()) return {};
  return to_texel(palette[block.indices[texel]]);
}

enum class Grid { original, decoded, index };

/// A grid of texels; the texel under the mouse, if any.
std::optional<std::size_t> draw_grid(const BlockInspection& block, Grid grid, const char* title, float cell,
                                     std::optional<std::size_t> lit) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::BeginGroup();
  caption(title);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::PushID(title);
  ImGui::InvisibleButton("grid", {cell * float(block.width), cell * float(block.height)});
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered();
  ImGui::EndGroup();

  const auto& texels = grid == Grid::original ? block.original : block.decoded;
  for (std::size_t i = 0; i < std::size_t(block.width) * block.height; ++i) {
    const ImVec2 from{corner.x + cell * float(i % block.width), corner.y + cell * float(i / block.width)};
    const ImVec2 to{from.x + cell - 1, from.y + cell - 1};
    const std::optional<Texel> shown = grid == Grid::index ? palette_colour(block, i)
                                       : i < texels.size() ? std::optional(texels[i])
                                                           : std::nullopt;
    if (!shown) {
      list.AddRectFilled(from, to, colour::control);
      continue;
    }
    draw_swatch(list, from, to, *shown);
    if (grid == Grid::index) {
      draw_label(list, {(from.x + to.x) / 2, (from.y + to.y) / 2}, Anchor::middle, readable_on(*shown),
                 fmt::format("{}", block.indices[i]));
    }
    if (lit == i) list.AddRect({from.x - 1, from.y - 1}, {to.x + 1, to.y + 1}, colour::accent, 0, 0, theme::px(2));
  }
  if (!hovered) return {};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto column = static_cast<std::size_t>(std::clamp((mouse.x - corner.x) / cell, 0.0f, float(block.width - 1)));
  const auto row = static_cast<std::size_t>(std::clamp((mouse.y - corner.y) / cell, 0.0f, float(block.height - 1)));
  return row * block.width + column;
}

void texel_tooltip(const BlockInspection& block, std::size_t i) {
  ImGui::BeginTooltip();
  text_line(fmt::format("texel {}, {}", block.block_x * block.width + i % block.width,
                        block.block_y * block.height + i / block.width));
  const auto line = [](const char* name, const std::string& value) {
    text_line(name, colour::text_dim);
    ImGui::SameLine(theme::px(80));
    text_line(value);
  };
  if (i < block.original.size()) line("original", numbers(block.original[i]));
  if (i < block.decoded.size()) line("decoded", numbers(block.decoded[i]));
  if (i < block.original.size() && i < block.decoded.size()) {
    const Texel &a = block.original[i], &b = block.decoded[i];
    line("difference", fmt::format("{:+} {:+} {:+} {:+}", b[0] - a[0], b[1] - a[1], b[2] - a[2], b[3] - a[3]));
  }
  if (i < block.indices.size()) line("index", fmt::format("{}", block.indices[i]));
  if (block.subsets.size() > 1 && i < block.subset_of.size()) line("subset", fmt::format("{}", block.subset_of[i]));
  ImGui::EndTooltip();
}

void draw_texels(const BlockInspection& block, std::optional<std::size_t>& lit) {
  const float gap = theme::px(12), width = ImGui::GetContentRegionAvail().x;
  const float cell = std::floor(std::min((width - 2 * gap) / 3 / float(block.width), theme::px(32)));
  std::optional<std::size_t> under;
  const auto draw = [&](Grid grid, const char* title) {
    if (const auto texel = draw_grid(block, grid, title, cell, lit)) under = texel;
  };
  draw(Grid::original, "original");
  ImGui::SameLine(0, gap);
  draw(Grid::decoded, "decoded");
  ImGui::SameLine(0, gap);
  draw(Grid::index, "palette index");
  if (under) texel_tooltip(block, *under);
  lit = under;  // shown one frame late, since the mouse may be on the grid drawn last
}

/// Low endpoint, palette, high endpoint; their numbers below.
void draw_subset(const codec::Subset& subset) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = std::floor(ImGui::GetContentRegionAvail().x);
  const float height = theme::px(20), end = theme::px(28), gap = theme::px(4);
  ImGui::Dummy({width, height});
  const Texel low = to_texel(subset.low), high = to_texel(subset.high);
  draw_swatch(list, from, {from.x + end, from.y + height}, low);
  draw_swatch(list, {from.x + width - end, from.y}, {from.x + width, from.y + height}, high);

  const float left = from.x + end + gap, strip = width - 2 * (end + gap), mouse = ImGui::GetIO().MousePos.x;
  const bool hovered = ImGui::IsItemHovered();
  for (std::size_t i = 0; i < subset.palette.size(); ++i) {
    const float a = std::round(left + strip * float(i) / float(subset.palette.size()));
    const float b = std::round(left + strip * float(i + 1) / float(subset.palette.size()));
    draw_swatch(list, {a, from.y}, {b, from.y + height}, to_texel(subset.palette[i]));
    if (hovered && mouse >= a && mouse < b) {
      ImGui::SetTooltip("palette entry %d: %s", static_cast<int>(i), numbers(to_texel(subset.palette[i])).c_str());
    }
  }
  caption(numbers(low), colour::text);
  tooltip("Low endpoint: R G B A of 255");
  ImGui::SameLine();
  ImGui::PushFont(theme::fonts().caption);
  text_right_at(ImGui::GetContentRegionMax().x, numbers(high));
  ImGui::PopFont();
  tooltip("High endpoint: R G B A of 255");
}

}  // namespace

CubeScene cube_scene(const BlockInspection& block) {
  CubeScene scene;
  scene.original = block.original;
  scene.decoded = block.decoded;
  scene.mean = block.mean;
  scene.axis = block.axis;
  // A flat block's line is a point.
  if (block.initial_low != block.initial_high) scene.initial = CubeSegment{block.initial_low, block.initial_high, {}};
  for (const codec::Subset& subset : block.subsets) scene.present.push_back({subset.low, subset.high, subset.palette});
  return scene;
}

void draw_block_tab(const BlockInspection& block, InspectorState& state) {
  draw_texels(block, state.texel_under_mouse);
  ImGui::Dummy({0, theme::px(2)});
  if (block.subsets.empty()) caption("This block has no endpoints.");
  for (const codec::Subset& subset : block.subsets) draw_subset(subset);

  ImGui::Dummy({0, theme::px(2)});
  const CubeScene scene = cube_scene(block);
  draw_cube_legend(scene.initial.has_value());
  const ImVec2 room = ImGui::GetContentRegionAvail();
  draw_colour_cube("cube", {room.x, std::max(room.y, theme::px(160))}, scene, state.cube);
  tooltip("RGB space. Drag turns, the wheel zooms, a double click changes between the block and the whole cube.");
}

}  // namespace txs::app
