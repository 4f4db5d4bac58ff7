#include "panels/log_panel.h"

#include <fmt/format.h>

#include <string>

#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

std::string age(const Message& message) {
  using namespace std::chrono;
  const auto seconds = duration_cast<std::chrono::seconds>(steady_clock::now() - message.when).count();
  if (seconds < 60) return fmt::format("{} s ago", seconds);
  if (seconds < 3600) return fmt::format("{} min ago", seconds / 60);
  return fmt::format("{} h ago", seconds / 3600);
}

void draw_message(const Message& message) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX(), line = ImGui::GetTextLineHeight();
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + theme::px(6), at.y + line / 2}, theme::px(3),
                                              colour::of_severity(message.severity), 12);
  text_right_at(left + theme::px(92), age(message), colour::text_dim);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + theme::px(108));
  ImGui::PushTextWrapPos(0);
  text_line(message.text, message.severity == Severity::error ? colour::bad : colour::text);
  ImGui::PopTextWrapPos();
  if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) ImGui::SetClipboardText(message.text.c_str());
  tooltip("Right click copies the line.");
}

}  // namespace

void draw_log_panel(LogPanelState& state) {
  for (Message& message : messages_since(state.messages.empty() ? 0 : state.messages.back().id)) {
    state.messages.push_back(std::move(message));
  }
  heading("Messages");
  if (state.messages.empty()) {
    caption("Nothing was said yet.");
    return;
  }
  ImGui::BeginChild("messages");
  // Only what is seen is formatted: a log may have thousands of lines. Wrapped lines differ in height, so the clipper,
  // which wants equal ones, cannot be used; a line out of sight is skipped by its measured height instead.
  const float wrap = ImGui::GetContentRegionAvail().x - theme::px(108);
  for (const Message& message : state.messages) {
    const float height = ImGui::CalcTextSize(message.text.c_str(), nullptr, false, wrap).y;
    const float y = ImGui::GetCursorScreenPos().y;
    ImGui::PushID(static_cast<int>(message.id));
    if (ImGui::IsRectVisible({1, height}) || y < ImGui::GetWindowPos().y)
      draw_message(message);
    else
      ImGui::Dummy({0, height});
    ImGui::PopID();
  }
  if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY()) ImGui::SetScrollHereY(1);  // at the end it stays at the end
  ImGui::EndChild();
}

}  // namespace txs::app
