// A grid of texels under a lens; what the lens covers is smooth.
#include "samples/canvas.h"
#include "samples/samples.h"

namespace txs::samples {
namespace {

constexpr int texels_a_side = 4;

/// The picture that the texels sample: warm at the upper left, cool at the lower right. Unit square.
glm::vec3 scene(glm::vec2 uv) {
  const float across = std::clamp((uv.x + uv.y) / 2, 0.0f, 1.0f), off = (uv.x - uv.y) / 2;
  const glm::vec3 warm = rgb(0xFFC23D), rose = rgb(0xF0566A), violet = rgb(0x7A4FD0), cool = rgb(0x2FB6E8);
  glm::vec3 colour = across < 0.34f   ? glm::mix(warm, rose, across / 0.34f)
                     : across < 0.67f ? glm::mix(rose, violet, (across - 0.34f) / 0.33f)
                                      : glm::mix(violet, cool, (across - 0.67f) / 0.33f);
  return colour * (1 + 0.35f * off);
}

bool in_rounded_square(glm::vec2 point, float half, float radius) {
  const glm::vec2 corner = glm::max(glm::abs(point) - (half - radius), glm::vec2(0));
  return std::max(std::abs(point.x), std::abs(point.y)) <= half && glm::length(corner) <= radius;
}

}  // namespace

Rgba8Image icon(int side) {
  Canvas canvas(side, side);
  const float unit = float(side) / 64;
  // Texels and gaps in whole pixels, so that their edges are crisp.
  const float gap = std::max(1.0f, std::round(2 * unit));
  const float texel = std::floor((float(side) - gap * (texels_a_side + 1)) / texels_a_side);
  const float margin = std::floor((float(side) - texel * texels_a_side - gap * (texels_a_side - 1)) / 2);
  const float grid = texel * texels_a_side + gap * (texels_a_side - 1);
  const auto scene_at = [&](glm::vec2 point) { return scene((point - margin) / grid); };

  canvas.paint(canvas.bounds(), [&](glm::vec2 p) {
    return glm::vec4(rgb(0x17181C), in_rounded_square(p - float(side) / 2, float(side) / 2, 9 * unit) ? 1.0f : 0.0f);
  });
  for (int y = 0; y < texels_a_side; ++y)
    for (int x = 0; x < texels_a_side; ++x) {
      const glm::vec2 low = margin + glm::vec2(x, y) * (texel + gap);
      const glm::vec3 colour = scene_at(low + texel / 2);
      canvas.paint({low, low + texel}, [&](glm::vec2 p) {
        return glm::vec4(colour, in_rounded_square(p - low - texel / 2, texel / 2, 2 * unit) ? 1.0f : 0.0f);
      });
    }

  const glm::vec2 centre = glm::vec2(27, 27) * unit;
  const float radius = 17 * unit, ring = 4 * unit;
  const glm::vec2 handle = glm::normalize(glm::vec2(1, 1));
  const auto paint_handle = [&](float width, glm::vec3 colour) {
    const glm::vec2 from = centre + handle * (radius + ring / 2), to = centre + handle * (40 * unit);
    canvas.paint(canvas.bounds(), [&](glm::vec2 p) {
      const float t = std::clamp(glm::dot(p - from, to - from) / glm::dot(to - from, to - from), 0.0f, 1.0f);
      return glm::vec4(colour, glm::distance(p, glm::mix(from, to, t)) < width / 2 ? 1.0f : 0.0f);
    });
  };
  const float rim = 1.6f * unit;  // dark, so that the lens stands off the texels
  paint_handle(8 * unit + 2 * rim, rgb(0x17181C));
  paint_ellipse(canvas, centre, glm::vec2(radius + ring + rim), 0,
                [](glm::vec2) { return glm::vec4(rgb(0x17181C), 1); });
  paint_handle(8 * unit, rgb(0xF4F5F7));
  paint_ellipse(canvas, centre, glm::vec2(radius + ring), 0, [](glm::vec2) { return glm::vec4(rgb(0xF4F5F7), 1); });
  paint_ellipse(canvas, centre, glm::vec2(radius), 0, [&](glm::vec2 uv) {
    const glm::vec3 magnified = scene_at(centre + uv * radius * 0.9f);
    const float glint = smooth(0.62f, 0.50f, glm::distance(uv, glm::vec2(-0.42f, -0.42f)) * 1.6f);
    return glm::vec4(glm::mix(magnified * 1.08f, glm::vec3(1), 0.45f * glint), 1);
  });
  return canvas.finish();
}

}  // namespace txs::samples
