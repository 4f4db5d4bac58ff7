#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "panels/inspector_parts.h"
#include "panels/parts.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

// The texels of a block as grids of swatches, and the palettes of its lines.

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Colour;
using codec::Texel;

ImU32 readable_on(const Texel& t) {
  return 299 * t[0] + 587 * t[1] + 114 * t[2] > 128000 ? IM_COL32(0, 0, 0, 220) : IM_COL32(255, 255, 255, 220);
}

enum class Kind { original, decoded, index };

struct Grid {
  Kind kind;
  std::string title;
  std::vector<std::size_t> lines = {};  ///< of indices: whose they are
};

std::string index_title(const BlockInspection& block, const codec::Subset& line, bool every_line) {
  if (every_line) return block.weight_steps > 0 ? fmt::format("weight of {}", block.weight_steps) : "palette index";
  if (block.weight_steps == 0) return line.name.empty() ? "index" : line.name;
  std::string letters;
  for (std::uint32_t c = 0; c < 4; ++c)
    if ((line.channels >> c & 1) != 0) letters += channel_letters[c];
  return "weight, " + letters;
}

/// One for all lines, or where some have indices of their own, one for all lines of the same channels.
std::vector<Grid> index_grids(const BlockInspection& block) {
  const bool own = std::ranges::any_of(block.subsets, [](const auto& subset) { return !subset.indices.empty(); });
  std::vector<Grid> grids;
  for (std::size_t i = 0; i < block.subsets.size(); ++i) {
    const codec::Subset& line = block.subsets[i];
    const auto same = std::ranges::find_if(grids, [&](const Grid& grid) {
      return !own || block.subsets[grid.lines.front()].channels == line.channels;
    });
    if (same != grids.end())
      same->lines.push_back(i);
    else
      grids.push_back({Kind::index, index_title(block, line, !own), {i}});
  }
  return grids;
}

std::vector<Grid> grids_of(const BlockInspection& block) {
  std::vector<Grid> grids{{Kind::original, "original"}, {Kind::decoded, "decoded"}};
  std::ranges::move(index_grids(block), std::back_inserter(grids));
  return grids;
}

std::optional<Colour> colour_of_index(const BlockInspection& block, const codec::Subset& subset, std::uint8_t index) {
  if (block.weight_steps == 0) return index < subset.palette.size() ? std::optional(subset.palette[index]) : std::nullopt;
  Colour colour;
  for (std::size_t c = 0; c < 4; ++c)
    colour[c] = std::lerp(subset.low[c], subset.high[c], float(index) / float(block.weight_steps));
  return colour;
}

struct Cell {
  std::optional<Texel> swatch;
  std::string text;
  ImU32 frame = 0;  ///< of its line, where there are several
};

Cell cell_of(const BlockInspection& block, const BlockColours& colours, const Grid& grid, std::size_t texel) {
  if (grid.kind != Kind::index) {
    const auto& from = grid.kind == Kind::original ? colours.original() : colours.decoded();
    return {texel < from.size() ? std::optional(colours.shown(from[texel])) : std::nullopt, {}, 0};
  }
  const auto owner = std::ranges::find_if(grid.lines, [&](std::size_t line) { return index_on(block, line, texel).has_value(); });
  if (owner == grid.lines.end()) return {};
  const codec::Subset& subset = block.subsets[*owner];
  const std::uint8_t index = *index_on(block, *owner, texel);
  Cell cell{{}, fmt::format("{}", index), grid.lines.size() > 1 ? line_ink(*owner) : 0};
  if (const auto colour = colour_of_index(block, subset, index)) cell.swatch = colours.shown(*colour, subset.channels);
  return cell;
}

void draw_cell(ImDrawList& list, ImVec2 from, ImVec2 to, const Cell& cell, bool legible) {
  ImVec2 inner_from = from, inner_to = to;
  if (cell.frame != 0) {
    list.AddRectFilled(from, to, cell.frame);
    const float edge = std::max(1.0f, std::floor(std::min(theme::px(2), (to.x - from.x) / 6)));
    inner_from = {from.x + edge, from.y + edge};
    inner_to = {to.x - edge, to.y - edge};
  }
  if (cell.swatch)
    draw_swatch(list, inner_from, inner_to, *cell.swatch);
  else
    list.AddRectFilled(inner_from, inner_to, colour::control);
  if (!cell.text.empty() && legible)
    draw_label(list, {(from.x + to.x) / 2, (from.y + to.y) / 2}, Anchor::middle,
               cell.swatch ? readable_on(*cell.swatch) : colour::text, cell.text);
}

/// The texel under the mouse, if any.
std::optional<std::size_t> draw_grid(const BlockInspection& block, const BlockColours& colours, const Grid& grid,
                                     float side, const LitTexels& lit) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::BeginGroup();
  caption(grid.title);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::PushID(grid.title.c_str());
  ImGui::InvisibleButton("grid", {side * float(block.width), side * float(block.height)});
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered();
  ImGui::EndGroup();
  const std::size_t texels = std::size_t(block.width) * block.height;
  const auto corner_of = [&](std::size_t i) {
    return ImVec2{corner.x + side * float(i % block.width), corner.y + side * float(i / block.width)};
  };
  // Of large blocks the tooltip says the numbers.
  const bool legible = label_width(block.weight_steps > 0 ? "00" : "0") <= side - 2 && label_height() <= side + theme::px(2);
  for (std::size_t i = 0; i < texels; ++i) {
    const ImVec2 from = corner_of(i);
    const ImVec2 to{from.x + side - 1, from.y + side - 1};
    draw_cell(list, from, to, cell_of(block, colours, grid, i), legible);
    if (!block.in_picture(i)) list.AddRectFilled(from, to, colour::faded(colour::window, 0.7f));
  }
  for (std::size_t i = 0; i < std::min(texels, lit.size()); ++i) {
    if (!lit[i]) continue;
    const ImVec2 from = corner_of(i);
    const ImVec2 outer{from.x - 1, from.y - 1}, to{from.x + side, from.y + side};
    list.AddRect(outer, to, colour::accent_text, 0, 0, theme::px(5));  // seen on light texels too
    list.AddRect(outer, to, colour::text, 0, 0, theme::px(2));
  }
  if (!hovered) return {};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto column = std::size_t(std::clamp((mouse.x - corner.x) / side, 0.0f, float(block.width - 1)));
  const auto row = std::size_t(std::clamp((mouse.y - corner.y) / side, 0.0f, float(block.height - 1)));
  return row * block.width + column;
}

/// Low endpoint, palette, high endpoint. Returns the end under the mouse.
int draw_strip(const BlockLine& line, const BlockColours& colours, int lit_end) {
  const codec::Subset& subset = *line.subset;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = std::floor(ImGui::GetContentRegionAvail().x);
  const float height = theme::px(18), end = theme::px(28), gap = theme::px(4);
  ImGui::Dummy({width, height});
  const auto shown = [&](const Colour& colour) { return colours.shown(colour, subset.channels); };
  const auto draw_end = [&](float left, const Colour& colour, int which) {
    draw_swatch(list, {left, from.y}, {left + end, from.y + height}, shown(colour));
    if (lit_end == which)
      list.AddRect({left - 1, from.y - 1}, {left + end + 1, from.y + height + 1}, colour::text, 0, 0, theme::px(2));
  };
  draw_end(from.x, subset.low, 0);
  draw_end(from.x + width - end, subset.high, 1);
  const float mouse = ImGui::GetIO().MousePos.x;
  const bool hovered = ImGui::IsItemHovered();

  const float left = from.x + end + gap, strip = width - 2 * (end + gap);
  for (std::size_t i = 0; i < subset.palette.size(); ++i) {
    const float a = std::round(left + strip * float(i) / float(subset.palette.size()));
    const float b = std::round(left + strip * float(i + 1) / float(subset.palette.size()));
    draw_swatch(list, {a, from.y}, {b, from.y + height}, shown(subset.palette[i]));
    if (hovered && mouse >= a && mouse < b) {
      ImGui::SetTooltip("palette entry %d: %s", int(i), colours.numbers(subset.palette[i], subset.channels).c_str());
    }
  }
  if (!hovered) return -1;
  return mouse < from.x + end ? 0 : mouse >= from.x + width - end ? 1 : -1;
}

}  // namespace

std::optional<std::size_t> draw_texel_grids(const BlockInspection& block, const BlockColours& colours,
                                            const LitTexels& lit, float largest_side) {
  const std::vector<Grid> grids = grids_of(block);
  const float gap = theme::px(12), width = ImGui::GetContentRegionAvail().x;
  const float across = (width - gap * float(grids.size() - 1)) / float(grids.size());
  const float side = std::floor(std::min(across / float(block.width), largest_side));
  std::optional<std::size_t> under;
  for (std::size_t i = 0; i < grids.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, gap);
    if (const auto texel = draw_grid(block, colours, grids[i], side, lit)) under = texel;
  }
  return under;
}

float label_row() { return label_height() + ImGui::GetStyle().ItemSpacing.y; }

void texel_tooltip(const BlockInspection& block, const BlockColours& colours, std::size_t i) {
  ImGui::BeginTooltip();
  text_line(fmt::format("texel {}, {}", block.block_x * block.width + i % block.width,
                        block.block_y * block.height + i / block.width));
  if (!block.in_picture(i)) caption("beyond the picture's edge, where the last ones repeat");
  const auto line = [](const std::string& name, const std::string& value) {
    text_line(name, colour::text_dim);
    ImGui::SameLine(theme::px(80));
    text_line(value);
  };
  const bool has_original = i < colours.original().size(), has_decoded = i < colours.decoded().size();
  if (has_original) line("original", colours.numbers(colours.original()[i], colours.channels()));
  if (has_decoded) line("decoded", colours.numbers(colours.decoded()[i], colours.channels()));
  if (has_original && has_decoded)
    line("difference", colours.difference(colours.original()[i], colours.decoded()[i], colours.channels()));
  for (const BlockLine& own : block_lines(block)) {
    const std::optional<std::uint8_t> index = index_on(block, own.number, i);
    if (!index) continue;
    const bool partition = own.subset->indices.empty() && own.subset->name.empty() && !own.title.empty();
    const char* const what = block.weight_steps > 0 ? "weight" : "index";
    line(own.title.empty() || partition ? what : own.title, fmt::format("{}", *index));
    if (partition) line("subset", fmt::format("{}", own.number));
  }
  ImGui::EndTooltip();
}

int draw_line(const BlockLine& line, const BlockColours& colours, int lit_end) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float mark = theme::px(4);
  if (!line.title.empty()) {
    ImGui::GetWindowDrawList()->AddRectFilled(
        at, {at.x + mark, at.y + theme::px(20) + label_height()}, line.ink);
    ImGui::Indent(mark + theme::px(4));
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  const int under = draw_strip(line, colours, lit_end);
  ImGui::PushFont(theme::fonts().caption);
  const std::uint32_t channels = line.subset->channels;
  const std::string low = colours.numbers(line.subset->low, channels);
  text_line(low);
  tooltip(colours.light() ? "Low endpoint: R G B, linear" : "Low endpoint, of 255");
  const float middle = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x / 2;
  if (!line.title.empty()) {
    ImGui::SameLine();
    ImGui::SetCursorPosX(std::max(ImGui::GetCursorPosX(), middle - ImGui::CalcTextSize(line.title.c_str()).x / 2));
    text_line(line.title, line.ink);
  }
  ImGui::SameLine();
  text_right_at(ImGui::GetContentRegionMax().x, colours.numbers(line.subset->high, channels));
  tooltip(colours.light() ? "High endpoint: R G B, linear" : "High endpoint, of 255");
  ImGui::PopFont();
  ImGui::PopStyleVar();
  if (!line.title.empty()) ImGui::Unindent(mark + theme::px(4));
  return under;
}

}  // namespace txs::app
