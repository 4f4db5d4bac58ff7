#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "panels/inspector_tabs.h"
#include "panels/inspector_transport.h"
#include "panels/move_text.h"
#include "panels/parts.h"
#include "plots/loss_plot.h"
#include "plots/plot_area.h"
#include "plots/simplex_plot.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::SimplexIteration;
using codec::SimplexSearch;

/// Why nothing follows the last iteration, as far as the losses tell.
std::string end_of(const SimplexSearch& search) {
  const SimplexIteration& last = search.iterations.back();
  if (search.stopped_at_threshold) return fmt::format("ended: threshold {:g} reached", search.loss_threshold);
  if (last.losses.front() == last.losses.back()) return "ended: all losses are equal";
  return {};
}

/// The move's name and why it was taken; always three lines high, so that nothing jumps while one scrubs.
void draw_move(const SimplexSearch& search, std::size_t now) {
  const SimplexIteration& it = search.iterations[now];
  draw_step_name(move_name(it.move), move_colour(it.move));
  if (now + 1 == search.iterations.size()) {
    ImGui::SameLine();
    text_right_at(ImGui::GetContentRegionMax().x, end_of(search), colour::text_dim);
  }
  const auto reasons = move_reasons(it);
  for (std::size_t i = 0; i < 2; ++i) caption(i < reasons.size() ? reasons[i] : " ", colour::text);
}

/// ".7098", "1.000": a number of [0, 10) without its leading zero and of one width, so that eight fit a row.
std::string short_number(float value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.starts_with('0')) return text.substr(1);
  return fmt::format("{:.{}f}", value, decimals - 1);
}

bool is_new(const SimplexIteration::Point& vertex, const SimplexIteration* before) {
  return before && std::find(before->vertices.begin(), before->vertices.end(), vertex) == before->vertices.end();
}

/// Where the table's numbers end, from the left edge of the content.
struct TableLayout {
  std::array<float, SimplexIteration::dimensions> number;
  float loss;
  int decimals;

  explicit TableLayout(float width) {
    const float sign = theme::px(8), between = theme::px(4), loss_room = label_width(".000000") + theme::px(8);
    const float room = width - sign - between - loss_room;
    decimals = room >= float(number.size()) * (label_width(".0000") + theme::px(1)) ? 4 : 3;
    for (std::size_t i = 0; i < number.size(); ++i) {
      number[i] =
          std::round(sign + room * float(i + 1) / float(number.size()) + (i >= number.size() / 2 ? between : 0));
    }
    loss = width;
  }
};

void vertex_tooltip(const SimplexIteration& it, std::size_t i) {
  const auto& v = it.vertices[i];
  ImGui::BeginTooltip();
  text_line(fmt::format("vertex {} of {}, loss {}", i + 1, it.vertices.size(), loss_text(it.losses[i], 6)));
  caption(fmt::format("low   {:.6f}  {:.6f}  {:.6f}  {:.6f}", v[0], v[1], v[2], v[3]));
  caption(fmt::format("high  {:.6f}  {:.6f}  {:.6f}  {:.6f}", v[4], v[5], v[6], v[7]));
  ImGui::EndTooltip();
}

float vertex_row_height() { return label_height() + theme::px(2); }

void draw_vertices(const SimplexIteration* before, const SimplexIteration& it) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const TableLayout layout(ImGui::GetContentRegionAvail().x);
  const float row = vertex_row_height(), width = layout.loss;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  constexpr std::array<const char*, 8> titles{"low R", "G", "B", "A", "high R", "G", "B", "A"};
  const auto put = [&](float right, float y, ImU32 ink, std::string_view text) {
    draw_label(list, {corner.x + right, corner.y + y + row / 2}, Anchor::right, ink, text);
  };
  for (std::size_t i = 0; i < titles.size(); ++i) put(layout.number[i], 0, colour::text_dim, titles[i]);
  put(layout.loss, 0, colour::text_dim, "loss");

  ImGui::InvisibleButton("vertices", {width, row * float(it.vertices.size() + 1)});
  const int under = ImGui::IsItemHovered() ? static_cast<int>((ImGui::GetIO().MousePos.y - corner.y) / row) - 1 : -1;
  for (std::size_t v = 0; v < it.vertices.size(); ++v) {
    const float y = row * float(v + 1);
    const bool fresh = is_new(it.vertices[v], before), best = v == 0, worst = v + 1 == it.vertices.size();
    const ImVec2 from{corner.x, corner.y + y}, to{corner.x + width, corner.y + y + row};
    if (fresh) list.AddRectFilled(from, to, colour::faded(colour::accent, 0.22f));
    if (under == static_cast<int>(v)) list.AddRectFilled(from, to, colour::faded(colour::text, 0.08f));
    const ImU32 mark = best ? colour::bluish_green : worst ? colour::vermillion : colour::text_faint;
    list.AddCircleFilled({from.x + theme::px(4), from.y + row / 2}, theme::px(best || worst ? 4 : 2), mark, 12);
    for (std::size_t i = 0; i < layout.number.size(); ++i) {
      put(layout.number[i], y, fresh ? colour::text : IM_COL32(190, 190, 190, 255),
          short_number(it.vertices[v][i], layout.decimals));
    }
    put(layout.loss, y, colour::text, short_number(it.losses[v], 6));
  }
  if (under >= 0 && under < static_cast<int>(it.vertices.size())) vertex_tooltip(it, std::size_t(under));
}

/// The cube with the endpoints of the best vertex in place of those of the bits.
CubeScene scene_at(const codec::BlockInspection& block, const SimplexIteration& it, const InspectorState& state) {
  const BlockColours colours(block, state.exposure_stops);
  CubeScene scene = cube_scene(block, colours, state);
  const auto& best = it.vertices.front();
  scene.present = {{colours.place({best[0], best[1], best[2], best[3]}),
                    colours.place({best[4], best[5], best[6], best[7]}), {}, line_ink(0), -1}};
  for (CubeTexel& texel : scene.texels) texel.decoded.reset();  // of the endpoints of the bits, not of this vertex
  return scene;
}

void draw_pictures(const codec::BlockInspection& block, InspectorState& state, float height) {
  const SimplexSearch& search = *block.search;
  const auto now = static_cast<std::size_t>(state.iteration);
  if (state.planes.empty()) state.planes = simplex_planes(search);
  const float gap = theme::px(8), width = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);

  ImGui::BeginGroup();
  draw_simplex_plot({width, height}, now > 0 ? &search.iterations[now - 1] : nullptr, search.iterations[now],
                    state.planes[now]);
  ImGui::EndGroup();
  tooltip(fmt::format(
      "The 8-dimensional simplex on its two main axes, which hold {:.0f} % of its spread. Green: best vertex, "
      "red: worst, ring: the vertex that was replaced, cross: centroid of the others, arrows: trial points. "
      "The bar is a length in endpoint space.",
      state.planes[now].spread_shown * 100));
  ImGui::SameLine(0, gap);
  draw_colour_cube("cube", {width, height}, scene_at(block, search.iterations[now], state), state.cube);
  tooltip(
      "The best vertex's two endpoints in RGB space (amber), where the search started (blue, dashed), the texels and "
      "their main axis. Drag turns, the wheel zooms, a double click changes between the block and the whole cube.");
}

}  // namespace

void draw_simplex_tab(const codec::BlockInspection& block, InspectorState& state) {
  if (!block.search || block.search->iterations.empty()) {
    ImGui::PushTextWrapPos(0);
    caption(
        "This block was not searched: the search is switched off, the block's loss was below the threshold from the "
        "start, or its bits come from a file.");
    ImGui::PopTextWrapPos();
    return;
  }
  const SimplexSearch& search = *block.search;
  const int last = static_cast<int>(search.iterations.size()) - 1;
  advance_player(state, last);
  state.iteration = std::clamp(state.iteration, 0, last);

  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(4)});
  draw_transport(state, last,
                 {"To the initial simplex", "To the newest simplex", "move",
                  "Iterations of this block's search; drag in the plot below to scrub", "Moves a second while playing"});
  int scrubbed = state.iteration;
  const ImVec2 all = ImGui::GetContentRegionAvail();
  const float loss_height = std::clamp(std::floor(all.y * 0.16f), theme::px(80), theme::px(200));
  if (draw_loss_plot("loss", {all.x, loss_height}, search, scrubbed)) {
    state.playing = false;
    go_to_step(state, scrubbed, last);
  }
  tooltip("Best (green) and worst (red) loss of the simplex. The strip shows each iteration's move. Drag to scrub.");
  const auto now = static_cast<std::size_t>(state.iteration);
  const SimplexIteration& it = search.iterations[now];
  draw_move(search, now);
  const float table = vertex_row_height() * float(it.vertices.size() + 1);
  const float room = ImGui::GetContentRegionAvail().y - table - 2 * ImGui::GetStyle().ItemSpacing.y;
  draw_pictures(block, state, std::clamp(room, theme::px(128), std::max(theme::px(128), all.x * 0.6f)));
  draw_vertices(now > 0 ? &search.iterations[now - 1] : nullptr, it);
  ImGui::PopStyleVar();
}

}  // namespace txs::app
