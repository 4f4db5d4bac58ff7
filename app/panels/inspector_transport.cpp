#include "panels/inspector_transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "panels/parts.h"
#include "theme/widgets.h"

namespace txs::app {

void go_to_step(InspectorState& state, int iteration, int last) {
  state.iteration = std::clamp(iteration, 0, last);
  state.follows_end = state.iteration == last && !state.playing;
  state.waited = 0;
}

void advance_player(InspectorState& state, int last) {
  if (!state.playing) return;
  state.waited += ImGui::GetIO().DeltaTime * state.moves_per_second;
  // A long frame must not skip what the user wants to see.
  if (state.waited < 1) return;
  state.waited = 0;
  if (state.iteration < last) ++state.iteration;
  if (state.iteration == last) {
    state.playing = false;
    state.follows_end = true;
  }
}

void draw_transport(InspectorState& state, int last, const TransportNames& names) {
  const std::string step(names.step);
  const float gap = theme::px(2);
  if (icon_button("first", Icon::first, names.to_first)) go_to_step(state, 0, last);
  ImGui::SameLine(0, gap);
  if (icon_button("back", Icon::left, "One " + step + " back")) go_to_step(state, state.iteration - 1, last);
  ImGui::SameLine(0, gap);
  if (icon_button("play", state.playing ? Icon::pause : Icon::play, "Play the " + step + "s", state.playing)) {
    state.playing = !state.playing;
    state.follows_end = false;
    if (state.playing && state.iteration == last) state.iteration = 0;
  }
  ImGui::SameLine(0, gap);
  if (icon_button("on", Icon::right, "One " + step + " on")) go_to_step(state, state.iteration + 1, last);
  ImGui::SameLine(0, gap);
  if (icon_button("last", Icon::last, names.to_last)) go_to_step(state, last, last);

  ImGui::SameLine(0, theme::px(12));
  ImGui::AlignTextToFramePadding();
  text_line(fmt::format("{} of {}", state.iteration, last));
  tooltip(names.counted);
  const float width = theme::px(80);
  ImGui::SameLine();
  ImGui::SetCursorPosX(ImGui::GetContentRegionMax().x - width);
  ImGui::SetNextItemWidth(width);
  ImGui::PushStyleColor(ImGuiCol_SliderGrab, IM_COL32(104, 104, 104, 255));  // the number lies over it
  ImGui::SliderFloat("##speed", &state.moves_per_second, 1, 30, "%.0f / s", ImGuiSliderFlags_Logarithmic);
  ImGui::PopStyleColor();
  tooltip(names.a_second);
}

void draw_step_name(std::string_view name, ImU32 ink) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + theme::px(3)},
                                            {at.x + theme::px(10), at.y + ImGui::GetTextLineHeight() - theme::px(2)}, ink);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + theme::px(16));
  ImGui::PushFont(theme::fonts().medium);
  text_line(name);
  ImGui::PopFont();
}

}  // namespace txs::app
