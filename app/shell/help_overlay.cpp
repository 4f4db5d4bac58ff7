#include "shell/help_overlay.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "shell/actions.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

struct Line {
  std::string keys, title;
};

struct Group {
  std::string name;
  std::vector<Line> lines;
};

std::vector<Group> groups(const codec::CodecKind* kind) {
  std::vector<Group> all;
  std::size_t presets = 0;
  for (const Action& action : actions()) {
    std::string title(action.title);
    if (action.group == "Presets") {
      if (!kind || presets >= kind->presets.size()) continue;
      title = kind->presets[presets++].title;
    }
    if (all.empty() || all.back().name != action.group) all.push_back({std::string(action.group), {}});
    all.back().lines.push_back({keys_text(action), std::move(title)});
  }
  all.push_back({"Mouse",
                 {{"wheel", "zoom about the cursor; on a colour bar: its scale"},
                  {"drag", "pan; the split's handle; seams between panels"},
                  {"click", "select the block or texel under the cursor, of the experiment whose cell it is"},
                  {"double click", "fill the centre with a cell, and back"},
                  {"Ctrl+click", "type a slider's value"},
                  {"drop", "images, DDS, KTX2, .astc, .txs, folders of them; on B: a file of the picture's size becomes B"},
                  {"", ".npy or .npz: latents for the present network"}}});
  return all;
}

float height_of(const Group& group, float row) { return float(group.lines.size() + 2) * row; }

/// Groups in order, broken into columns of about one height.
std::vector<std::vector<Group>> in_columns(std::vector<Group> all, std::size_t count) {
  float total = 0;
  for (const Group& group : all) total += height_of(group, 1);
  std::vector<std::vector<Group>> columns(1);
  float filled = 0;
  for (Group& group : all) {
    const float height = height_of(group, 1);
    if (filled + height / 2 > total / float(count) * float(columns.size()) && columns.size() < count)
      columns.emplace_back();
    filled += height;
    columns.back().push_back(std::move(group));
  }
  return columns;
}

void draw_group(const Group& group, float keys_width, float width) {
  ImGui::PushFont(theme::fonts().medium);
  ImGui::PushStyleColor(ImGuiCol_Text, colour::accent);
  ImGui::TextUnformatted(group.name.c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
  const float left = ImGui::GetCursorPosX();
  for (const Line& line : group.lines) {
    ImGui::TextUnformatted(line.keys.c_str());
    ImGui::SameLine(keys_width);  // from the group's left edge
    ImGui::PushTextWrapPos(left + width);
    ImGui::PushStyleColor(ImGuiCol_Text, colour::text_dim);
    ImGui::TextUnformatted(line.title.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
  }
  ImGui::Dummy({0, theme::px(8)});
}

}  // namespace

bool draw_help_overlay(Extent window, const codec::CodecKind* kind) {
  constexpr ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({window.width, window.height});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(18, 18, 18, 240));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("help", nullptr, flags & ~ImGuiWindowFlags_NoScrollbar);
  const std::size_t count = window.width >= theme::px(1300) ? 3 : 2;
  const float width = std::min(theme::px(400), (window.width - theme::px(64)) / float(count));
  const float keys_width = theme::px(120);
  const float left = std::floor((window.width - width * float(count)) / 2), top = theme::px(40);
  ImGui::SetCursorPos({left, top});
  ImGui::PushFont(theme::fonts().title);
  ImGui::TextUnformatted("Keys and mouse");
  ImGui::PopFont();
  ImGui::SameLine();
  ImGui::SetCursorPosY(top + theme::px(6));
  caption("F1, Esc or a click closes this");
  const auto columns = in_columns(groups(kind), count);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ImGui::SetCursorPos({left + width * float(i), top + theme::px(48)});
    ImGui::BeginGroup();
    for (const Group& group : columns[i]) draw_group(group, keys_width, width - theme::px(24));
    ImGui::EndGroup();
  }
  const bool clicked = ImGui::IsWindowHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  return !clicked;
}

}  // namespace txs::app
