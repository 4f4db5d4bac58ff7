#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "panels/inspector_parts.h"
#include "panels/inspector_tabs.h"
#include "panels/parts.h"
#include "plots/gain_steps.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Candidate;

std::string error_text(double error) {
  if (error < 0) return "\u2013";
  return fmt::format("{:.{}f}", error, error >= 100 ? 0 : 1);
}

/// Where the columns of the candidates end.
struct Columns {
  float order, name, estimate, error, bar;

  explicit Columns(float width) {
    bar = width;
    error = bar - theme::px(48);
    estimate = error - theme::px(52);
    name = estimate - theme::px(52);
    order = theme::px(24);
  }
};

void draw_heading(const Columns& columns) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + label_height() / 2;
  const auto put = [&](float right, const char* text) {
    draw_label(list, {at.x + right, middle}, Anchor::right, colour::text_dim, text);
  };
  put(columns.order - theme::px(6), "#");
  draw_label(list, {at.x + columns.order, middle}, Anchor::left, colour::text_dim, "tried");
  put(columns.estimate, "estimate");
  put(columns.error, "error");
  put(columns.bar, "RMS");
  ImGui::Dummy({columns.bar, label_height()});
  tooltip(
      "The ways to encode this block in the order in which they were tried. Estimate: the squared error by which they "
      "were ranked. Error: that of the best bits found, weighted as the search weighs. The bars are their square "
      "roots. Amber: the block's bits are of this one.");
}

void draw_candidate(const Candidate& candidate, std::size_t number, const Columns& columns, double largest) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float row = theme::px(18);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({columns.bar, row});
  const bool hovered = ImGui::IsItemHovered(), tried = candidate.squared_error >= 0;
  const ImVec2 to{at.x + columns.bar, at.y + row};
  if (candidate.chosen)
    list.AddRectFilled(at, to, colour::faded(colour::accent, 0.22f));
  else if (hovered)
    list.AddRectFilled(at, to, colour::faded(colour::text, 0.08f));
  const float middle = at.y + row / 2;
  const ImU32 ink = candidate.chosen ? colour::accent : tried ? colour::text : colour::text_faint;
  draw_label(list, {at.x + columns.order - theme::px(6), middle}, Anchor::right, colour::text_dim,
             fmt::format("{}", number + 1));
  list.PushClipRect({at.x + columns.order, at.y}, {at.x + columns.name, to.y}, true);
  draw_label(list, {at.x + columns.order, middle}, Anchor::left, ink, candidate.name);
  list.PopClipRect();
  draw_label(list, {at.x + columns.estimate, middle}, Anchor::right, colour::text_dim, error_text(candidate.estimate));
  draw_label(list, {at.x + columns.error, middle}, Anchor::right, ink, error_text(candidate.squared_error));
  if (tried && largest > 0) {
    const float left = at.x + columns.error + theme::px(6), room = to.x - left;
    const float length = std::max(1.0f, room * float(std::sqrt(candidate.squared_error / largest)));
    list.AddRectFilled({left, at.y + theme::px(5)}, {left + length, to.y - theme::px(5)},
                       candidate.chosen ? colour::accent : colour::text_faint);
  }
  if (hovered && label_width(candidate.name) > columns.name - columns.order)
    ImGui::SetTooltip("%s", candidate.name.c_str());
}

void draw_candidates(const BlockInspection& block) {
  double largest = 0;
  for (const Candidate& candidate : block.candidates) largest = std::max(largest, candidate.squared_error);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const bool scrolls = theme::px(18) * float(block.candidates.size()) > room.y - label_row();
  const Columns columns(room.x - (scrolls ? ImGui::GetStyle().ScrollbarSize : 0));
  draw_heading(columns);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), 0});
  ImGui::BeginChild("candidates");
  ImGuiListClipper clipper;
  clipper.Begin(int(block.candidates.size()), theme::px(18));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_candidate(block.candidates[std::size_t(i)], std::size_t(i), columns, largest);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace

void draw_search_tab(const BlockInspection& block, InspectorState&) {
  if (block.candidates.empty() && block.gains.empty()) {
    ImGui::PushTextWrapPos(0);
    caption("Nothing is known of how these bits were found: they come from a file, or this codec does not tell.");
    ImGui::PopTextWrapPos();
    return;
  }
  if (!block.gains.empty()) {
    const BlockColours colours(block);
    const double samples = double(block.original.size()) * std::min(3, channel_count(colours.channels()));
    caption(colours.light() ? "dB that each step gained of the search's error" : "PSNR after each step, as the search weighs");
    if (block.inside_width * block.inside_height < block.original.size())
      caption("Texels that repeat beyond the picture's edge are counted here.");
    // Of light the errors are of no peak that a PSNR could be of: what was gained is told alone.
    draw_gain_steps("gains", ImGui::GetContentRegionAvail().x, gain_steps(block.gains, samples), !colours.light());
    ImGui::Dummy({0, theme::px(4)});
  }
  if (!block.candidates.empty()) draw_candidates(block);
}

}  // namespace txs::app
