#include "panels/runs_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "panels/parts.h"
#include "panels/run_label.h"
#include "plots/curve_legend.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using session::RunRecord;

/// Columns from the right; those that matter least go first where the panel is narrow.
struct Column {
  const char *group, *title, *help;
  float width;   ///< at scale 1
  int priority;  ///< 0 stays
  std::string (*text)(const RunRecord&);
};

std::string db(const std::optional<double>& decibels) { return decibels ? format_db_value(*decibels) : "\u2013"; }

std::string measure(const RunRecord& run) { return std::string(metrics::psnr_name(session::measure_of(run))); }
std::string psnr_first(const RunRecord& run) {
  return run.first_figures ? format_db_value(run.first_figures->psnr_db) : "\u2013";
}
std::string psnr_now(const RunRecord& run) {
  return run.figures ? format_db_value(run.figures->psnr_db) : "\u2013";
}
std::string psnr_coded(const RunRecord& run) {
  return run.coded ? format_db_value(run.coded->figures.psnr_db) : "\u2013";
}
std::string relaxed_first(const RunRecord& run) { return db(run.first_psnr_relaxed_db); }
std::string relaxed_now(const RunRecord& run) { return db(run.psnr_relaxed_db); }
/// Three decimals, and of a rate too long for its column fewer.
std::string rate(const RunRecord& run) {
  const double bpp = run.bits_per_pixel;
  if (bpp >= 1e5) return format_short(bpp);
  return format_fixed(bpp, bpp < 100 ? 3 : bpp < 1000 ? 2 : 0);
}
std::string steps(const RunRecord& run) { return fmt::format("{}", run.progress.step); }
std::string gpu_seconds(const RunRecord& run) { return format_seconds(run.seconds); }

constexpr Column all_columns[] = {
    {"", "figure", "What the decibels of the run are of: those of different figures do not compare", 68, 0, measure},
    {"bits, dB", "start", "PSNR of the first complete picture, decoded from its bits", 48, 0, psnr_first},
    {"", "now", "PSNR of the newest picture, decoded from its bits", 44, 0, psnr_now},
    {"", "coded", "RGB PSNR of what is left after the grids were coded", 52, 1, psnr_coded},
    {"relaxed, dB", "start", "RGB PSNR of the first continuous solution, before it became bits: not the artifact's", 60,
     1, relaxed_first},
    {"", "now", "RGB PSNR of the newest continuous solution, before it became bits: not the artifact's", 44, 1,
     relaxed_now},
    {"", "bpp", "Bits of the artifact for each pixel", 52, 3, rate},
    {"", "steps", "Steps done", 52, 2, steps},
    {"", "GPU", "GPU time spent encoding", 84, 2, gpu_seconds},
};

constexpr float chip_width = 20, least_label_width = 96;

bool of_relaxed(const Column& column) { return column.text == relaxed_first || column.text == relaxed_now; }

bool has_coded(const RunRecord& run) { return run.coded.has_value(); }
bool has_relaxed(const RunRecord& run) { return run.psnr_relaxed_db || run.first_psnr_relaxed_db; }
/// Of the others there is nothing to be told apart.
bool is_not_rgb(const RunRecord& run) { return run.kind && session::measure_of(run) != metrics::Measure::rgb; }

/// The columns that fit, least important ones left out, and those for which no run has anything.
std::vector<const Column*> columns_for(const session::Snapshot& snapshot, float width) {
  const auto any = [&](auto has) { return has(snapshot.a.run) || (snapshot.b && has(snapshot.b->run)) || std::ranges::any_of(snapshot.runs, has); };
  const bool relaxed = any(has_relaxed), coded = any(has_coded), measures = any(is_not_rgb);
  for (int priority = 3; priority >= 0; --priority) {
    std::vector<const Column*> columns;
    float sum = theme::px(chip_width + least_label_width);
    for (const Column& column : all_columns) {
      if (column.priority > priority || (of_relaxed(column) && !relaxed)) continue;
      if ((column.text == psnr_coded && !coded) || (column.text == measure && !measures)) continue;
      columns.push_back(&column);
      sum += theme::px(column.width);
    }
    if (sum <= width || priority == 0) return columns;
  }
  return {};
}

float width_of(const std::vector<const Column*>& columns) {
  float sum = 0;
  for (const Column* column : columns) sum += theme::px(column->width);
  return sum;
}

void draw_titles(const std::vector<const Column*>& columns, float right) {
  ImGui::PushFont(theme::fonts().caption);
  float edge = right - width_of(columns);
  for (const Column* column : columns) {
    edge += theme::px(column->width);
    if (!*column->group) continue;
    // A group's name stands over two columns, with a line over both.
    const float end = edge + theme::px(44);
    text_right_at(end, column->group, colour::text_dim);
    ImGui::SameLine();
    const ImVec2 window = ImGui::GetWindowPos();
    const float y = ImGui::GetItemRectMax().y;
    ImGui::GetWindowDrawList()->AddRectFilled({window.x + edge - theme::px(32), y}, {window.x + end, y + 1},
                                              colour::line);
  }
  ImGui::NewLine();
  text_line("run", colour::text_dim);
  edge = right - width_of(columns);
  for (const Column* column : columns) {
    edge += theme::px(column->width);
    ImGui::SameLine();
    text_right_at(edge, column->title, colour::text_dim);
    tooltip(column->help);
  }
  ImGui::PopFont();
}

void run_tooltip(const RunRecord& run, Role role) {
  if (!ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  text_line(fmt::format("Run {}  {}", run.id, run.source_name));
  if (run.kind) caption(fmt::format("{}, seed {}", run.kind->title, run.seed));
  ImGui::Dummy({0, theme::px(4)});
  caption(run_details(run));
  ImGui::Dummy({0, theme::px(4)});
  caption(role == Role::before ? "Click: start again with these parameters, in the focused experiment."
                               : "This is a present run. Click: panels and keys act on it.");
  ImGui::EndTooltip();
}

/// True when clicked.
bool draw_run(const RunRecord& run, Role role, const session::Snapshot& snapshot,
              const std::vector<const Column*>& columns, float right, RunHighlight& highlight) {
  ImGui::PushID(static_cast<int>(run.id));
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float start = ImGui::GetCursorPosX(), height = ImGui::GetTextLineHeight();
  const bool lit = highlight.run() == run.id;
  const bool clicked = ImGui::Selectable("##run", lit, ImGuiSelectableFlags_AllowItemOverlap, {0, height});
  if (ImGui::IsItemHovered()) highlight.mark(run.id);
  run_tooltip(run, role);

  const float chip_side = theme::px(snapshot.b ? 14 : 10);
  const ImVec2 chip{from.x + theme::px(snapshot.b ? 0 : 2), from.y + std::floor((height - chip_side) / 2)};
  ImGui::GetWindowDrawList()->AddRectFilled(chip, {chip.x + chip_side, chip.y + chip_side},
                                            run_colour(run.id, role));
  if (snapshot.b && role != Role::before) {
    const ImFont* font = theme::fonts().caption;
    const char* letter = role == Role::b ? "B" : "A";
    const float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, letter).x;
    ImGui::GetWindowDrawList()->AddText(font, font->FontSize,
                                        {std::round(chip.x + (chip_side - width) / 2),
                                         std::round(chip.y + (chip_side - font->FontSize) / 2)},
                                        colour::accent_text, letter);
  }
  ImGui::SameLine();
  ImGui::SetCursorPosX(start + theme::px(chip_width));
  const bool other_source = run.source_name != snapshot.focused().run.source_name;
  const std::string label = run_label(run) + (other_source ? ", " + run.source_name : std::string());
  float edge = right - width_of(columns);
  text_cut(label, edge - start - theme::px(chip_width), other_source ? colour::text_dim : colour::text);
  for (const Column* column : columns) {
    edge += theme::px(column->width);
    ImGui::SameLine();
    const bool result = column->text == psnr_now;
    text_right_at(edge, column->text(run), result ? colour::text : IM_COL32(176, 176, 176, 255));
  }
  ImGui::PopID();
  return clicked;
}

/// A present run's experiment gets the focus, another's parameters come back.
void choose_run(const RunRecord& run, const session::Snapshot& snapshot, session::Session& session) {
  const Role role = role_of(run, snapshot);
  command([&] {
    if (role == Role::before) return session.restore_run(run.id);
    session.focus(role == Role::b ? session::Slot::b : session::Slot::a);
  });
}

}  // namespace

void RunHighlight::mark(std::uint64_t run) {
  run_ = run;
  frame_ = ImGui::GetFrameCount();
}

std::uint64_t RunHighlight::run() const { return frame_ + 1 >= ImGui::GetFrameCount() ? run_ : 0; }

void draw_runs_panel(const session::Snapshot& snapshot, session::Session& session, RunHighlight& highlight) {
  heading("Runs");
  if (!snapshot.focused().run.kind || snapshot.focused().run.id == 0) {
    caption("Every run is kept here, to compare and to restore.");
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(3)});
  // Columns end where the scrollbar begins, whether or not there is one, so that the titles stand over their rows.
  const float right = ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ScrollbarSize;
  const auto columns = columns_for(snapshot, right);
  ImGui::BeginChild("titles", {0, 2 * theme::fonts().caption->FontSize + theme::px(4)}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  draw_titles(columns, right);
  ImGui::EndChild();
  ImGui::BeginChild("rows");
  const RunRecord* clicked = nullptr;
  std::vector<const RunRecord*> runs{&snapshot.a.run};
  if (snapshot.b) runs.push_back(&snapshot.b->run);
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) runs.push_back(&*run);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(runs.size()));
  while (clipper.Step()) {
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const RunRecord& run = *runs[static_cast<std::size_t>(row)];
      if (draw_run(run, role_of(run, snapshot), snapshot, columns, right, highlight)) clicked = &run;
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  if (clicked) choose_run(*clicked, snapshot, session);
}

}  // namespace txs::app
