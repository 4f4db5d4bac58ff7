#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "panels/parts.h"
#include "panels/run_label.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using session::RunRecord;

/// The runs that have a curve: the earlier ones, then the present one.
std::vector<const RunRecord*> runs_shown(const session::Snapshot& snapshot, bool earlier) {
  std::vector<const RunRecord*> runs;
  for (const RunRecord& run : snapshot.runs) {
    // Of the same picture only: figures of different pictures on one axis would compare nothing.
    if (earlier && run.source_name == snapshot.run.source_name && !run.history.empty()) runs.push_back(&run);
  }
  if (!snapshot.run.history.empty()) runs.push_back(&snapshot.run);
  return runs;
}

void point_tooltip(const RunRecord& run, const artifact::HistoryPoint& point) {
  ImGui::BeginTooltip();
  text_line(fmt::format("{}   step {}   {}", format_db(point.psnr_db), point.step, format_seconds(point.seconds)));
  caption(fmt::format("run {}: {}", run.id, run_label(run)));
  ImGui::EndTooltip();
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
  const auto runs = runs_shown(snapshot, state.previous_runs);
  if (runs.empty()) {
    caption(snapshot.source ? "The first figure comes with the first picture." : "No picture yet.");
    return;
  }
  std::vector<QualityCurve> curves;
  for (const RunRecord* run : runs) curves.push_back({run->id, run == &snapshot.run, run->history});

  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gap = theme::px(12);
  const ImVec2 half{std::floor((room.x - gap) / 2), room.y};
  const auto draw = [&](const char* id, QualityAxis axis, std::string_view title, QualityPlotState& plot) {
    const auto hit = draw_quality_plot(id, half, curves, axis, title, highlight.run(), plot);
    if (!hit) return;
    highlight.mark(curves[hit->curve].run);
    point_tooltip(*runs[hit->curve], curves[hit->curve].history[hit->point]);
  };
  draw("seconds", QualityAxis::seconds, "seconds", state.against_seconds);
  ImGui::SameLine(0, gap);
  draw("steps", QualityAxis::steps, snapshot.run.kind ? snapshot.run.kind->step_name : "steps", state.against_steps);
}

}  // namespace txs::app
