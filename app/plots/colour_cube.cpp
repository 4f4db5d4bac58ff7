#include "plots/colour_cube.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/glm.hpp>
#include <string_view>

#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

glm::vec3 rgb(const codec::Colour& colour) { return {colour[0], colour[1], colour[2]}; }

/// The part of colour space that fills the picture.
struct Framing {
  glm::vec3 centre{0.5f};
  float radius = 0.9f;
};

Framing framing_of(const CubeScene& scene, bool whole) {
  if (whole) return {};
  glm::vec3 low(1e9f), high(-1e9f);
  const auto include = [&](glm::vec3 point) {
    low = glm::min(low, point);
    high = glm::max(high, point);
  };
  for (const CubeTexel& texel : scene.texels) {
    include(rgb(texel.original.place));
    if (texel.decoded) include(rgb(texel.decoded->place));
  }
  const auto include_segment = [&](const CubeSegment& segment) {
    include(rgb(segment.low));
    include(rgb(segment.high));
  };
  if (scene.initial) include_segment(*scene.initial);
  for (const CubeSegment& segment : scene.present) include_segment(segment);
  if (low.x > high.x) return {};
  // A flat block is a point: a radius of 4 / 255 keeps single steps of 8-bit colours apart and no more.
  return {(low + high) * 0.5f, std::max(glm::length(high - low) * 0.5f, 4.0f / 255)};
}

class Projection {
 public:
  Projection(ImVec2 from, ImVec2 to, const Framing& framing, const CubeView& view)
      : middle_{(from.x + to.x) / 2, (from.y + to.y) / 2}, centre_(framing.centre), radius_(framing.radius) {
    const float half = std::min(to.x - from.x, to.y - from.y) / 2 - theme::px(16);
    scale_ = half / framing.radius * view.zoom;
    const float cy = std::cos(view.yaw), sy = std::sin(view.yaw), cp = std::cos(view.pitch), sp = std::sin(view.pitch);
    // Rows: right, up, towards the eye; green is up, red and blue lie flat.
    rows_ = {glm::vec3{cy, 0, -sy}, glm::vec3{-sy * sp, cp, -cy * sp}, glm::vec3{sy * cp, sp, cy * cp}};
  }

  ImVec2 at(glm::vec3 colour) const {
    const ImVec2 d = direction(colour - centre_);
    return {middle_.x + d.x * scale_, middle_.y + d.y * scale_};
  }
  /// Of a vector, in units of colour; y points down.
  ImVec2 direction(glm::vec3 v) const { return {glm::dot(rows_[0], v), -glm::dot(rows_[1], v)}; }
  /// 0 far .. 1 near, of what is framed.
  float nearness(glm::vec3 colour) const {
    return std::clamp(0.5f + glm::dot(rows_[2], colour - centre_) / (2 * radius_), 0.0f, 1.0f);
  }
  float pixels_per_unit() const { return scale_; }

 private:
  ImVec2 middle_;
  glm::vec3 centre_;
  float radius_, scale_;
  std::array<glm::vec3, 3> rows_;
};

constexpr std::array<std::string_view, 3> channel_names{"R", "G", "B"};
constexpr std::array<ImU32, 3> channel_inks{IM_COL32(214, 96, 77, 255), IM_COL32(96, 174, 92, 255),
                                            IM_COL32(92, 140, 214, 255)};

glm::vec3 unit(int channel) {
  glm::vec3 v(0);
  v[channel] = 1;
  return v;
}

/// The twelve edges; the three at the lowest corner are the axes.
void draw_cube_edges(ImDrawList& list, const Projection& projection, const CubeScene& scene, bool whole) {
  for (int channel = 0; channel < 3; ++channel) {
    const glm::vec3 along = unit(channel), u = unit((channel + 1) % 3), v = unit((channel + 2) % 3);
    for (int corner = 0; corner < 4; ++corner) {
      const glm::vec3 start = u * float(corner & 1) + v * float(corner >> 1);
      const float near = projection.nearness(start + along * 0.5f);
      const ImU32 ink =
          corner == 0 ? channel_inks[std::size_t(channel)] : colour::faded(colour::text, 0.12f + 0.2f * near);
      list.AddLine(projection.at(start), projection.at(start + along), ink, corner == 0 ? theme::px(1.5f) : 1.0f);
    }
    const ImVec2 black = projection.at(glm::vec3(0)), end = projection.at(along);
    const float length = std::max(1.0f, std::hypot(end.x - black.x, end.y - black.y));
    const float beyond = theme::px(8) / length;
    const ImVec2 at{end.x + (end.x - black.x) * beyond, end.y + (end.y - black.y) * beyond};
    draw_label(list, at, Anchor::middle, channel_inks[std::size_t(channel)], channel_names[std::size_t(channel)]);
    if (whole)
      draw_label(list, {at.x + theme::px(8), at.y}, Anchor::left, colour::text_dim, fmt::format("{:.4g}", scene.high));
  }
  if (!whole) return;
  const ImVec2 lowest = projection.at(glm::vec3(0));
  draw_label(list, {lowest.x, lowest.y + label_height() * 0.8f}, Anchor::middle, colour::text_dim,
             fmt::format("{:.4g}", scene.low));
}

/// Where red, green and blue point to, in the lower right corner: the cube's own axes are often out of sight.
void draw_gizmo(ImDrawList& list, ImVec2 to, const Projection& projection) {
  const float arm = theme::px(18);
  const ImVec2 origin{to.x - theme::px(32), to.y - theme::px(32)};
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const ImVec2 d = projection.direction(unit(int(channel)));
    const ImVec2 tip{origin.x + d.x * arm, origin.y + d.y * arm};
    list.AddLine(origin, tip, channel_inks[channel], theme::px(1.5f));
    draw_label(list, {tip.x + d.x * theme::px(7), tip.y + d.y * theme::px(7)}, Anchor::middle, channel_inks[channel],
               channel_names[channel]);
  }
}

void draw_axis(ImDrawList& list, const Projection& projection, const CubeScene& scene, float reach) {
  const glm::vec3 axis = rgb(scene.axis), mean = rgb(scene.mean);
  if (glm::dot(axis, axis) == 0) return;
  list.AddLine(projection.at(mean - axis * reach), projection.at(mean + axis * reach),
               colour::faded(colour::text, 0.4f), 1);
  const ImVec2 at = projection.at(mean);
  const float arm = theme::px(4);
  list.AddLine({at.x - arm, at.y}, {at.x + arm, at.y}, colour::text, 1);
  list.AddLine({at.x, at.y - arm}, {at.x, at.y + arm}, colour::text, 1);
}

void draw_segments(ImDrawList& list, const Projection& projection, const CubeScene& scene) {
  if (scene.initial) {
    const ImVec2 low = projection.at(rgb(scene.initial->low)), high = projection.at(rgb(scene.initial->high));
    draw_dashed(list, low, high, scene.initial->ink, theme::px(1.5f), theme::px(4));
    for (ImVec2 end : {low, high}) list.AddCircle(end, theme::px(5), scene.initial->ink, 16, theme::px(1.5f));
  }
  for (const CubeSegment& segment : scene.present) {
    const std::array<ImVec2, 2> ends{projection.at(rgb(segment.low)), projection.at(rgb(segment.high))};
    list.AddLine(ends[0], ends[1], segment.ink, theme::px(2));
    for (int end = 0; end < 2; ++end) {
      const ImVec2 at = ends[std::size_t(end)];
      list.AddCircleFilled(at, theme::px(4), segment.ink, 16);
      if (segment.lit_end == end) list.AddCircle(at, theme::px(8), colour::text, 20, theme::px(2));
    }
  }
}

/// A mark that is drawn in the order of its depth.
struct Dot {
  enum class Kind { texel, decoded, palette } kind;
  glm::vec3 place;
  ImU32 ink, ring;
  bool lit;
};

void draw_dot(ImDrawList& list, const Projection& projection, const Dot& dot) {
  const ImVec2 at = projection.at(dot.place);
  const float near = projection.nearness(dot.place), size = 0.75f + 0.5f * near;
  const ImU32 outline = dot.ring != 0 ? dot.ring : colour::faded(colour::text, 0.35f + 0.5f * near);
  const float edge = dot.ring != 0 ? theme::px(1.5f) : 1.0f;
  switch (dot.kind) {
    case Dot::Kind::texel:
      list.AddCircleFilled(at, theme::px(5) * size + edge, outline, 16);
      list.AddCircleFilled(at, theme::px(5) * size, dot.ink, 16);
      if (dot.lit) list.AddCircle(at, theme::px(9), colour::text, 20, theme::px(2));
      break;
    case Dot::Kind::decoded: {
      const float half = theme::px(2) * size;
      list.AddRectFilled({at.x - half - edge, at.y - half - edge}, {at.x + half + edge, at.y + half + edge}, outline);
      list.AddRectFilled({at.x - half, at.y - half}, {at.x + half, at.y + half}, dot.ink);
      break;
    }
    case Dot::Kind::palette: list.AddCircleFilled(at, theme::px(2), dot.ink, 8); break;
  }
}

void draw_dots(ImDrawList& list, const Projection& projection, const CubeScene& scene) {
  std::vector<Dot> dots;
  for (const CubeTexel& texel : scene.texels) {
    const glm::vec3 place = rgb(texel.original.place);
    dots.push_back({Dot::Kind::texel, place, texel.original.ink, texel.ring, texel.lit});
    if (!texel.decoded) continue;
    const glm::vec3 decoded = rgb(texel.decoded->place);
    dots.push_back({Dot::Kind::decoded, decoded, texel.decoded->ink, texel.ring, false});
    list.AddLine(projection.at(place), projection.at(decoded), colour::faded(colour::text, texel.lit ? 0.9f : 0.3f));
  }
  for (const CubeSegment& segment : scene.present)
    for (const auto& entry : segment.palette) dots.push_back({Dot::Kind::palette, rgb(entry), segment.ink, 0, false});
  std::stable_sort(dots.begin(), dots.end(), [&](const Dot& a, const Dot& b) {
    return projection.nearness(a.place) < projection.nearness(b.place);
  });
  for (const Dot& dot : dots) draw_dot(list, projection, dot);
}

void take_mouse(CubeView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  constexpr float radians_per_pixel = 0.01f;
  if (ImGui::IsItemActive()) {
    view.yaw += io.MouseDelta.x * radians_per_pixel;
    view.pitch = std::clamp(view.pitch + io.MouseDelta.y * radians_per_pixel, -1.5f, 1.5f);
  }
  if (!ImGui::IsItemHovered()) return;
  if (io.MouseWheel != 0) view.zoom = std::clamp(view.zoom * std::pow(1.2f, io.MouseWheel), 0.25f, 16.0f);
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    view.whole = !view.whole;
    view.zoom = 1;
  }
}

}  // namespace

void draw_colour_cube(const char* id, ImVec2 size, const CubeScene& scene, CubeView& view) {
  const ImVec2 from = ImGui::GetCursorScreenPos(), to{from.x + size.x, from.y + size.y};
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  take_mouse(view);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, to, colour::canvas);
  if (size.x < theme::px(64) || size.y < theme::px(64)) return;

  const Framing framing = framing_of(scene, view.whole);
  const Projection projection(from, to, framing, view);
  list.PushClipRect(from, to, true);
  draw_cube_edges(list, projection, scene, view.whole);
  draw_axis(list, projection, scene, std::min(framing.radius, 0.9f) * 1.15f);
  draw_segments(list, projection, scene);
  draw_dots(list, projection, scene);
  draw_length_bar(list, from, to, double(projection.pixels_per_unit()) / (scene.high - scene.low));
  if (!view.whole) draw_gizmo(list, to, projection);
  list.PopClipRect();
}

void draw_cube_legend(bool with_axis, bool with_initial, ImU32 line) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImVec2 at = ImGui::GetCursorScreenPos();
  at.y += label_height() / 2;
  const float sign = theme::px(12), gap = theme::px(4), space = theme::px(10);
  const auto named = [&](std::string_view name) {
    at.x += sign + gap;
    at.x += draw_label(list, at, Anchor::left, colour::text_dim, name) + space;
  };
  const ImVec2 middle{theme::px(6), 0};
  list.AddCircleFilled({at.x + middle.x, at.y}, theme::px(4), colour::text_dim, 12);
  named("texel");
  list.AddRectFilled({at.x + middle.x - theme::px(3), at.y - theme::px(3)},
                     {at.x + middle.x + theme::px(3), at.y + theme::px(3)}, colour::text_dim);
  named("decoded");
  if (with_axis) {
    list.AddLine(at, {at.x + sign, at.y}, colour::text_dim);
    named("PCA");
  }
  if (with_initial) {
    draw_dashed(list, at, {at.x + sign, at.y}, cube_initial_ink, theme::px(1.5f), theme::px(3));
    named("start");
  }
  if (line != 0) {
    list.AddLine(at, {at.x + sign, at.y}, line, theme::px(2));
    named("now");
  }
  ImGui::Dummy({at.x - ImGui::GetCursorScreenPos().x, label_height()});
}

}  // namespace txs::app
