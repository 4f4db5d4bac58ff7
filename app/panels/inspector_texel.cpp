#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "panels/inspector_tabs.h"
#include "panels/parts.h"
#include "plots/feature_bars.h"
#include "plots/heat_strip.h"
#include "plots/plot_area.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::GridSample;
using codec::TexelInspection;

constexpr std::size_t cells_a_row = 32;
constexpr std::size_t most_inline = 2;    // features of a grid whose bars and values stand on one line with its name
constexpr std::size_t most_written = 4;   // features whose values stand beside their bars; more are read under the mouse
constexpr std::size_t most_unfolded = 2;  // grids that are unfolded without being asked

std::string value_text(float value) { return format_fixed(double(value), std::abs(value) < 10 ? 3 : 1); }

float scale_of(const std::vector<GridSample>& grids) {
  float scale = largest_magnitude({});
  for (const GridSample& grid : grids) scale = std::max(scale, largest_magnitude(grid.features));
  return scale;
}

void feature_tooltip(const GridSample& grid, std::size_t first_feature, std::size_t channel) {
  ImGui::SetTooltip("feature %d, channel %d of %s: %s", int(first_feature + channel), int(channel), grid.name.c_str(),
                    value_text(grid.features[channel]).c_str());
}

/// The values in columns that end at `right` (screen coordinates), in the middle of what lies between `top` and `bottom`.
void written_values(const GridSample& grid, float right, float top, float bottom) {
  const float each = theme::px(52);
  for (std::size_t i = 0; i < grid.features.size(); ++i)
    draw_label(*ImGui::GetWindowDrawList(), {right - each * float(grid.features.size() - 1 - i), (top + bottom) / 2},
               Anchor::right, colour::text, value_text(grid.features[i]));
}

/// The head of a grid's part; a click folds and unfolds its corners. Of a few features bars and values stand on the same
/// line, so that all levels of a hash grid are seen at once.
bool grid_head(const GridSample& grid, std::size_t first_feature, float scale, bool unfolded) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float start = ImGui::GetCursorPosX(), line = ImGui::GetTextLineHeight(), end = ImGui::GetContentRegionMax().x;
  const bool clicked = ImGui::Selectable("##fold", false, ImGuiSelectableFlags_AllowItemOverlap, {0, line});
  tooltip(grid.hashed ? "Entries are found by a hash of the corner, so that distant texels may share one. Click: the four "
                        "corners."
                      : "Each corner has an entry of its own. Click: the four corners.");
  draw_icon(*ImGui::GetWindowDrawList(), unfolded ? Icon::down : Icon::right,
            {at.x + theme::px(5), at.y + line / 2}, theme::px(8), colour::text_dim);
  ImGui::SameLine();
  ImGui::SetCursorPosX(start + theme::px(16));
  text_line(grid.name);
  ImGui::SameLine(start + std::max(theme::px(72), ImGui::CalcTextSize(grid.name.c_str()).x + theme::px(24)));
  ImGui::PushFont(theme::fonts().caption);
  text_line(fmt::format("{} \u00D7 {} {}", grid.width, grid.height, grid.hashed ? "hashed" : "dense"), colour::text_dim);
  ImGui::PopFont();
  ImGui::SameLine();
  if (grid.features.size() > most_inline) {
    text_right_at(end, fmt::format("at {:.2f}, {:.2f}", grid.x, grid.y), colour::text_dim);
    return clicked;
  }
  const float texts = theme::px(52) * float(grid.features.size()), bars = theme::px(64);
  ImGui::SetCursorPosX(end - texts - bars);
  if (const auto under = draw_feature_bars("features", {bars, line}, grid.features, scale))
    feature_tooltip(grid, first_feature, *under);
  written_values(grid, at.x - start + end, at.y, at.y + line);
  return clicked;
}

void feature_row(const GridSample& grid, std::size_t first_feature, float scale) {
  const float width = ImGui::GetContentRegionAvail().x, height = theme::px(28);
  const bool written = grid.features.size() <= most_written;
  const float texts = written ? theme::px(52) * float(grid.features.size()) : 0;
  if (const auto under = draw_feature_bars("features", {width - texts, height}, grid.features, scale))
    feature_tooltip(grid, first_feature, *under);
  if (written) written_values(grid, ImGui::GetItemRectMax().x + texts, ImGui::GetItemRectMin().y, ImGui::GetItemRectMax().y);
}

/// One corner: where it is and what entry it has, its weight as a filled bar, its values as a strip.
void draw_corner(const GridSample::Corner& corner, float width, float scale) {
  ImGui::BeginGroup();
  const float start = ImGui::GetCursorPosX();
  caption(fmt::format("{}, {}", corner.x, corner.y), colour::text);
  ImGui::SameLine();
  ImGui::PushFont(theme::fonts().caption);
  text_right_at(start + width, fmt::format("entry {}", corner.entry), colour::text_dim);
  ImGui::PopFont();

  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = theme::px(16);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::Dummy({width, height});
  tooltip("The corner's weight in the blend");
  list.AddRectFilled(at, {at.x + width, at.y + height}, colour::canvas);
  list.AddRectFilled(at, {at.x + width * std::clamp(corner.weight, 0.0f, 1.0f), at.y + height}, colour::accent_dim);
  draw_label(list, {at.x + theme::px(4), at.y + height / 2}, Anchor::left, colour::text,
             fmt::format("\u00D7 {:.3f}", corner.weight));

  ImGui::PushID(&corner);
  const auto under = draw_heat_strip("values", width, theme::px(10), cells_a_row, corner.values, scale);
  if (under) ImGui::SetTooltip("channel %d: %s", int(*under), value_text(corner.values[*under]).c_str());
  ImGui::PopID();
  ImGui::EndGroup();
}

void draw_corners(const GridSample& grid) {
  const float gap = theme::px(12), indent = theme::px(16);
  const float width = std::floor((ImGui::GetContentRegionAvail().x - gap - indent) / 2);
  float scale = largest_magnitude({});
  for (const auto& corner : grid.corners) scale = std::max(scale, largest_magnitude(corner.values));
  for (std::size_t i = 0; i < grid.corners.size(); ++i) {
    if (i % 2 == 0)
      ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent);
    else
      ImGui::SameLine(0, gap);
    draw_corner(grid.corners[i], width, scale);
  }
  if (grid.features.size() <= most_inline) {  // its head has no room for the place
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent);
    caption(fmt::format("at {:.2f}, {:.2f}", grid.x, grid.y));
    ImGui::SameLine();
  }
  draw_heat_scale(ImGui::GetContentRegionMax().x, scale);
}

std::span<const float> shown_of(const TexelInspection::Layer& layer, bool sums) {
  return sums ? layer.sums : layer.outputs;
}

void draw_hidden_layer(const TexelInspection::Layer& layer, std::size_t index, bool sums) {
  const auto values = shown_of(layer, sums);
  const float scale = largest_magnitude(values);
  text_line(fmt::format("hidden {}", index + 1));
  ImGui::SameLine();
  text_line(fmt::format("{} units", values.size()), colour::text_dim);
  ImGui::SameLine();
  draw_heat_scale(ImGui::GetContentRegionMax().x, scale);
  ImGui::PushID(int(index));
  const auto under = draw_heat_strip("units", ImGui::GetContentRegionAvail().x, theme::px(14), cells_a_row, values, scale);
  ImGui::PopID();
  if (under && *under < layer.sums.size() && *under < layer.outputs.size())
    ImGui::SetTooltip("unit %d: sum %s, output %s", int(*under), value_text(layer.sums[*under]).c_str(),
                      value_text(layer.outputs[*under]).c_str());
  ImGui::Dummy({0, theme::px(4)});
}

/// A line a channel: the sum, the sigmoid's output as a bar, and the byte it is stored as.
void draw_output(const TexelInspection::Layer& layer, const codec::Texel& decoded) {
  constexpr const char* names[] = {"R", "G", "B", "A"};
  text_line("output");
  ImGui::SameLine();
  text_line("sum, its sigmoid, of 255", colour::text_dim);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float right = ImGui::GetContentRegionMax().x, line = ImGui::GetTextLineHeight();
  for (std::size_t c = 0; c < std::min<std::size_t>(4, layer.outputs.size()); ++c) {
    const float start = ImGui::GetCursorPosX();
    text_line(names[c], colour::text_dim);
    ImGui::SameLine();
    text_right_at(start + theme::px(76), c < layer.sums.size() ? value_text(layer.sums[c]) : std::string());
    ImGui::SameLine();
    ImGui::SetCursorPosX(start + theme::px(88));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = right - start - theme::px(88 + 92);
    list.AddRectFilled({at.x, at.y + 2}, {at.x + width, at.y + line - 2}, colour::canvas);
    list.AddRectFilled({at.x, at.y + 2}, {at.x + width * std::clamp(layer.outputs[c], 0.0f, 1.0f), at.y + line - 2},
                       colour::text_dim);
    text_right_at(right - theme::px(40), format_fixed(double(layer.outputs[c]), 3));
    ImGui::SameLine();
    text_right_at(right, fmt::format("{}", decoded[c]));
  }
}

}  // namespace

void draw_features_tab(const TexelInspection& texel, InspectorState& state) {
  const float scale = scale_of(texel.grids);
  std::size_t features = 0;
  for (const GridSample& grid : texel.grids) features += grid.features.size();
  caption(fmt::format("{} features, one scale", features));
  ImGui::SameLine();
  draw_heat_scale(ImGui::GetContentRegionMax().x, scale);
  std::size_t first = 0;
  for (const GridSample& grid : texel.grids) {
    ImGui::PushID(grid.name.c_str());
    // A click means the other of what is usual here.
    const bool usual = texel.grids.size() <= most_unfolded;
    const bool unfolded = state.unfolded_grids.contains(grid.name) != usual;
    if (grid_head(grid, first, scale, unfolded) && state.unfolded_grids.erase(grid.name) == 0)
      state.unfolded_grids.insert(grid.name);
    if (grid.features.size() > most_inline) feature_row(grid, first, scale);
    if (unfolded) draw_corners(grid);
    first += grid.features.size();
    ImGui::PopID();
  }
}

void draw_layers_tab(const TexelInspection& texel, InspectorState& state) {
  if (toggle_button("outputs", !state.sums, "What each unit gives: its activation of the sum")) state.sums = false;
  ImGui::SameLine(0, theme::px(1));
  if (toggle_button("sums", state.sums, "Weights times inputs plus bias, before the activation")) state.sums = true;
  ImGui::Dummy({0, theme::px(2)});
  if (texel.layers.empty()) return;
  for (std::size_t i = 0; i + 1 < texel.layers.size(); ++i) draw_hidden_layer(texel.layers[i], i, state.sums);
  draw_output(texel.layers.back(), texel.decoded);
}

}  // namespace txs::app
