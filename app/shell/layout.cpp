#include "shell/layout.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "shell/pane.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr float toolbar_height = 40, status_height = 28, seam_width = 1, splitter_reach = 4;

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

Layout lay_out(Extent window, const LayoutSizes& sizes, float scale, bool drawer_open) {
  const auto px = [scale](float length) { return std::round(length * scale); };
  const float width = std::max(1.0f, window.width), height = std::max(1.0f, window.height);
  const float line = std::max(1.0f, px(seam_width));
  const float toolbar = std::min(px(toolbar_height), height / 4), status = std::min(px(status_height), height / 4);
  const float between = height - toolbar - status;
  const float bottom = std::min(px(sizes.bottom), std::floor(between / 2));
  const float middle = std::max(1.0f, between - bottom - line);
  const auto [left, right] = share(px(sizes.left), px(sizes.right), std::floor(width * 0.6f));
  const float centre = std::max(1.0f, width - left - right - 2 * line);
  const float runs = std::min(px(sizes.runs), std::floor(width * 0.6f));
  const float drawer = drawer_open ? std::min(px(sizes.drawer), std::floor(middle / 2)) : 0;

  Layout layout;
  layout.toolbar = {0, 0, width, toolbar};
  layout.codec = {0, toolbar, left, middle};
  layout.canvas = {left + line, toolbar, centre, middle - (drawer_open ? drawer + line : 0)};
  layout.drawer = {left + line, toolbar + middle - drawer, centre, drawer};
  layout.inspector = {left + centre + 2 * line, toolbar, right, middle};
  layout.quality = {0, toolbar + middle + line, width - runs - line, bottom};
  layout.runs = {width - runs, toolbar + middle + line, runs, bottom};
  layout.status = {0, height - status, width, status};
  return layout;
}

bool drag_splitters(const Layout& layout, LayoutSizes& sizes, float scale, bool drawer_open) {
  const LayoutSizes &least = smallest_sizes, &most = largest_sizes;
  const float top = layout.codec.y, middle = layout.codec.height, line = layout.canvas.x - layout.codec.right();
  const Area left{layout.codec.right(), top, line, middle}, right{layout.canvas.right(), top, line, middle};
  const Area bottom{0, layout.codec.bottom(), layout.status.width, line};
  const Area runs{layout.quality.right(), layout.quality.y, line, layout.quality.height};
  const Area drawer{layout.drawer.x, layout.canvas.bottom(), layout.drawer.width, line};
  const Splitter splitters[] = {
      {"seam left", left, true, 1, sizes.left, least.left, most.left},
      {"seam right", right, true, -1, sizes.right, least.right, most.right},
      {"seam bottom", bottom, false, -1, sizes.bottom, least.bottom, most.bottom},
      {"seam runs", runs, true, -1, sizes.runs, least.runs, most.runs},
      {"seam drawer", drawer, false, -1, sizes.drawer, least.drawer, most.drawer},  // last: there only while it is open
  };
  bool held = false;
  for (const Splitter& splitter : std::span(splitters).first(drawer_open ? 5 : 4))
    held = drag(splitter, scale) || held;
  return held;
}

}  // namespace txs::app
