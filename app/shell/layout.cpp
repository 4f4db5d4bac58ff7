#include "shell/layout.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "shell/pane.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr float toolbar_height = 40, status_height = 28, seam_width = 1, splitter_reach = 4;
constexpr float two_columns_from = 860, runs_from = 760, short_window = 600;

/// Side columns give way together when the canvas would get too narrow.
std::pair<float, float> share(float first, float second, float room) {
  const float wanted = first + second;
  if (wanted <= room) return {first, second};
  return {std::floor(first * room / wanted), std::floor(second * room / wanted)};
}

struct Splitter {
  const char* id;
  Area seam;       ///< the line that is drawn
  bool upright;    ///< dragged to the left and right
  float direction; ///< of growth along the drag
  float& size;
  float least, most;
};

/// One line; returns whether it is held.
bool drag(const Splitter& splitter, float scale) {
  const float reach = std::round(splitter_reach * scale);
  Area hit = splitter.seam;
  (splitter.upright ? hit.x : hit.y) -= reach;
  (splitter.upright ? hit.width : hit.height) += 2 * reach;
  hit.width = std::max(1.0f, hit.width);
  hit.height = std::max(1.0f, hit.height);
  const Pane pane(splitter.id, hit, {0, 0});
  ImGui::InvisibleButton(splitter.id, {hit.width, hit.height});
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (hot) ImGui::SetMouseCursor(splitter.upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  if (ImGui::IsItemActive()) {
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    const float by = (splitter.upright ? moved.x : moved.y) * splitter.direction / scale;
    splitter.size = std::clamp(splitter.size + by, splitter.least, splitter.most);
  }
  const Area& seam = splitter.seam;
  ImGui::GetWindowDrawList()->AddRectFilled({seam.x, seam.y}, {seam.right(), seam.bottom()},
                                            hot ? colour::accent : colour::canvas);
  return ImGui::IsItemActive();
}

}  // namespace

Layout lay_out(Extent window, const LayoutSizes& sizes, float scale, LayoutNeeds needs) {
  const auto px = [scale](float length) { return std::round(length * scale); };
  const float width = std::max(1.0f, window.width), height = std::max(1.0f, window.height);
  const float line = std::max(1.0f, px(seam_width));
  const float toolbar = std::min(px(toolbar_height), height / 4), status = std::min(px(status_height), height / 4);
  const float between = height - toolbar - status;
  const float bottom = std::min(px(sizes.bottom), std::floor(between * (height < px(short_window) ? 0.38f : 0.5f)));
  const float middle = std::max(1.0f, between - bottom - line);
  const bool one_column = width < px(two_columns_from);
  const auto [left, right] = share(one_column && needs.inspecting ? 0 : px(sizes.left),
                                   one_column && !needs.inspecting ? 0 : px(sizes.right),
                                   std::floor(width * (one_column ? 0.45f : 0.6f)));
  const float left_line = left > 0 ? line : 0, right_line = right > 0 ? line : 0;
  const float centre = std::max(1.0f, width - left - right - left_line - right_line);
  const float runs = width < px(runs_from) ? 0 : std::min(px(sizes.runs), std::floor(width * 0.6f));
  const float drawer = needs.drawer ? std::min(px(sizes.drawer), std::floor(middle / 2)) : 0;

  Layout layout;
  layout.toolbar = {0, 0, width, toolbar};
  layout.codec = {0, toolbar, left, middle};
  layout.canvas = {left + left_line, toolbar, centre, middle - (needs.drawer ? drawer + line : 0)};
  layout.drawer = {left + left_line, toolbar + middle - drawer, centre, drawer};
  layout.inspector = {width - right, toolbar, right, middle};
  layout.quality = {0, toolbar + middle + line, width - runs - (runs > 0 ? line : 0), bottom};
  layout.runs = {width - runs, toolbar + middle + line, runs, bottom};
  layout.status = {0, height - status, width, status};
  return layout;
}

bool drag_splitters(const Layout& layout, LayoutSizes& sizes, float scale) {
  const LayoutSizes &least = smallest_sizes, &most = largest_sizes;
  const float top = layout.codec.y, middle = layout.codec.height, line = layout.quality.y - layout.codec.bottom();
  bool held = false;
  if (layout.codec.width > 0)
    held |= drag({"seam left", {layout.codec.right(), top, line, middle}, true, 1, sizes.left, least.left, most.left},
                 scale);
  if (layout.inspector.width > 0)
    held |= drag({"seam right", {layout.canvas.right(), top, line, middle}, true, -1, sizes.right, least.right,
                  most.right},
                 scale);
  held |= drag({"seam bottom", {0, layout.codec.bottom(), layout.status.width, line}, false, -1, sizes.bottom,
                least.bottom, most.bottom},
               scale);
  if (layout.runs.width > 0)
    held |= drag({"seam runs", {layout.quality.right(), layout.quality.y, line, layout.quality.height}, true, -1,
                  sizes.runs, least.runs, most.runs},
                 scale);
  if (layout.drawer.height > 0)
    held |= drag({"seam drawer", {layout.drawer.x, layout.canvas.bottom(), layout.drawer.width, line}, false, -1,
                  sizes.drawer, least.drawer, most.drawer},
                 scale);
  return held;
}

}  // namespace txs::app
