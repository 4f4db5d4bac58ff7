#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "panels/health_text.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "panels/run_label.h"
#include "plots/plot_area.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using session::RunRecord;

struct QuantityTab {
  Quantity quantity;
  const char *label, *help, *none;
};
constexpr QuantityTab quantity_tabs[] = {
    {Quantity::psnr, "PSNR", "PSNR of what the artifact's bits decode to; the axis names the channels", "The first figure comes with the first picture."},
    {Quantity::loss, "Loss", "What a training lowers: the mean squared error over its batch. Of a descent: the squared error of a block off the lines in work, in [0, 1]", "No loss: this codec does not train."},
    {Quantity::learning_rate, "Learning rate", "The decoder's, step by step", "No learning rate: this codec does not train."},
    {Quantity::hamming, "Hamming", "Texels a block that lie nearer to another line than to the one that a pattern of the format puts them on: the nearest pattern, and once a descent has snapped, the one that it took", "No Hamming error: this codec does not descend."},
};

/// The runs that have a curve: the earlier ones, then those of now, the focused one last, which is drawn over the others.
std::vector<const RunRecord*> runs_shown(const session::Snapshot& snapshot, const QualityPanelState& state) {
  std::vector<const RunRecord*> runs;
  const auto measure = session::measure_of(snapshot.focused().run);
  const auto add = [&](const RunRecord& run) {
    const bool comparable = state.quantity != Quantity::psnr || session::measure_of(run) == measure;
    if (comparable && has(run.history, state.quantity)) runs.push_back(&run);
  };
  for (const RunRecord& run : snapshot.runs) {
    // Of the same picture only: figures of different pictures on one axis would compare nothing.
    if (state.previous_runs && run.source_name == snapshot.focused().run.source_name) add(run);
  }
  if (snapshot.b) add(snapshot.focus == session::Slot::b ? snapshot.a.run : snapshot.b->run);
  add(snapshot.focused().run);
  return runs;
}

/// "A  tinybc", "3  tinybc" of a run that has ended.
std::string curve_name(const RunRecord& run, const session::Snapshot& snapshot) {
  const Role role = role_of(run, snapshot);
  const std::string number = role == Role::before || !snapshot.b ? fmt::format("{}", run.id) : role == Role::b ? "B" : "A";
  return fmt::format("{}  {}", number, run_label(run));
}

/// What steps are called, where both experiments call them alike.
std::string_view step_name(const session::Snapshot& snapshot) {
  const codec::CodecKind *a = snapshot.a.run.kind, *b = snapshot.b ? snapshot.b->run.kind : a;
  return a && b && a->step_name == b->step_name ? a->step_name : "steps";
}

void point_tooltip(const RunRecord& run, const artifact::HistoryPoint& point) {
  ImGui::BeginTooltip();
  text_line(fmt::format("{}   step {}   {}", format_db(point.psnr_db), point.step, format_seconds(point.seconds)));
  if (point.loss) text_line("loss " + format_scientific(*point.loss), colour::text_dim);
  if (point.hamming) text_line(fmt::format("Hamming error {:.2f}", *point.hamming), colour::text_dim);
  if (point.learning_rate) text_line("learning rate " + format_short(*point.learning_rate), colour::text_dim);
  caption(fmt::format("run {}: {}", run.id, run_label(run)));
  ImGui::EndTooltip();
}

std::optional<Keep> export_menu() {
  struct Entry {
    Keep keep;
    const char *label, *help;
  };
  constexpr Entry entries[] = {
      {Keep::curves_csv, "Curves as CSV", "Every point of every run: step, seconds, PSNR, loss, learning rate"},
      {Keep::curves_png, "Plot as PNG", "The curves of all runs with a legend, for papers and slides"},
  };
  std::optional<Keep> asked;
  if (text_button("export", "Save the curves")) ImGui::OpenPopup("export");
  if (ImGui::BeginPopup("export")) {
    for (const Entry& entry : entries) {
      if (ImGui::Selectable(entry.label)) asked = entry.keep;
      tooltip(entry.help);
    }
    ImGui::EndPopup();
  }
  return asked;
}

/// Of the other experiment, where its decibels are of something else and have no curve here: "B is of mPSNR".
std::string other_figure(const session::Snapshot& snapshot, const QualityPanelState& state) {
  if (!snapshot.b || state.quantity != Quantity::psnr) return {};
  const bool b_focused = snapshot.focus == session::Slot::b;
  const RunRecord& other = b_focused ? snapshot.a.run : snapshot.b->run;
  const auto measure = session::measure_of(other);
  if (!other.kind || measure == session::measure_of(snapshot.focused().run)) return {};
  return fmt::format("{} is of {}", b_focused ? "A" : "B", metrics::psnr_name(measure));
}

/// On the heading's line: what is plotted on its left; on its right the export, whose runs, and a training's health.
std::optional<Keep> draw_tools(const session::Snapshot& snapshot, QualityPanelState& state, float top) {
  const float gap = theme::px(16), y = top + theme::px(2);
  ImGui::SetCursorPos({ImGui::GetCursorPosX() + theme::px(72), y});
  for (const QuantityTab& tab : quantity_tabs) {
    // Of few codecs: a tab of theirs alone.
    if (tab.quantity == Quantity::hamming && !has(snapshot.focused().run.history, tab.quantity)) continue;
    if (text_tab(tab.label, tab.quantity == state.quantity, tab.help)) state.quantity = tab.quantity;
    ImGui::SameLine(0, gap);
  }
  const float left = ImGui::GetCursorPosX();
  float right = ImGui::GetContentRegionMax().x;
  /// Goes to where a text of the right end begins; false if it would lie over what is there.
  const auto go_right = [&](std::string_view text) {
    const float from = right - label_width(text);
    if (from < left) return false;
    ImGui::SetCursorPos({from, y});
    right = from - gap;
    return true;
  };
  std::optional<Keep> asked;
  const bool any = !snapshot.a.run.history.empty() || (snapshot.b && !snapshot.b->run.history.empty());
  if (any && go_right("export")) asked = export_menu();
  const char* others = state.previous_runs ? "hide earlier runs" : "show earlier runs";
  if (!snapshot.runs.empty() && go_right(others) &&
      text_button(others, "The curves of the runs before, on this picture"))
    state.previous_runs = !state.previous_runs;
  if (const std::string note = other_figure(snapshot, state); !note.empty() && go_right(note)) {
    caption(note, colour::text_faint);
    tooltip("Decibels of different figures have no common axis. Focus the other experiment to see its curve (A).");
  }
  if (!snapshot.focused().run.health) return asked;
  const std::string health = health_text(*snapshot.focused().run.health);
  if (!go_right(health)) return asked;
  caption(health, snapshot.focused().run.health->bad() ? colour::bad : colour::text_faint);
  tooltip(health_help);
  return asked;
}

}  // namespace

std::optional<Keep> draw_quality_panel(const session::Snapshot& snapshot, QualityPanelState& state,
                                       RunHighlight& highlight) {
  const float top = ImGui::GetCursorPosY();
  heading("Quality");
  const ImVec2 below = ImGui::GetCursorPos();
  const std::optional<Keep> asked = draw_tools(snapshot, state, top);
  ImGui::SetCursorPos(below);

  const auto runs = runs_shown(snapshot, state);
  if (runs.empty()) {
    caption(!snapshot.source                ? "No picture yet."
            : snapshot.focused().run.history.empty() ? quantity_tabs[0].none
                                           : quantity_tabs[std::size_t(state.quantity)].none);
    return asked;
  }
  std::vector<Curve> curves;
  for (const RunRecord* run : runs)
    curves.push_back({run->id, role_of(*run, snapshot), curve_name(*run, snapshot), run->history});

  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gap = theme::px(12);
  const bool narrow = room.x < theme::px(420);  // one plot then: two would be too small to read
  const ImVec2 size{narrow ? room.x : std::floor((room.x - gap) / 2), room.y};
  const auto draw = [&](const char* id, const CurvePlot& plot, CurvePlotState& shown) {
    const auto hit = draw_curve_plot(id, size, curves, plot, shown);
    if (!hit) return;
    highlight.mark(curves[hit->curve].run);
    if (hit->point) point_tooltip(*runs[hit->curve], curves[hit->curve].history[*hit->point]);
  };
  auto& plots = state.plots[std::size_t(state.quantity)];
  const metrics::Measure measure = session::measure_of(snapshot.focused().run);
  const std::string_view steps = step_name(snapshot);
  if (!narrow) {
    draw("seconds", {state.quantity, PlotAxis::seconds, "seconds", false, highlight.run(), measure}, plots.against_seconds);
    ImGui::SameLine(0, gap);
  }
  draw("steps", {state.quantity, PlotAxis::steps, steps, true, highlight.run(), measure}, plots.against_steps);
  return asked;
}

}  // namespace txs::app
