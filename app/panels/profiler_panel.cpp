#include <algorithm>
#include <string>
#include <vector>

#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

void draw_pass(const gpu::PassTime& pass, double longest) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, right = ImGui::GetContentRegionMax().x;
  const float share = longest > 0 ? static_cast<float>(pass.milliseconds / longest) : 0;
  ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width * share, at.y + ImGui::GetTextLineHeight()},
                                            colour::faded(colour::sky_blue, 0.25f));
  const float number = ImGui::CalcTextSize("0000.000 ms").x;
  text_cut(" " + pass.name, right - number - ImGui::GetCursorPosX() - theme::px(4));
  ImGui::SameLine();
  text_right_at(right, format_milliseconds(pass.milliseconds));
}

}  // namespace

void draw_profiler_panel(const session::Snapshot& snapshot, const DeviceStatus& device) {
  heading("GPU");
  double total = 0, longest = 0;
  std::vector<gpu::PassTime> passes = snapshot.focused().passes;
  passes.insert(passes.end(), device.window_passes.begin(), device.window_passes.end());
  for (const gpu::PassTime& pass : passes) {
    total += pass.milliseconds;
    longest = std::max(longest, pass.milliseconds);
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  if (passes.empty()) caption("No pass was measured yet.");
  for (const gpu::PassTime& pass : passes) draw_pass(pass, longest);
  ImGui::Dummy({0, theme::px(4)});
  figure("All passes", format_milliseconds(total), "GPU time of the newest frame that was measured");
  figure("Search", format_rate(snapshot.focused().work_per_second),
       snapshot.focused().run.kind ? std::string(snapshot.focused().run.kind->work_unit) + " a second of GPU time" : std::string());
  figure("Memory", format_bytes(device.memory_bytes), "Device memory that our buffers and textures hold");
  figure("Frames", format_rate(device.frames_per_second), "Frames shown a second");
  ImGui::PopStyleVar();
}

}  // namespace txs::app
