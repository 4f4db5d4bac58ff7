#include "shell/toasts.h"

#include <imgui.h>

#include <algorithm>

#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr std::size_t most_shown = 4;

/// Long enough to be read: 6 s, and longer for long lines and for what went wrong.
std::chrono::milliseconds time_for(const Message& message) {
  const auto reading = std::chrono::milliseconds(55) * int(std::min<std::size_t>(message.text.size(), 200));
  const auto least = message.severity == Severity::note ? std::chrono::seconds(6) : std::chrono::seconds(10);
  return std::max<std::chrono::milliseconds>(least, reading);
}

}  // namespace

void Toasts::take_new() {
  for (Message& message : messages_since(last_id_)) {
    last_id_ = message.id;
    const auto until = Clock::now() + time_for(message);
    shown_.push_back({std::move(message), until});
  }
  if (shown_.size() > most_shown) shown_.erase(shown_.begin(), shown_.end() - most_shown);
  std::erase_if(shown_, [now = Clock::now()](const Toast& toast) { return toast.until <= now; });
}

bool Toasts::due() const { return next_change() <= 0 || !messages_since(last_id_).empty(); }

double Toasts::next_change() const {
  double least = 1e9;
  for (const Toast& toast : shown_)
    least = std::min(least, std::chrono::duration<double>(toast.until - Clock::now()).count());
  return std::max(0.0, least);
}

void Toasts::draw(const Area& canvas) {
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
                                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav;
  const float gap = theme::px(8), most_width = std::min(theme::px(760), canvas.width - 6 * gap);
  float bottom = canvas.bottom() - theme::px(12);
  std::uint64_t dismissed = 0;
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colour::raised);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {theme::px(16), theme::px(8)});
  for (auto toast = shown_.rbegin(); toast != shown_.rend(); ++toast) {
    ImGui::SetNextWindowPos({canvas.x + canvas.width / 2, bottom}, ImGuiCond_Always, {0.5f, 1});
    ImGui::Begin(("##toast" + std::to_string(toast->message.id)).c_str(), nullptr, flags);
    const float width = ImGui::CalcTextSize(toast->message.text.c_str()).x;
    ImGui::PushTextWrapPos(std::min(width + 1, most_width) + ImGui::GetCursorPosX());
    ImGui::TextUnformatted(toast->message.text.c_str());
    ImGui::PopTextWrapPos();
    const ImVec2 corner = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    auto& list = *ImGui::GetWindowDrawList();
    list.PushClipRectFullScreen();  // the strip lies in the padding, which ImGui clips
    list.AddRectFilled(corner, {corner.x + theme::px(4), corner.y + size.y}, colour::of_severity(toast->message.severity));
    list.PopClipRect();
    if (ImGui::IsWindowHovered()) {
      toast->until = std::max(toast->until, Clock::now() + std::chrono::seconds(2));  // not under the eye of a reader
      if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) dismissed = toast->message.id;
    }
    bottom -= size.y + gap;
    ImGui::End();
  }
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  std::erase_if(shown_, [dismissed](const Toast& toast) { return toast.message.id == dismissed; });
}

}  // namespace txs::app
