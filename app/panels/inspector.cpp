#include "panels/inspector.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "metrics/metrics.h"
#include "panels/block_colours.h"
#include "panels/inspector_tabs.h"
#include "panels/map_panel.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::TexelInspection;

/// Another block starts at the end of its search; the same block, grown, keeps the user's place.
void follow(InspectorState& state, const std::shared_ptr<const BlockInspection>& inspection) {
  if (state.seen == inspection) return;
  const bool same_block =
      state.seen && state.seen->block_x == inspection->block_x && state.seen->block_y == inspection->block_y;
  if (!same_block) {
    state.follows_end = true;
    state.playing = false;
    state.field_under_mouse = -1;
  }
  state.seen = inspection;
  state.planes.clear();
  if (!inspection->search) return;  // of descents their tab looks after the step
  const int last = static_cast<int>(inspection->search->iterations.size()) - 1;
  if (state.follows_end || state.iteration > last) state.iteration = std::max(last, 0);
}

/// On the heading's line, from its right end; then the mode on a line of its own.
void draw_figures(const BlockInspection& block, float heading_top) {
  const BlockColours colours(block);
  const int channels = std::min(3, channel_count(colours.channels()));
  const double samples = double(channels) * block.inside_width * block.inside_height;
  const std::string error = colours.light() ? "tone-mapped" : fmt::format("squared error {:.0f}", block.squared_error);
  const std::string psnr = format_db(metrics::psnr_from_mse(samples > 0 ? block.squared_error / samples : 0));
  const ImVec2 below = ImGui::GetCursorPos();
  const float right = ImGui::GetContentRegionMax().x;
  ImGui::SetCursorPosY(heading_top);
  text_right_at(right - theme::px(76), error, colour::text_dim);
  tooltip(colours.light() ? "The figure is of the texels as they are shown, 8 bits a channel"
                          : "Sum over the block's texels in the picture and the channels that figures are of, in 8-bit units");
  ImGui::SameLine();
  text_right_at(right, psnr);
  tooltip("PSNR of this block, decoded from its bits, of those channels");
  ImGui::SetCursorPos(below);
  if (text_cut(block.mode, right - below.x, colour::text_dim)) tooltip(block.mode);
}

struct Tab {
  const char* name;
  std::function<void()> draw;
};

void draw_tabs(const std::vector<Tab>& tabs) {
  if (!ImGui::BeginTabBar("tabs", ImGuiTabBarFlags_NoTooltip)) return;
  for (const Tab& tab : tabs) {
    if (!ImGui::BeginTabItem(tab.name)) continue;
    ImGui::BeginChild(tab.name);
    tab.draw();
    ImGui::EndChild();
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

void draw_block_tabs(const session::Snapshot& snapshot, const BlockInspection& block, ViewState& view,
                     InspectorState& state) {
  const codec::CodecKind* kind = snapshot.focused().run.kind;
  if (block.search) state.searches_simplex = kind;
  std::vector<Tab> tabs{{"Block", [&] { draw_block_tab(block, state); }},
                        {"Search", [&] { draw_search_tab(block, state); }}};
  if (state.searches_simplex == kind) tabs.push_back({"Simplex", [&] { draw_simplex_tab(block, state); }});
  if (!block.descents.empty()) tabs.push_back({"Descent", [&] { draw_descent_tab(block, state); }});
  tabs.push_back({"Bits", [&] { draw_bits_tab(block, state); }});
  if (has_maps(snapshot.focused())) tabs.push_back({"All", [&] { draw_map_panel(snapshot, view); }});
  draw_tabs(tabs);
}

void colour_row(const char* name, const codec::Texel& texel) {
  const float side = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_swatch(*ImGui::GetWindowDrawList(), at, {at.x + 2 * side, at.y + side}, texel);
  ImGui::Dummy({2 * side, side});
  ImGui::SameLine();
  text_line(name, colour::text_dim);
  ImGui::SameLine(2 * side + theme::px(76));
  const std::string alpha = texel[3] == 255 ? std::string() : fmt::format(" {}", texel[3]);
  text_line(fmt::format("{} {} {}{}", texel[0], texel[1], texel[2], alpha));
}

void draw_colours(const TexelInspection& texel) {
  colour_row("original", texel.original);
  colour_row("decoded", texel.decoded);
  int largest = 0;
  for (std::size_t c = 0; c < 4; ++c) largest = std::max(largest, std::abs(texel.decoded[c] - texel.original[c]));
  ImGui::SameLine();
  text_right_at(ImGui::GetContentRegionMax().x, fmt::format("error {} / 255", largest), colour::text_dim);
  tooltip("The largest channel difference");
}

/// What a click selects here, as a sentence has it.
const char* subject_name(const session::Snapshot& snapshot) { return block_grid(snapshot) ? "Block" : "Texel"; }

/// What a click would show; above it what all blocks have become.
void draw_unselected(const session::Snapshot& snapshot, ViewState& view) {
  const bool maps = has_maps(snapshot.focused());
  heading(maps ? "All blocks" : "Inspector");
  const bool texels = snapshot.focused().run.kind && snapshot.focused().run.kind->family == codec::Family::neural;
  ImGui::PushTextWrapPos(0);
  caption(texels ? "Click a pixel in a picture: its features, what every layer makes of them, and the colour that comes "
                   "out are shown here."
                 : "Click a block in a picture: its texels, its bits and the search that found them are shown here.");
  ImGui::PopTextWrapPos();
  if (!maps) return;
  ImGui::Dummy({0, theme::px(4)});
  draw_map_panel(snapshot, view);
}

}  // namespace

void draw_inspector(const session::Snapshot& snapshot, session::Session&, ViewState& view, InspectorState& state) {
  if (!snapshot.focused().selected_block) return draw_unselected(snapshot, view);
  const auto [x, y] = *snapshot.focused().selected_block;
  const float top = ImGui::GetCursorPosY();
  heading(fmt::format("{} {}, {}", subject_name(snapshot), x, y));
  if (!snapshot.focused().inspection) {
    const bool compiling = snapshot.focused().state == session::State::compiling;
    caption(compiling              ? "Compiling kernels\u2026"
            : block_grid(snapshot) ? "Reading the block\u2026"
                                   : "Decoding the texel\u2026");
    return;
  }
  if (const auto* block = std::get_if<BlockInspection>(snapshot.focused().inspection.get())) {
    follow(state, {snapshot.focused().inspection, block});
    draw_figures(*block, top);
    draw_block_tabs(snapshot, *block, view, state);
  } else if (const auto* texel = std::get_if<TexelInspection>(snapshot.focused().inspection.get())) {
    draw_colours(*texel);
    draw_tabs({{"Features", [&] { draw_features_tab(*texel, state); }},
               {"Layers", [&] { draw_layers_tab(*texel, state); }}});
  }
}

}  // namespace txs::app
