#include "samples/garden_parts.h"

namespace txs::samples {
namespace {

/// Where one kind of plant is at home: 0 nowhere, 1 in the middle of a drift.
float drift(glm::vec2 p, std::uint32_t seed) {
  const float depth = 1 / scale_at(p.y);
  return smooth(0.55f, 0.72f, fbm({(p.x - 256) * depth / 230, depth * 0.7f}, 3, seed));
}

}  // namespace

float sunlight(glm::vec2 ground) {
  const float depth = 1 / scale_at(ground.y);
  const float clouds = smooth(0.36f, 0.58f, fbm({(ground.x - 256) * depth / 900 + 9, depth * 0.33f + 2}, 3, 203));
  const glm::vec2 crown = (ground - glm::vec2(64, 261)) / glm::vec2(96, 12);
  const float dapple = 0.35f * (fbm(ground / glm::vec2(9, 2.2f), 2, 207) - 0.5f);
  const float shade = smooth(1.15f, 0.7f, glm::length(crown) + dapple);
  return glm::mix(0.42f, 1.15f, clouds) * (1 - 0.72f * shade);
}

namespace {

glm::vec3 grass_colour(glm::vec2 foot, Random& random) {
  const float patch = fbm({foot.x / 60, nearness(foot.y) * 7}, 3, 61);
  const glm::vec3 green = glm::mix(rgb(0x4C7A1E), rgb(0x8FA83A), smooth(0.3f, 0.7f, patch + random.range(-0.2f, 0.2f)));
  const glm::vec3 far = rgb(0xB4BF62);
  return glm::mix(green, far, 0.75f * std::pow(1 - nearness(foot.y), 3.0f)) * sunlight(foot);
}

void paint_blade(Canvas& canvas, glm::vec2 foot, Random& random) {
  const float scale = scale_at(foot.y);
  const float wind = 0.35f + 0.5f * (noise({foot.x / 90, foot.y / 40}, 71) - 0.5f);
  const float height = 74 * scale * random.range(0.45f, 1.15f);
  const float lean = height * (wind * random.range(-0.25f, 1.0f) + random.range(-0.16f, 0.16f));
  const glm::vec2 tip = foot + glm::vec2(lean, -height);
  const glm::vec2 bend = foot + glm::vec2(lean * random.range(0.0f, 0.3f), -height * random.range(0.5f, 0.75f));
  const glm::vec3 colour = grass_colour(foot, random) * random.range(0.65f, 1.2f);
  const float translucent = random.unit() < 0.22f ? 0.8f : 0.0f;  // the sun shines through it
  const glm::vec3 glow = rgb(0xD4E068) * sunlight(foot);
  paint_stroke(canvas, {foot, bend, tip, std::max(4.2f * scale * random.range(0.6f, 1.2f), 0.5f)},
               [&](float t, float s) {
                 const float light = glm::mix(0.16f, 1.15f, smooth(0.0f, 0.85f, t)) * (1 + 0.25f * s);
                 const glm::vec3 lit = glm::mix(colour, glow, translucent * smooth(0.3f, 1.0f, t));
                 const float rib = std::abs(s) < 0.14f ? 0.82f : 1.0f;
                 return glm::vec4(lit * light * rib, 1);
               });
}

/// A flower too small for petals to be drawn one by one: a few strokes of its colour.
void paint_small_flower(Canvas& canvas, glm::vec2 foot, std::uint32_t petals, std::uint32_t heart, Random& random) {
  const float scale = scale_at(foot.y);
  const glm::vec2 head = foot + glm::vec2(random.range(-6, 9), random.range(-66, -40)) * scale;
  paint_stroke(canvas,
               {foot, (foot + head) * 0.5f + glm::vec2(random.range(-4, 4) * scale, 0), head,
                std::max(1.6f * scale, 0.35f), 0.7f},
               [](float t, float) { return glm::vec4(rgb(0x4A7424) * (0.3f + 0.7f * t), 1); });
  const float radius = 8.5f * scale * random.range(0.75f, 1.25f), tilt = random.range(0.45f, 0.85f);
  const float turn = random.range(-0.4f, 0.4f), phase = random.range(0, 6.28f);
  const float light = std::max(sunlight(foot), 0.5f);
  const glm::vec3 colour = rgb(petals) * random.range(0.8f, 1.1f) * light;
  paint_ellipse(canvas, head, {radius, radius * tilt}, turn, [&](glm::vec2 uv) {
    const float reach = glm::length(uv), angle = std::atan2(uv.y, uv.x);
    if (reach > 0.78f + 0.22f * std::cos(angle * 5 + phase)) return glm::vec4(0);
    if (reach < 0.26f) return glm::vec4(rgb(heart) * light, 1);
    return glm::vec4(colour * (0.72f + 0.3f * reach + 0.25f * glm::dot(uv, sun_direction)), 1);
  });
}

}  // namespace

void paint_ground(Canvas& canvas) {
  canvas.paint({{0, meadow_top - 2}, {garden_side, garden_side}}, [](glm::vec2 p) {
    const float near = nearness(p.y);
    const float mottle = fbm({(p.x - 256) / (20 + 90 * near), 16 * near}, 4, 51);
    const glm::vec3 far_grass = glm::mix(rgb(0x9CAF4E), rgb(0xC9C972), mottle);
    const glm::vec3 near_soil = rgb(0x16260C) * (0.5f + mottle);
    return glm::vec4(glm::mix(far_grass, near_soil, smooth(0.02f, 0.42f, near)) * sunlight(p), 1);
  });
}

void paint_meadow(Canvas& canvas, float from, float to, Random& random) {
  struct Kind {
    std::uint32_t petals, heart, seed;
    float share;
  };
  const Kind kinds[] = {{0xE03A22, 0x2A0D0A, 101, 0.8f},
                        {0xFFFDF6, 0xF2B81E, 113, 0.6f},
                        {0x4A62D8, 0x2B2A78, 127, 0.55f},
                        {0xFFD23A, 0xC98A14, 131, 0.5f},
                        {0xB25CC8, 0xF4E2A0, 149, 0.4f}};
  float row = from;
  while (row < to) {
    const float scale = scale_at(row);
    for (float x = -20; x < garden_side + 20; x += 3.4f * scale) {
      const glm::vec2 foot(x + random.range(-3, 3) * scale, row + random.range(-2, 2) * scale);
      paint_blade(canvas, foot, random);
      const Kind& kind = kinds[random.below(5)];
      const float share = 0.30f * kind.share * drift(foot, kind.seed) * (1 - 0.6f * nearness(row));
      if (random.unit() < share) paint_small_flower(canvas, foot, kind.petals, kind.heart, random);
    }
    row += 4.6f * scale;
  }
}

}  // namespace txs::samples
