#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "image/image.h"

namespace txs::samples {

/// Linear light of an sRGB colour 0xRRGGBB.
glm::vec3 rgb(std::uint32_t srgb);

struct Box {
  glm::vec2 low, high;
};
inline Box around(glm::vec2 centre, float reach) { return {centre - reach, centre + reach}; }

/// A picture being painted in linear light, premultiplied, 4x4 samples a pixel. Coordinates are pixels, y down.
class Canvas {
 public:
  static constexpr int samples_a_side = 4;

  Canvas(int width, int height);
  Box bounds() const { return {{0, 0}, {float(width_), float(height_)}}; }

  /// Paints over the samples in the box: `shade(point)` gives RGB and opacity, not premultiplied.
  template <class Shade>
  void paint(const Box& box, Shade shade) {
    const int grid_width = width_ * samples_a_side, grid_height = height_ * samples_a_side;
    const int x0 = std::max(0, static_cast<int>(std::floor(box.low.x * samples_a_side)));
    const int y0 = std::max(0, static_cast<int>(std::floor(box.low.y * samples_a_side)));
    const int x1 = std::min(grid_width, static_cast<int>(std::ceil(box.high.x * samples_a_side)));
    const int y1 = std::min(grid_height, static_cast<int>(std::ceil(box.high.y * samples_a_side)));
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const glm::vec4 paint = shade((glm::vec2(x, y) + 0.5f) / float(samples_a_side));
        if (!(paint.a > 0)) continue;
        glm::vec4& sample = samples_[static_cast<std::size_t>(y) * std::size_t(grid_width) + std::size_t(x)];
        sample = glm::vec4(glm::vec3(paint) * paint.a, paint.a) + sample * (1 - paint.a);
      }
  }

  /// Gaussian blur of what is there; sigma in pixels.
  void blur(float sigma);

  /// The mean of each pixel's samples as sRGB, alpha straight. Where nothing was painted the colour of the nearest
  /// paint goes on, so that filtering shows no dark rim.
  Rgba8Image finish() const;

 private:
  int width_, height_;
  std::vector<glm::vec4> samples_;
};

/// A stroke along a quadratic Bezier curve, from `width` to a point of `tip` of it.
struct Stroke {
  glm::vec2 from, bend, to;
  float width;
  float tip = 0;
};

/// `shade(t, s)`: t along the stroke from 0 to 1, s across it from -1 to 1.
template <class Shade>
void paint_stroke(Canvas& canvas, const Stroke& stroke, Shade shade) {
  const float length = glm::distance(stroke.from, stroke.bend) + glm::distance(stroke.bend, stroke.to);
  const int steps = std::clamp(static_cast<int>(length / 3), 3, 40);
  const auto at = [&](float t) {
    return glm::mix(glm::mix(stroke.from, stroke.bend, t), glm::mix(stroke.bend, stroke.to, t), t);
  };
  for (int step = 0; step < steps; ++step) {
    const float t0 = float(step) / float(steps), t1 = float(step + 1) / float(steps);
    const glm::vec2 a = at(t0), b = at(t1), along = b - a;
    const float reach = stroke.width + 1;
    canvas.paint({glm::min(a, b) - reach, glm::max(a, b) + reach}, [&](glm::vec2 point) {
      const float h = glm::dot(point - a, along) / std::max(glm::dot(along, along), 1e-9f);
      const bool last = step + 1 == steps;
      // Joints overlap a little on the outside of a bend; the first piece to own a sample is the one before the joint.
      if (h < 0 || h >= 1) {
        if (h < 0 || last || glm::distance(point, b) > stroke.width * 0.25f) return glm::vec4(0);
      }
      const float t = glm::mix(t0, t1, h);
      const float half_width = stroke.width * 0.5f * glm::mix(1.0f, stroke.tip, t);
      const float side = (along.x * (point.y - a.y) - along.y * (point.x - a.x)) / std::max(glm::length(along), 1e-6f);
      if (std::abs(side) > half_width) return glm::vec4(0);
      return shade(t, side / half_width);
    });
  }
}

/// An ellipse, turned by `angle` (radians). `shade(uv)`: uv from the centre, 1 at the rim; it may cut the rim itself.
template <class Shade>
void paint_ellipse(Canvas& canvas, glm::vec2 centre, glm::vec2 radii, float angle, Shade shade) {
  const float c = std::cos(angle), s = std::sin(angle);
  canvas.paint(around(centre, std::max(radii.x, radii.y)), [&](glm::vec2 point) {
    const glm::vec2 d = point - centre;
    const glm::vec2 uv = glm::vec2(c * d.x + s * d.y, -s * d.x + c * d.y) / radii;
    return glm::dot(uv, uv) <= 1 ? shade(uv) : glm::vec4(0);
  });
}

/// 0 to 1 as the value goes from `low` to `high`, which may be the greater.
inline float smooth(float low, float high, float value) { return glm::smoothstep(low, high, value); }

}  // namespace txs::samples
