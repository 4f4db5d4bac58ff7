#include "panels/inspector.h"

#include <fmt/format.h>

#include <string>

#include "metrics/metrics.h"
#include "panels/inspector_tabs.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;

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
  const int last = inspection->search ? static_cast<int>(inspection->search->iterations.size()) - 1 : 0;
  if (state.follows_end || state.iteration > last) state.iteration = std::max(last, 0);
}

void draw_figures(const BlockInspection& block) {
  const double samples = 3.0 * double(block.original.size());
  text_line(block.mode, colour::text_dim);
  ImGui::SameLine();
  const std::string error = fmt::format("squared error {:.0f}", block.squared_error);
  const std::string psnr = format_db(metrics::psnr_from_mse(samples > 0 ? block.squared_error / samples : 0));
  const float right = ImGui::GetContentRegionMax().x;
  text_right_at(right - theme::px(76), error, colour::text_dim);
  tooltip("Sum over the block's texels and R, G, B, in 8-bit units");
  ImGui::SameLine();
  text_right_at(right, psnr);
  tooltip("RGB PSNR of this block, decoded from its bits");
}

void draw_tabs(const BlockInspection& block, InspectorState& state) {
  if (!ImGui::BeginTabBar("tabs", ImGuiTabBarFlags_NoTooltip)) return;
  struct Tab {
    const char* name;
    void (*draw)(const BlockInspection&, InspectorState&);
  };
  for (const Tab& tab : {Tab{"Block", draw_block_tab}, Tab{"Search", draw_search_tab}, Tab{"Bits", draw_bits_tab}}) {
    if (!ImGui::BeginTabItem(tab.name)) continue;
    ImGui::BeginChild(tab.name);
    tab.draw(block, state);
    ImGui::EndChild();
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

}  // namespace

void draw_inspector(const session::Snapshot& snapshot, session::Session&, InspectorState& state) {
  if (!snapshot.selected_block) {
    heading("Inspector");
    ImGui::PushTextWrapPos(0);
    caption("Click a block in a picture: its texels, its bits and the search that found them are shown here.");
    ImGui::PopTextWrapPos();
    return;
  }
  const auto [x, y] = *snapshot.selected_block;
  heading(fmt::format("Block {}, {}", x, y));
  if (!snapshot.inspection) {
    caption("Reading the block\u2026");
    return;
  }
  const auto* block = std::get_if<BlockInspection>(snapshot.inspection.get());
  if (block == nullptr) return;
  follow(state, {snapshot.inspection, block});
  draw_figures(*block);
  draw_tabs(*block, state);
}

}  // namespace txs::app
