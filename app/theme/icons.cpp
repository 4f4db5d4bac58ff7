#include "theme/icons.h"

#include <algorithm>
#include <cmath>

namespace txs::app {
namespace {

/// Draws in a unit square around the centre: (-1, -1) top left to (1, 1) bottom right.
struct Pen {
  ImDrawList& list;
  ImVec2 centre;
  float half;
  ImU32 colour;

  ImVec2 at(float x, float y) const { return {centre.x + x * half, centre.y + y * half}; }
  float stroke() const { return std::max(1.0f, std::round(half * 0.22f)); }

  void triangle(ImVec2 a, ImVec2 b, ImVec2 c) const {
    list.AddTriangleFilled(at(a.x, a.y), at(b.x, b.y), at(c.x, c.y), colour);
  }
  void bar(float left, float top, float right, float bottom) const {
    const ImVec2 a = at(left, top), b = at(right, bottom);
    list.AddRectFilled({std::round(a.x), std::round(a.y)}, {std::round(b.x), std::round(b.y)}, colour);
  }
  void frame(float left, float top, float right, float bottom) const {
    const ImVec2 a = at(left, top), b = at(right, bottom);
    list.AddRect({std::round(a.x), std::round(a.y)}, {std::round(b.x), std::round(b.y)}, colour, 0, 0, stroke());
  }
  void stroke_line(ImVec2 a, ImVec2 b) const { list.AddLine(at(a.x, a.y), at(b.x, b.y), colour, stroke()); }
};

void draw_pause(const Pen& pen) {
  pen.bar(-0.7f, -0.8f, -0.2f, 0.8f);
  pen.bar(0.2f, -0.8f, 0.7f, 0.8f);
}

void draw_step(const Pen& pen) {
  pen.triangle({-0.8f, -0.8f}, {0.35f, 0}, {-0.8f, 0.8f});
  pen.bar(0.45f, -0.8f, 0.75f, 0.8f);
}

void draw_close(const Pen& pen) {
  pen.stroke_line({-0.7f, -0.7f}, {0.7f, 0.7f});
  pen.stroke_line({-0.7f, 0.7f}, {0.7f, -0.7f});
}

void draw_first(const Pen& pen) {
  pen.triangle({0.7f, -0.8f}, {0.7f, 0.8f}, {-0.4f, 0});
  pen.bar(-0.75f, -0.8f, -0.45f, 0.8f);
}

void draw_last(const Pen& pen) {
  pen.triangle({-0.7f, -0.8f}, {0.4f, 0}, {-0.7f, 0.8f});
  pen.bar(0.45f, -0.8f, 0.75f, 0.8f);
}

void draw_restart(const Pen& pen) {
  pen.list.PathArcTo(pen.centre, pen.half * 0.72f, -0.2f, 4.6f, 16);
  pen.list.PathStroke(pen.colour, 0, pen.stroke());
  pen.triangle({0.28f, -0.42f}, {1.0f, -0.42f}, {0.72f, 0.26f});
}

void draw_save(const Pen& pen) {
  pen.bar(-0.14f, -0.9f, 0.14f, 0.1f);
  pen.triangle({-0.5f, -0.05f}, {0.5f, -0.05f}, {0, 0.5f});
  pen.bar(-0.8f, 0.65f, 0.8f, 0.88f);
}

void draw_sheet(const Pen& pen) {
  pen.frame(-0.85f, -0.85f, 0.85f, 0.85f);
  pen.bar(-0.1f, -0.7f, 0.1f, 0.35f);
  pen.bar(-0.7f, 0.25f, 0.7f, 0.42f);
}

void draw_open(const Pen& pen) {
  pen.frame(-0.9f, -0.5f, 0.9f, 0.75f);
  pen.bar(-0.9f, -0.78f, -0.1f, -0.4f);
}

void draw_help(const Pen& pen) {
  pen.list.PathArcTo(pen.at(0, -0.4f), pen.half * 0.42f, -3.3f, 1.2f, 12);
  pen.list.PathLineTo(pen.at(0, 0.35f));
  pen.list.PathStroke(pen.colour, 0, pen.stroke());
  pen.bar(-0.13f, 0.62f, 0.13f, 0.88f);
}

void draw_fit(const Pen& pen) {
  for (const float x : {-1.0f, 1.0f}) {
    for (const float y : {-1.0f, 1.0f}) {
      pen.stroke_line({x * 0.85f, y * 0.85f}, {x * 0.3f, y * 0.85f});
      pen.stroke_line({x * 0.85f, y * 0.85f}, {x * 0.85f, y * 0.3f});
    }
  }
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
  const Pen pen{list, {std::round(centre.x), std::round(centre.y)}, size / 2, colour};
  switch (icon) {
    case Icon::play: return pen.triangle({-0.6f, -0.85f}, {0.85f, 0}, {-0.6f, 0.85f});
    case Icon::pause: return draw_pause(pen);
    case Icon::step: return draw_step(pen);
    case Icon::restart: return draw_restart(pen);
    case Icon::sheet: return draw_sheet(pen);
    case Icon::save: return draw_save(pen);
    case Icon::open: return draw_open(pen);
    case Icon::help: return draw_help(pen);
    case Icon::close: return draw_close(pen);
    case Icon::left: return pen.triangle({0.5f, -0.75f}, {0.5f, 0.75f}, {-0.6f, 0});
    case Icon::right: return pen.triangle({-0.5f, -0.75f}, {0.6f, 0}, {-0.5f, 0.75f});
    case Icon::down: return pen.triangle({-0.75f, -0.4f}, {0.75f, -0.4f}, {0, 0.55f});
    case Icon::fit: return draw_fit(pen);
    case Icon::first: return draw_first(pen);
    case Icon::last: return draw_last(pen);
  }
}

}  // namespace txs::app
