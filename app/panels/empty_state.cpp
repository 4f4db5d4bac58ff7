#include <algorithm>
#include <cmath>
#include <string>

#include "panels/panels.h"
#include "panels/parts.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

void centred(ImFont* font, std::string_view text, ImU32 ink, float left, float width) {
  ImGui::PushFont(font);
  const float own = ImGui::CalcTextSize(text.data(), text.data() + text.size()).x;
  ImGui::SetCursorPosX(left + std::max(0.0f, std::floor((width - own) / 2)));
  text_line(text, ink);
  ImGui::PopFont();
}

void draw_drop_frame(ImVec2 from, ImVec2 to) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 corners[] = {from, {to.x, from.y}, to, {from.x, to.y}};
  for (int i = 0; i < 4; ++i)
    draw_dashed(list, corners[i], corners[(i + 1) % 4], colour::text_faint, theme::px(2), theme::px(8));
}

/// A column of files; a click opens one.
void file_list(const char* title, std::span<const std::filesystem::path> files, bool with_folder, float left,
               float width, session::Session& session) {
  if (files.empty()) return;
  ImGui::SetCursorPosX(left);
  ImGui::BeginGroup();
  caption(title);
  ImGui::PushID(title);
  for (std::size_t i = 0; i < files.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float x = ImGui::GetCursorPosX();
    if (ImGui::Selectable("##file", false, 0, {width, ImGui::GetTextLineHeight() + theme::px(4)})) {
      command([&] { session.open({files[i]}); });
    }
    tooltip(files[i].string());
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x + theme::px(8), at.y + theme::px(2)});
    text_cut(files[i].filename().string(), width * (with_folder ? 0.5f : 1.0f) - theme::px(16));
    if (with_folder) {
      ImGui::SameLine();
      ImGui::SetCursorPosX(x + width * 0.5f);
      text_cut(files[i].parent_path().string(), width * 0.5f - theme::px(8), colour::text_faint);
    }
    ImGui::SetCursorScreenPos(below);
    ImGui::PopID();
  }
  ImGui::PopID();
  ImGui::EndGroup();
}

}  // namespace

void draw_empty_state(session::Session& session, std::span<const std::filesystem::path> recent,
                      std::span<const std::filesystem::path> samples) {
  const ImVec2 corner = ImGui::GetCursorPos(), at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float row = ImGui::GetTextLineHeight() + theme::px(8), list_title = theme::px(24);
  constexpr std::size_t most = 8;
  recent = recent.first(std::min(recent.size(), most));
  samples = samples.first(std::min(samples.size(), most));
  const auto list_height = [&](std::size_t count) {
    return count ? list_title + row * float(count) + theme::px(12) : 0;
  };
  const float invitation = theme::px(128);
  const float height = invitation + list_height(recent.size()) + list_height(samples.size()) + theme::px(24);
  const float width = std::min(room.x - theme::px(32), theme::px(560));
  const float left = corner.x + std::floor((room.x - width) / 2);
  const float top = corner.y + std::max(theme::px(16), std::floor((room.y - height) / 2));

  const ImVec2 frame{at.x + left - corner.x, at.y + top - corner.y};
  draw_drop_frame(frame, {frame.x + width, frame.y + invitation});
  ImGui::SetCursorPosY(top + theme::px(36));
  centred(theme::fonts().title, "Drop an image here", colour::text, left, width);
  centred(theme::fonts().text, "PNG, JPEG, BMP, TGA, PSD, HDR, EXR, DDS, KTX2, .astc, .txs networks, or a folder of them", colour::text_dim, left,
          width);

  ImGui::SetCursorPosY(top + invitation + theme::px(24));
  file_list("Recent", recent, true, left, width, session);
  if (!recent.empty()) ImGui::Dummy({0, theme::px(8)});
  file_list("Samples", samples, false, left, width, session);
}

}  // namespace txs::app
