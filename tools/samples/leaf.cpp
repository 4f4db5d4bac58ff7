// A maple leaf on nothing: a crisp outline, holes, and below it a soft shadow whose alpha falls to nothing.
#include "samples/canvas.h"
#include "samples/noise.h"
#include "samples/samples.h"

namespace txs::samples {
namespace {

constexpr float pi = 3.14159265f;
const glm::vec2 centre(122, 146);  // where the veins meet the stalk
const glm::vec2 light = glm::normalize(glm::vec2(-0.5f, -0.8f));

struct Lobe {
  float angle;  ///< from straight up, clockwise
  float length;
};
constexpr Lobe lobes[] = {{0.02f, 128}, {-0.84f, 112}, {0.88f, 110}, {-1.78f, 72}, {1.80f, 70}};

glm::vec2 direction(float angle) { return {std::sin(angle), -std::cos(angle)}; }

float angle_between(float a, float b) { return std::abs(std::remainder(a - b, 2 * pi)); }

/// How far the leaf reaches in a direction: each lobe a spike with two teeth on either side, the largest wins.
float reach(float angle) {
  float best = 32;
  for (const Lobe& lobe : lobes) {
    const float off = angle_between(angle, lobe.angle);
    const float spike = lobe.length * std::pow(std::max(0.0f, 1 - off / 0.62f), 0.72f);
    const float tooth = lobe.length * (0.84f - 1.5f * std::abs(off - 0.17f)) * (off < 0.28f ? 1.0f : 0.0f);
    const float small_tooth = lobe.length * (0.58f - 1.3f * std::abs(off - 0.36f)) * (off < 0.46f ? 1.0f : 0.0f);
    best = std::max({best, spike, tooth, small_tooth});
  }
  const float notch = smooth(0.0f, 0.34f, angle_between(angle, pi));  // where the stalk comes in
  return best * (0.25f + 0.75f * notch) * (0.985f + 0.03f * noise({angle * 14, 3}, 5));
}

struct Hole {
  glm::vec2 centre;
  float radius;
};
constexpr Hole holes[] = {{{151, 108}, 8}, {{160, 121}, 5}, {{84, 138}, 6.5f}, {{118, 62}, 4}};

/// 1 at the rim, less inside; above 1 is outside or in a hole.
float rim(glm::vec2 point) {
  const glm::vec2 d = point - centre;
  float result = glm::length(d) / reach(std::atan2(d.x, -d.y));
  for (const Hole& hole : holes) {
    const float ragged = hole.radius * (0.75f + 0.5f * noise(point / 3.0f, 9));
    result = std::max(result, 2 - glm::distance(point, hole.centre) / ragged);
  }
  return result;
}

/// Distance to the nearest vein over the vein's half width there: below 1 on a vein.
float vein(glm::vec2 point) {
  const glm::vec2 d = point - centre;
  float nearest = 99;
  for (const Lobe& lobe : lobes) {
    const glm::vec2 along = direction(lobe.angle), across(-along.y, along.x);
    const float u = glm::dot(d, along) / lobe.length, v = glm::dot(d, across);
    if (u < 0 || u > 1) continue;
    nearest = std::min(nearest, std::abs(v) / (1.9f * (1.05f - u)));
    // Side veins leave it at a steady slant, alternating.
    const float slant = (u * lobe.length - std::abs(v) * 1.15f) / 13 + (v > 0 ? 0.5f : 0.0f);
    const float off = std::abs(slant - std::round(slant)) * 13 * 0.66f;
    if (slant > 0.6f && std::abs(v) < 0.34f * lobe.length * u + 8)
      nearest = std::min(nearest, off / (0.75f * (1.1f - u)));
  }
  return nearest;
}

glm::vec3 blade_colour(glm::vec2 point) {
  const float out = rim(point);
  const float age =
      std::clamp(out * 0.95f + 0.9f * (fbm(point / 34.0f, 4, 17) - 0.5f) + (point.x - 128) / 420, 0.0f, 1.0f);
  const glm::vec3 green = rgb(0x5F8A1E), gold = rgb(0xF0B81C), orange = rgb(0xE8641A), red = rgb(0xB01A1C);
  glm::vec3 colour = age < 0.4f    ? glm::mix(green, gold, age / 0.4f)
                     : age < 0.72f ? glm::mix(gold, orange, (age - 0.4f) / 0.32f)
                                   : glm::mix(orange, red, (age - 0.72f) / 0.28f);
  const float cells = fbm(point / 2.6f, 3, 23);
  const float bulge = std::clamp(vein(point) / 6, 0.0f, 1.0f);  // the blade swells between the veins
  colour *= 0.72f + 0.22f * bulge + 0.32f * (cells - 0.5f);
  const float speck = smooth(0.80f, 0.86f, noise(point / 4.5f, 41));
  return glm::mix(colour, rgb(0x4A2A12), 0.75f * speck);
}

void paint_shadow(Canvas& canvas) {
  const glm::vec2 offset(9, 12);
  canvas.paint(canvas.bounds(),
               [&](glm::vec2 p) { return glm::vec4(rgb(0x141018), rim(p - offset) < 1 ? 0.62f : 0.0f); });
  canvas.blur(5.5f);
}

}  // namespace

Rgba8Image leaf() {
  Canvas canvas(256, 256);
  paint_shadow(canvas);
  const Stroke stalk{centre + glm::vec2(0, -4), {126, 200}, {146, 246}, 6.5f, 0.7f};
  paint_stroke(canvas, stalk, [](float t, float s) {
    return glm::vec4(glm::mix(rgb(0x6E1E14), rgb(0xE0A05A), std::clamp(0.45f - 0.5f * s, 0.0f, 1.0f)) * (1 - 0.2f * t),
                     1);
  });
  canvas.paint(canvas.bounds(), [](glm::vec2 p) {
    const float here = rim(p);
    if (here > 1) return glm::vec4(0);
    const float line = vein(p);
    const glm::vec2 step = light * 1.2f;
    const float relief = std::clamp(vein(p + step), 0.0f, 3.0f) - std::clamp(vein(p - step), 0.0f, 3.0f);
    glm::vec3 colour = blade_colour(p) * (1 - 0.09f * relief);
    colour = glm::mix(rgb(0xF6D98A), colour, smooth(0.5f, 1.25f, line));
    const float dry = smooth(0.955f, 1.0f, here);
    return glm::vec4(glm::mix(colour, rgb(0x6A2A14), 0.7f * dry), 1);
  });
  return canvas.finish();
}

}  // namespace txs::samples
