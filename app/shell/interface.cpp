#include "shell/interface.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "image/load.h"
#include "shell/help_overlay.h"
#include "shell/pane.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

namespace fs = std::filesystem;

ImVec2 panel_padding() { return {theme::px(12), theme::px(8)}; }

ImVec2 line_padding(float height) { return {theme::px(12), std::floor((height - ImGui::GetFrameHeight()) / 2)}; }

/// Beside the program where it was installed, or in the source tree it was built from.
fs::path assets_folder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  const fs::path installed = program.parent_path().parent_path() / "share/texelscope";
  return !failed && fs::is_directory(installed / "samples", failed) ? installed : fs::path(TEXELSCOPE_ASSETS_DIR);
}

std::vector<fs::path> find_samples() {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(assets_folder() / "samples", failed)) {
    if (has_image_extension(entry.path())) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

void fill(const Area& area, ImU32 colour) {
  ImGui::GetBackgroundDrawList()->AddRectFilled({area.x, area.y}, {area.right(), area.bottom()}, colour);
}

}  // namespace

Interface::Interface() : samples_(find_samples()) {}

void Interface::draw(Extent window, Desk& desk, Config& config, const DeviceStatus& device) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const bool drawer_open = desk.shell.log || desk.shell.profiler;
  const Layout layout =
      lay_out(window, config.layout, theme::scale(), {drawer_open, snapshot.focused().selected_block.has_value()});
  drag_splitters(layout, config.layout, theme::scale());  // first: their reach lies over the panels
  fill(layout.toolbar, colour::raised);
  fill(layout.status, colour::raised);
  {
    const Pane pane("toolbar", layout.toolbar, line_padding(layout.toolbar.height));
    if (const auto keep = draw_toolbar(snapshot, desk.session, device, toolbar_)) desk.shell.keep = keep;
  }
  if (layout.codec.width > 0) draw_left_column(layout.codec, desk);
  draw_centre(layout.canvas, desk, config);
  if (drawer_open) draw_drawer(layout.drawer, desk, device);
  if (layout.inspector.width > 0) {
    const Pane pane("inspector", layout.inspector, panel_padding(), true);
    draw_inspector(snapshot, desk.session, desk.view, inspector_);
  }
  draw_bottom(layout, desk);
  {
    const Pane pane("status", layout.status, line_padding(layout.status.height));
    ImGui::AlignTextToFramePadding();
    draw_status_line(snapshot, desk.view);
  }
  toasts_.take_new();
  toasts_.draw(layout.canvas);
  if (desk.shell.help) desk.shell.help = draw_help_overlay(window, snapshot.focused().run.kind);
}

/// The size table takes the height it had in the last frame, the codec's parameters the rest; in a column too low for
/// both the parameters alone (the status line has the size).
void Interface::draw_left_column(const Area& area, Desk& desk) {
  const float padding = 2 * panel_padding().y;
  const bool low = area.height < theme::px(300);
  const float table = low ? 0 : std::min(size_panel_height_ + padding, std::floor(area.height * 0.45f));
  const Area upper{area.x, area.y, area.width, area.height - table}, lower{area.x, upper.bottom(), area.width, table};
  {
    const Pane pane("codec", upper, panel_padding(), true);
    draw_codec_panel(desk.session.snapshot(), desk.session, codec_);
  }
  if (low) return;
  const Pane pane("size", lower, panel_padding(), true);
  const float top = ImGui::GetCursorPosY();
  draw_size_panel(desk.session.snapshot());
  size_panel_height_ = ImGui::GetCursorPosY() - top;
}

void Interface::draw_centre(const Area& area, Desk& desk, const Config& config) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const Pane pane("canvas", area, {0, 0});
  if (snapshot.source || desk.session.loading())
    desk.canvas.draw(snapshot, desk.session, desk.view);
  else
    draw_empty_state(desk.session, config.recent, samples_);
}

void Interface::draw_bottom(const Layout& layout, Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  {
    const Pane pane("quality", layout.quality, panel_padding());
    if (const auto keep = draw_quality_panel(snapshot, quality_, highlight_)) desk.shell.keep = keep;
  }
  if (layout.runs.width == 0) return;
  const Pane pane("runs", layout.runs, panel_padding());
  draw_runs_panel(snapshot, desk.session, highlight_);
}

/// The log and the profiler, side by side where both are open.
void Interface::draw_drawer(const Area& area, Desk& desk, const DeviceStatus& device) {
  Area log = area, profiler = area;
  if (desk.shell.log && desk.shell.profiler) {
    log.width = std::floor(area.width / 2);
    profiler.x += log.width;
    profiler.width -= log.width;
  }
  if (desk.shell.log) {
    const Pane pane("log", log, panel_padding());
    draw_log_panel(log_);
  }
  if (desk.shell.profiler) {
    const Pane pane("profiler", profiler, panel_padding(), true);
    draw_profiler_panel(desk.session.snapshot(), device);
  }
}

}  // namespace txs::app
