#include "theme/widgets.h"

#include <algorithm>

namespace txs::app {
namespace {

void text_unformatted(std::string_view text) { ImGui::TextUnformatted(text.data(), text.data() + text.size()); }

/// The frame of a button of its own making; returns whether it was pressed and what colour its content has.
struct Face {
  bool pressed;
  ImVec2 from, to;
  ImU32 content;
};

Face button_face(const char* id, ImVec2 size, bool active) {
  const bool pressed = ImGui::InvisibleButton(id, size);
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  const bool hot = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  ImU32 back = active ? colour::accent_dim : hot ? colour::control_hot : colour::control;
  if (held) back = colour::accent_dim;
  const float alpha = ImGui::GetStyle().Alpha;
  ImGui::GetWindowDrawList()->AddRectFilled(from, to, colour::faded(back, alpha), ImGui::GetStyle().FrameRounding);
  return {pressed, from, to, colour::faded(colour::text, alpha)};
}

}  // namespace

void caption(std::string_view text, ImU32 colour) {
  ImGui::PushFont(theme::fonts().caption);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  text_unformatted(text);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void caption(std::string_view text) { caption(text, colour::text_dim); }

void heading(std::string_view text) {
  ImGui::PushFont(theme::fonts().medium);
  text_unformatted(text);
  ImGui::PopFont();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float right = from.x + ImGui::GetContentRegionAvail().x;
  ImGui::GetWindowDrawList()->AddRectFilled({from.x, from.y - theme::px(2)}, {right, from.y - theme::px(2) + 1},
                                            colour::line);
  ImGui::Dummy({0, theme::px(2)});
}

void tooltip(std::string_view text) {
  constexpr float rest_seconds = 0.45f;
  if (text.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
  // The pointer's rest on one item: its rectangle names it well enough, ids may be shared or missing (plain text).
  static ImVec2 item{-1, -1};
  static double since = 0;
  const ImVec2 now = ImGui::GetItemRectMin();
  if (now.x != item.x || now.y != item.y) {
    item = now;
    since = ImGui::GetTime();
  }
  if (ImGui::GetTime() - since < rest_seconds) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {theme::px(8), theme::px(6)});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(theme::px(360));
  text_unformatted(text);
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void text_right(std::string_view text, ImU32 colour) {
  const float width = ImGui::CalcTextSize(text.data(), text.data() + text.size()).x;
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, room - width));
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  text_unformatted(text);
  ImGui::PopStyleColor();
}

bool icon_button(const char* id, Icon icon, std::string_view help, bool active) {
  const float side = ImGui::GetFrameHeight();
  const Face face = button_face(id, {side + theme::px(4), side}, active);
  draw_icon(*ImGui::GetWindowDrawList(), icon, {(face.from.x + face.to.x) / 2, (face.from.y + face.to.y) / 2},
            ImGui::GetFontSize() * 0.8f, face.content);
  tooltip(help);
  return face.pressed;
}

bool icon_text_button(const char* label, Icon icon, std::string_view help, bool active) {
  const ImVec2 words = ImGui::CalcTextSize(label, nullptr, true);
  const float sign = ImGui::GetFontSize() * 0.8f, gap = theme::px(6), pad = ImGui::GetStyle().FramePadding.x;
  const Face face = button_face(label, {pad + sign + gap + words.x + pad, ImGui::GetFrameHeight()}, active);
  auto& list = *ImGui::GetWindowDrawList();
  const float middle = (face.from.y + face.to.y) / 2;
  draw_icon(list, icon, {face.from.x + pad + sign / 2, middle}, sign, face.content);
  const std::string_view shown = std::string_view(label).substr(0, std::string_view(label).find("##"));
  list.AddText({face.from.x + pad + sign + gap, face.from.y + ImGui::GetStyle().FramePadding.y}, face.content,
               shown.data(), shown.data() + shown.size());
  tooltip(help);
  return face.pressed;
}

namespace {

/// A word that answers the mouse; its rectangle is the item's.
bool live_word(const char* label, ImU32 ink) {
  ImGui::PushFont(theme::fonts().caption);
  const ImVec2 size = ImGui::CalcTextSize(label, nullptr, true);
  const bool pressed = ImGui::InvisibleButton(label, size);
  const ImVec2 at = ImGui::GetItemRectMin();
  const std::string_view shown = std::string_view(label).substr(0, std::string_view(label).find("##"));
  const ImU32 colour = ImGui::IsItemHovered() ? colour::text : ink;
  ImGui::GetWindowDrawList()->AddText(at, colour::faded(colour, ImGui::GetStyle().Alpha), shown.data(),
                                      shown.data() + shown.size());
  ImGui::PopFont();
  return pressed;
}

}  // namespace

bool text_tab(const char* label, bool active, std::string_view help) {
  const bool pressed = live_word(label, active ? colour::text : colour::text_dim);
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  if (active)
    ImGui::GetWindowDrawList()->AddRectFilled({from.x, to.y + theme::px(1)}, {to.x, to.y + theme::px(3)}, colour::accent);
  tooltip(help);
  return pressed && !active;
}

bool text_button(const char* label, std::string_view help) {
  const bool pressed = live_word(label, colour::text_dim);
  tooltip(help);
  return pressed;
}

bool toggle_button(const char* label, bool active, std::string_view help) {
  if (active) ImGui::PushStyleColor(ImGuiCol_Button, colour::accent_dim);
  const bool pressed = ImGui::Button(label);
  if (active) ImGui::PopStyleColor();
  tooltip(help);
  return pressed;
}

}  // namespace txs::app
