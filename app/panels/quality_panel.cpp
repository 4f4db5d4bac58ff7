#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "panels/parts.h"
#include "panels/run_label.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

std::vector<QualityCurve> curves_of(const session::Snapshot& snapshot, bool previous) {
  std::vector<QualityCurve> curves;
  const auto add = [&](const session::RunRecord& run, bool present) {
    if (!run.history.empty()) curves.push_back({run.id, run_label(run), present, run.history});
  };
  // Of the same picture only: figures of different pictures on one axis would compare nothing.
  for (const session::RunRecord& run : snapshot.runs) {
    if (previous && run.source_name == snapshot.run.source_name) add(run, false);
  }
  add(snapshot.run, true);
  return curves;
}

}  // namespace

void draw_quality_panel(const session::Snapshot& snapshot, QualityPanelState& state, RunHighlight& highlight) {
  const float top = ImGui::GetCursorPosY();
  heading("Quality");
  const float below = ImGui::GetCursorPosY();
  if (!snapshot.runs.empty()) {
    const std::string label = state.previous_runs ? "hide earlier runs" : "show earlier runs";
    ImGui::PushFont(theme::fonts().caption);
    ImGui::SetCursorPos({ImGui::GetContentRegionMax().x - ImGui::CalcTextSize(label.c_str()).x, top + theme::px(2)});
    text_line(label, colour::text_dim);
    ImGui::PopFont();
    if (ImGui::IsItemClicked()) state.previous_runs = !state.previous_runs;
    tooltip("The curves of the runs before, on this picture");
    ImGui::SetCursorPosY(below);
  }
  const std::vector<QualityCurve> curves = curves_of(snapshot, state.previous_runs);
  if (curves.empty()) {
    caption(snapshot.source ? "The first figure comes with the first picture." : "No picture yet.");
    return;
  }
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gap = theme::px(12);
  const ImVec2 half{std::floor((room.x - gap) / 2), room.y};
  const std::string steps = snapshot.run.kind ? std::string(snapshot.run.kind->step_name) : std::string("steps");
  const auto by_time = draw_quality_plot("seconds", half, curves, QualityAxis::seconds, "seconds", highlight.run(),
                                         state.against_seconds);
  ImGui::SameLine(0, gap);
  const auto by_step =
      draw_quality_plot("steps", half, curves, QualityAxis::steps, steps, highlight.run(), state.against_steps);
  if (by_time || by_step) highlight.mark(by_time ? by_time : by_step);
}

}  // namespace txs::app
