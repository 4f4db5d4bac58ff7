#include "shell/pane.h"

namespace txs::app {

Pane::Pane(const char* name, const Area& area, ImVec2 padding, bool scrolls) {
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                           ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                           ImGuiWindowFlags_NoNav;
  if (scrolls)
    flags &= ~ImGuiWindowFlags_NoScrollbar;
  else
    flags |= ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.width, area.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin(name, nullptr, flags);
  ImGui::PopStyleVar(2);
}

}  // namespace txs::app
