#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>
#include <span>
#include <string>
#include <vector>

#include "panels/inspector_tabs.h"
#include "panels/inspector_transport.h"
#include "panels/parts.h"
#include "plots/descent_plot.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Descent;
using codec::DescentStep;
using Kind = DescentStep::Kind;

/// Root mean square of a channel, of 255.
double rms(const BlockInspection& block, double loss) {
  const bool alpha = std::ranges::any_of(block.original, [](const codec::Texel& texel) { return texel[3] != 255; });
  return std::sqrt(loss / (double(block.original.size()) * (alpha ? 4 : 3))) * 255;
}

const Descent& best_of(const BlockInspection& block, std::uint32_t lines) {
  const Descent* best = nullptr;
  for (const Descent& descent : block.descents) {
    if (!descent.best_of_its_lines || (lines != 0 && descent.partitions != lines)) continue;
    if (best == nullptr || descent.loss < best->loss) best = &descent;
  }
  return best != nullptr ? *best : block.descents.front();
}

const Descent& chosen(const BlockInspection& block, const InspectorState& state) {
  const Descent& best = best_of(block, state.descent_lines);
  if (state.descent_start < 0) return best;
  for (const Descent& descent : block.descents)
    if (descent.partitions == best.partitions && int(descent.start) == state.descent_start) return descent;
  return best;
}

std::string lines_name(std::uint32_t lines) { return lines == 1 ? "1 line" : fmt::format("{} lines", lines); }

/// A row for each number of lines: what its best start came to, and the other starts; a click looks at them.
void draw_candidates(const BlockInspection& block, InspectorState& state, const Descent& now) {
  const Descent& winner = best_of(block, 0);
  double largest = 0;
  for (const Descent& descent : block.descents) largest = std::max(largest, rms(block, descent.loss));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float row = theme::px(18), width = ImGui::GetContentRegionAvail().x;
  const float error_right = theme::px(104), starts_left = theme::px(112);
  for (std::uint32_t lines = 1; lines <= 4; ++lines) {
    const Descent& best = best_of(block, lines);
    if (best.partitions != lines) continue;
    ImGui::PushID(int(lines));
    const ImVec2 at = ImGui::GetCursorScreenPos(), to{at.x + width, at.y + row};
    const float middle = at.y + row / 2;
    if (ImGui::InvisibleButton("lines", {starts_left - theme::px(4), row})) {
      state.descent_lines = lines;
      state.descent_start = -1;
    }
    const std::string what =
        lines == 1 ? std::string()
                   : fmt::format(", seed {}, Hamming error {} (texels that lie nearer to another of the lines than to the one "
                                 "that the pattern puts them on)",
                                 best.seed, best.hamming);
    tooltip(fmt::format("Root mean square error of a channel, of 255, with {}, ends and weights at 8 bits: {:.2f}{}. The "
                        "bars are the starts; click one to see it.",
                        lines_name(lines), rms(block, best.loss), what));
    if (now.partitions == lines) list.AddRectFilled(at, to, colour::faded(colour::accent, 0.18f));
    const ImU32 ink = &best == &winner ? colour::accent : colour::text;
    draw_label(list, {at.x + theme::px(4), middle}, Anchor::left, ink, lines_name(lines));
    draw_label(list, {at.x + error_right, middle}, Anchor::right, ink, fmt::format("{:.2f}", rms(block, best.loss)));
    std::vector<const Descent*> starts;
    for (const Descent& descent : block.descents)
      if (descent.partitions == lines) starts.push_back(&descent);
    const float each = std::floor((width - starts_left) / float(starts.size()));
    for (std::size_t i = 0; i < starts.size(); ++i) {
      ImGui::SetCursorScreenPos({at.x + starts_left + each * float(i), at.y});
      ImGui::PushID(int(i));
      if (ImGui::InvisibleButton("start", {each, row})) {
        state.descent_lines = lines;
        state.descent_start = int(i);
      }
      tooltip(fmt::format("Start {}: {:.2f}{}", i + 1, rms(block, starts[i]->loss),
                          lines == 1 ? std::string() : fmt::format(", seed {}", starts[i]->seed)));
      const float left = at.x + starts_left + each * float(i), room = each - theme::px(4);
      const float length = largest > 0 ? std::max(1.0f, room * float(rms(block, starts[i]->loss) / largest)) : 1.0f;
      list.AddRectFilled({left, at.y + theme::px(5)}, {left + length, at.y + row - theme::px(5)},
                         starts[i] == &now                  ? colour::accent
                         : starts[i]->best_of_its_lines ? colour::text_dim
                                                        : colour::text_faint);
      ImGui::PopID();
    }
    ImGui::SetCursorScreenPos({at.x, at.y + row});
    ImGui::PopID();
  }
  ImGui::Dummy({0, theme::px(2)});
}

int changed_sides(const Descent& descent, std::size_t step) {
  if (step < 2) return 0;
  const auto &before = descent.steps[step - 1].line_of, &now = descent.steps[step].line_of;
  int changed = 0;
  for (std::size_t t = 0; t < now.size(); ++t) changed += before[t] != now[t];
  return changed;
}

std::string texels_text(int count) { return count == 1 ? "1 texel" : fmt::format("{} texels", count); }

/// What the step did; always two lines high, so that nothing jumps while one scrubs.
void draw_step(const BlockInspection& block, const Descent& descent, std::size_t now) {
  const DescentStep& step = descent.steps[now];
  const std::string moved = texels_text(changed_sides(descent, now));
  std::string name, what;
  switch (step.kind) {
    case Kind::start: name = "Start"; what = "Ends are texels taken at random."; break;
    case Kind::free: name = "Free"; what = moved + " changed sides; the lines were fitted to them."; break;
    case Kind::restart: name = "Restart"; what = "All texels had fallen to one line: another was sent to the farthest."; break;
    case Kind::snap: name = "Snap"; what = fmt::format("Pattern {} was taken; {} changed sides.", step.nearest_seed, moved); break;
    case Kind::fixed: name = "Fixed"; what = "The lines were fitted to the pattern."; break;
  }
  draw_step_name(name, step_colour(step.kind));
  ImGui::SameLine();
  text_right_at(ImGui::GetContentRegionMax().x, fmt::format("RMS {:.2f}", rms(block, double(step.loss))));
  tooltip("Root mean square error of a channel, of 255: what lies off the lines, before any rounding");
  caption(what, colour::text);
}

/// The texels, each framed by its line; those in which `other` differs are crossed out.
void draw_division(const BlockInspection& block, std::span<const std::uint8_t> line_of,
                   std::span<const std::uint8_t> other, float side) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float cell = std::floor(side / float(std::max(block.width, block.height))), frame = std::max(2.0f, cell * 0.2f);
  for (std::size_t t = 0; t < line_of.size(); ++t) {
    const ImVec2 at{corner.x + cell * float(t % block.width), corner.y + cell * float(t / block.width)};
    const ImVec2 to{at.x + cell - 1, at.y + cell - 1};
    list.AddRectFilled(at, to, line_ink(line_of[t]));
    const codec::Texel& texel = block.original[t];
    list.AddRectFilled({at.x + frame, at.y + frame}, {to.x - frame, to.y - frame},
                       IM_COL32(texel[0], texel[1], texel[2], 255));
    if (line_of[t] == other[t]) continue;
    for (const auto& [ink, thickness] : {std::pair{IM_COL32(0, 0, 0, 255), 4.0f}, {IM_COL32(255, 255, 255, 255), 2.0f}}) {
      list.AddLine(at, to, ink, theme::px(thickness));
      list.AddLine({to.x, at.y}, {at.x, to.y}, ink, theme::px(thickness));
    }
  }
  ImGui::Dummy({cell * float(block.width), cell * float(block.height)});
}

/// Side by side the division of now and the pattern nearest to it; once that is fixed, what the lines of the end would like beside
/// it. An earlier snap may have taken another pattern, which that says nothing of.
void draw_divisions(const BlockInspection& block, const Descent& descent, const DescentStep& step, float width) {
  const bool fixed = step.kind == Kind::snap || step.kind == Kind::fixed;
  const auto& ideal = fixed ? descent.ideal : step.line_of;
  const auto& pattern = fixed ? step.line_of : step.nearest;
  const float gap = theme::px(8), side = std::floor((width - gap) / 2);
  const bool comparable = !fixed || step.line_of == descent.steps.back().line_of;
  const auto differing = std::ranges::count_if(std::views::iota(std::size_t(0), ideal.size()),
                                               [&](std::size_t t) { return ideal[t] != pattern[t]; });
  const auto titled = [&](const std::string& title, const std::string& help, std::span<const std::uint8_t> map,
                          std::span<const std::uint8_t> other) {
    ImGui::BeginGroup();
    caption(title);
    draw_division(block, map, other, side);
    ImGui::EndGroup();
    tooltip(help);
  };
  titled(fixed ? "ideal, at the end" : "ideal",
         "The line that each texel is nearest to. Crossed: texels that the pattern puts on another.", ideal,
         comparable ? pattern : ideal);
  ImGui::SameLine(0, gap);
  if (descent.partitions == 1)
    titled("one line", "All texels are on it.", pattern, pattern);
  else
    titled(fmt::format("{} {}", fixed ? "snapped to" : "nearest:", step.nearest_seed) +
               (comparable ? fmt::format(", {} off", differing) : ""),
           "The pattern of the format that differs from the ideal division in the fewest texels, or the best of the "
           "nearest ones. The number is its seed.",
           pattern, comparable ? ideal : pattern);
}

/// The cube with the lines of this step; texels ringed by their lines, those that changed sides lit.
CubeScene scene_at(const BlockInspection& block, const Descent& descent, std::size_t now, const InspectorState& state) {
  const BlockColours colours(block, state.exposure_stops);
  CubeScene scene = cube_scene(block, colours, state);
  const DescentStep& step = descent.steps[now];
  scene.present.clear();
  scene.initial.reset();
  scene.axis = {};
  for (std::size_t p = 0; p < step.low.size(); ++p)
    scene.present.push_back({colours.place(step.low[p]), colours.place(step.high[p]), {}, line_ink(p), -1});
  for (std::size_t t = 0; t < scene.texels.size(); ++t) {
    scene.texels[t].decoded.reset();
    scene.texels[t].ring = now > 0 ? line_ink(step.line_of[t]) : 0;
    scene.texels[t].lit = now > 1 && descent.steps[now - 1].line_of[t] != step.line_of[t];
  }
  return scene;
}

}  // namespace

void draw_descent_tab(const BlockInspection& block, InspectorState& state) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(4)});
  draw_candidates(block, state, chosen(block, state));
  const Descent& descent = chosen(block, state);
  const int last = int(descent.steps.size()) - 1;
  advance_player(state, last);
  state.iteration = state.follows_end && !state.playing ? last : std::clamp(state.iteration, 0, last);
  draw_transport(state, last,
                 {"To the start", "To the last step", "step", "Steps of this descent; drag in the plot below to scrub",
                  "Steps a second while playing"});
  const ImVec2 all = ImGui::GetContentRegionAvail();
  const float plot_height = std::clamp(std::floor(all.y * 0.2f), theme::px(80), theme::px(200));
  int scrubbed = state.iteration;
  if (draw_descent_plot("steps", {all.x, plot_height}, descent, scrubbed)) {
    state.playing = false;
    go_to_step(state, scrubbed, last);
  }
  tooltip("Green: the squared error off the lines, in [0, 1]. Blue: texels in which the division differs from the nearest "
          "pattern of the format. The strip shows each step's kind. Drag to scrub.");
  const auto now = std::size_t(state.iteration);
  draw_step(block, descent, now);
  const float room = ImGui::GetContentRegionAvail().y;
  const float divisions = std::min(all.x, std::max(theme::px(160), room * 0.8f));
  draw_divisions(block, descent, descent.steps[now], divisions);
  draw_colour_cube("cube", {all.x, std::max(ImGui::GetContentRegionAvail().y - theme::px(2), theme::px(128))},
                   scene_at(block, descent, now, state), state.cube);
  tooltip("The lines of this step in RGB space and the texels, ringed by their lines; those that changed sides are lit. "
          "Drag turns, the wheel zooms, a double click changes between the block and the whole cube.");
  ImGui::PopStyleVar();
}

}  // namespace txs::app
