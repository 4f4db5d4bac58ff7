#include "samples/garden_parts.h"

namespace txs::samples {
namespace {

constexpr float pi = 3.14159265f;

/// From the plane of the disc, rim at 1, to the picture.
glm::vec2 place(const Bloom& bloom, glm::vec2 disc) {
  const glm::vec2 tilted = disc * glm::vec2(1, bloom.tilt) * bloom.radius;
  const float c = std::cos(bloom.turn), s = std::sin(bloom.turn);
  return bloom.centre + glm::vec2(c * tilted.x - s * tilted.y, s * tilted.x + c * tilted.y);
}

glm::vec2 unplace(const Bloom& bloom, glm::vec2 point) {
  const glm::vec2 d = point - bloom.centre;
  const float c = std::cos(bloom.turn), s = std::sin(bloom.turn);
  return glm::vec2(c * d.x + s * d.y, -s * d.x + c * d.y) / glm::vec2(1, bloom.tilt) / bloom.radius;
}

/// Calls `shade(r, a)` over the disc: r the distance from the centre, a the angle from `direction` in -pi..pi.
template <class Shade>
void paint_petal(Canvas& canvas, const Bloom& bloom, float direction, Shade shade) {
  canvas.paint(around(bloom.centre, bloom.radius * 1.3f), [&](glm::vec2 point) {
    const glm::vec2 disc = unplace(bloom, point);
    const float c = std::cos(direction), s = std::sin(direction);
    const glm::vec2 local(c * disc.x + s * disc.y, -s * disc.x + c * disc.y);
    return shade(glm::length(local), std::atan2(local.y, local.x));
  });
}

void paint_dot(Canvas& canvas, glm::vec2 at, float radius, glm::vec3 colour) {
  paint_ellipse(canvas, at, {radius, radius}, 0,
                [&](glm::vec2 uv) { return glm::vec4(colour * (1 + 0.45f * glm::dot(uv, sun_direction)), 1); });
}

/// The shadow that a petal throws on those below it.
void paint_petal_shadow(Canvas& canvas, Bloom bloom, float direction, float width, float length) {
  bloom.centre -= sun_direction * bloom.radius * 0.06f;
  paint_petal(canvas, bloom, direction, [=](float r, float a) {
    const float across = std::abs(a) / width;
    if (across > 1.15f || r < 0.12f) return glm::vec4(0);
    return glm::vec4(rgb(0x2A0306), 0.55f * smooth(length, 0.8f * length, r) * smooth(1.15f, 0.9f, across));
  });
}

/// A broad petal of crumpled silk: fine folds run outwards, the rim waves and catches the light.
void paint_poppy_petal(Canvas& canvas, const Bloom& bloom, float direction, float width, float length,
                       std::uint32_t seed) {
  const float facing = std::cos(direction + bloom.turn - std::atan2(sun_direction.y, sun_direction.x));
  paint_petal(canvas, bloom, direction, [=](float r, float a) {
    const float across = a / width;
    if (std::abs(across) > 1) return glm::vec4(0);
    const float ruffle = 0.05f * (noise({across * 5, 1}, seed) - 0.5f) + 0.025f * std::sin(across * 17 + float(seed));
    const float rim = length * std::pow(1 - std::pow(std::abs(across), 3.2f), 0.5f) + ruffle;
    const float out = r / std::max(rim, 1e-3f);
    if (out > 1) return glm::vec4(0);
    const float fold = fbm({across * 14, out * 1.6f}, 4, seed + 17) - 0.5f;
    const float light = std::clamp(0.30f + 0.38f * facing * (out - 0.2f) + 0.42f * out + fold * 1.15f, 0.0f, 1.0f);
    glm::vec3 colour = light < 0.5f ? glm::mix(rgb(0x6E0407), rgb(0xD41A10), light * 2)
                                    : glm::mix(rgb(0xD41A10), rgb(0xFF6A38), light * 2 - 1);
    colour = glm::mix(colour, rgb(0xFFA47C), 0.6f * smooth(0.90f, 1.0f, out) * (0.5f + fold));
    const float shadow = 1 - 0.45f * smooth(0.75f, 1.0f, std::abs(across));
    const float blotch = smooth(0.42f, 0.28f, r + 0.07f * fold + 0.08f * std::abs(across));
    return glm::vec4(glm::mix(colour * shadow, rgb(0x170812), blotch), 1);
  });
}

}  // namespace

void paint_poppy(Canvas& canvas, const Bloom& bloom) {
  Random random(bloom.seed);
  const float start = random.range(0, 2 * pi);
  for (int petal = 0; petal < 4; ++petal) {
    const bool front = petal >= 2;  // two behind, two across them in front
    const float direction = start + float(petal) * pi + (front ? pi / 2 : 0) + random.range(-0.2f, 0.2f);
    const float width = front ? 1.1f : 1.25f, length = front ? random.range(0.88f, 0.98f) : 1.05f;
    if (front) paint_petal_shadow(canvas, bloom, direction, width, length * 1.02f);
    paint_poppy_petal(canvas, bloom, direction, width, length, bloom.seed * 13 + static_cast<std::uint32_t>(petal) * 7);
  }
  for (int i = 0; i < 120; ++i) {  // stamens
    const float angle = random.range(0, 2 * pi), reach = random.range(0.19f, 0.33f);
    const glm::vec2 end =
        place(bloom, glm::vec2(std::cos(angle), std::sin(angle)) * reach) - glm::vec2(0, bloom.radius * 0.05f);
    const glm::vec2 root = place(bloom, glm::vec2(std::cos(angle), std::sin(angle)) * 0.1f);
    paint_stroke(canvas, {root, (root + end) * 0.5f, end, bloom.radius * 0.012f, 1},
                 [](float, float) { return glm::vec4(rgb(0x2A1620), 1); });
    paint_dot(canvas, end, bloom.radius * 0.019f, i % 5 == 0 ? rgb(0x8C7A52) : rgb(0x2B2230));
  }
  const glm::vec2 pod = bloom.centre - glm::vec2(0, bloom.radius * 0.07f);
  paint_ellipse(
      canvas, pod, glm::vec2(0.155f, 0.155f * (0.5f + 0.5f * bloom.tilt)) * bloom.radius, bloom.turn, [](glm::vec2 uv) {
        const float ray = 0.5f + 0.5f * std::cos(std::atan2(uv.y, uv.x) * 11);
        const float light = 0.7f + 0.4f * glm::dot(uv, sun_direction);
        return glm::vec4(
            glm::mix(rgb(0x5E7A34), rgb(0xCBD69A), std::pow(ray, 3.0f) * smooth(0.1f, 0.4f, glm::length(uv))) * light,
            1);
      });
}

void paint_daisy(Canvas& canvas, const Bloom& bloom) {
  Random random(bloom.seed);
  constexpr int petals = 22;
  for (int layer = 0; layer < 2; ++layer)
    for (int petal = 0; petal < petals; ++petal) {
      const float direction = 2 * pi * (float(petal) + 0.5f * float(layer)) / petals + random.range(-0.05f, 0.05f);
      const float length = random.range(0.9f, 1.02f) - 0.07f * float(layer), width = random.range(0.085f, 0.11f);
      const float shade = random.range(0.86f, 1.0f) * (layer == 0 ? 0.72f : 1.0f);
      const float facing =
          0.5f + 0.5f * std::cos(direction + bloom.turn - std::atan2(sun_direction.y, sun_direction.x));
      paint_petal(canvas, bloom, direction, [=](float r, float a) {
        const float along = r * std::cos(a) / length, across = r * std::sin(a) / width;
        if (along < 0.15f || along > 1 || std::cos(a) < 0) return glm::vec4(0);
        const float profile =
            std::sqrt(std::min(1.0f, along * 2.2f)) * std::sqrt(std::max(0.0f, 1 - std::pow(along, 9.0f)));
        if (std::abs(across) > profile) return glm::vec4(0);
        const float groove = 1 - 0.10f * smooth(0.25f, 0.1f, std::abs(std::abs(across) - 0.35f));
        const glm::vec3 white = glm::mix(rgb(0xB9C4DA), rgb(0xFFFDF4), 0.35f + 0.65f * facing);
        return glm::vec4(white * shade * groove * (0.72f + 0.28f * smooth(0.2f, 0.6f, along)), 1);
      });
    }
  const float heart = 0.27f;
  for (int i = 0; i < 190; ++i) {  // phyllotaxis: each floret 137.5 degrees on, outwards with the square root
    const float reach = heart * std::sqrt((float(i) + 0.5f) / 190), angle = float(i) * 2.39996f;
    const glm::vec2 disc = glm::vec2(std::cos(angle), std::sin(angle)) * reach;
    const float dome = std::sqrt(std::max(0.0f, 1 - reach * reach / (heart * heart)));
    const float light = 0.55f + 0.35f * dome + 0.9f * glm::dot(disc, sun_direction);
    paint_dot(canvas, place(bloom, disc) - glm::vec2(0, dome * bloom.radius * 0.09f), bloom.radius * 0.034f,
              glm::mix(rgb(0xA85A08), rgb(0xFFD02A), std::clamp(light, 0.0f, 1.0f)));
  }
}

void paint_cornflower(Canvas& canvas, const Bloom& bloom) {
  Random random(bloom.seed);
  for (int floret = 0; floret < 13; ++floret) {
    const float direction = 2 * pi * float(floret) / 13 + random.range(-0.12f, 0.12f);
    const float length = random.range(0.88f, 1.05f);
    const float facing = 0.5f + 0.5f * std::cos(direction + bloom.turn - std::atan2(sun_direction.y, sun_direction.x));
    paint_petal(canvas, bloom, direction, [=](float r, float a) {  // a trumpet that ends in teeth
      const float along = r / length, across = a / 0.27f;
      const float teeth = 0.80f + 0.2f * std::abs(std::cos(across * 4.7f));
      if (std::abs(across) > 0.25f + 0.75f * smooth(0.25f, 0.85f, along) || along > teeth) return glm::vec4(0);
      const float vein = 0.86f + 0.14f * std::cos(across * 16);
      const glm::vec3 blue =
          glm::mix(rgb(0x1B2FA8), rgb(0x6C93FF), std::clamp(0.15f + 0.5f * along + 0.45f * facing * along, 0.0f, 1.0f));
      return glm::vec4(blue * vein * (0.75f + 0.25f * smooth(1.0f, 0.5f, std::abs(across))), 1);
    });
  }
  for (int i = 0; i < 46; ++i) {
    const float angle = random.range(0, 2 * pi), reach = 0.36f * std::sqrt(random.unit());
    const glm::vec2 root = place(bloom, glm::vec2(std::cos(angle), std::sin(angle)) * reach * 0.5f);
    const glm::vec2 end =
        place(bloom, glm::vec2(std::cos(angle), std::sin(angle)) * reach) - glm::vec2(0, bloom.radius * 0.12f);
    const glm::vec3 violet = glm::mix(rgb(0x3A1470), rgb(0xC060D8), random.unit());
    paint_stroke(canvas, {root, (root + end) * 0.5f, end, bloom.radius * 0.07f, 0.6f},
                 [&](float t, float) { return glm::vec4(violet * (0.4f + 0.6f * t), 1); });
  }
}

void paint_stem(Canvas& canvas, glm::vec2 foot, glm::vec2 head, float width, float bend) {
  const glm::vec2 middle = (foot + head) * 0.5f + glm::vec2(bend, 0);
  paint_stroke(canvas, {foot, middle, head, width, 0.75f}, [](float t, float s) {
    return glm::vec4(
        glm::mix(rgb(0x243E12), rgb(0x9DB85A), std::clamp(0.35f + 0.5f * s, 0.0f, 1.0f)) * (0.35f + 0.65f * t), 1);
  });
}

void paint_bud(Canvas& canvas, glm::vec2 neck, float size) {
  const glm::vec2 shoulder = neck + glm::vec2(-0.9f, 0.1f) * size;
  paint_stem(canvas, {neck.x - 1.6f * size, 500}, shoulder, size * 0.16f, size * 0.4f);
  paint_stem(canvas, shoulder, neck + glm::vec2(0, 0.5f * size), size * 0.15f, -0.05f * size);
  paint_ellipse(canvas, neck + glm::vec2(0.05f, 1.1f) * size, glm::vec2(0.42f, 0.72f) * size, -0.15f, [](glm::vec2 uv) {
    const float light = 0.45f + 0.5f * glm::dot(uv, sun_direction);
    const glm::vec3 silk = glm::mix(rgb(0x8E0A0A), rgb(0xFF5630), std::clamp(light + 0.2f, 0.0f, 1.0f));
    const glm::vec3 green = glm::mix(rgb(0x2C4416), rgb(0xA8C068), std::clamp(light, 0.0f, 1.0f));
    return glm::vec4(std::abs(uv.x + 0.12f) < 0.22f * smooth(-0.4f, 1.0f, uv.y) ? silk : green, 1);
  });
}

void paint_seed_head(Canvas& canvas, glm::vec2 foot, glm::vec2 tip, Random& random) {
  const glm::vec2 bend(foot.x + 0.2f * (tip.x - foot.x), 0.6f * tip.y + 0.4f * foot.y);
  paint_stroke(canvas, {foot, bend, tip, 1.6f, 0.35f}, [](float t, float s) {
    return glm::vec4(glm::mix(rgb(0x4E5A22), rgb(0xD9C98A), t) * (0.45f + 0.5f * t + 0.2f * s), 1);
  });
  for (int grain = 0; grain < 26; ++grain) {
    const float t = 1 - 0.3f * float(grain) / 26;
    const glm::vec2 on = glm::mix(glm::mix(foot, bend, t), glm::mix(bend, tip, t), t);
    const float side = grain % 2 == 0 ? 1.0f : -1.0f;
    const glm::vec2 end = on + glm::vec2(side * random.range(2.0f, 5.5f), random.range(-7.0f, -3.0f));
    const glm::vec3 straw = glm::mix(rgb(0x9A8448), rgb(0xF2E2B0), random.unit());
    paint_stroke(canvas, {on, on * 0.4f + end * 0.6f, end, 1.5f, 0.2f},
                 [&](float t_grain, float s) { return glm::vec4(straw * (0.6f + 0.3f * t_grain + 0.2f * s), 1); });
  }
}

void paint_butterfly(Canvas& canvas, glm::vec2 centre, float size) {
  const auto wing = [&](glm::vec2 direction, float length, float width, std::uint32_t seed) {
    const glm::vec2 across(-direction.y, direction.x);
    const glm::vec2 middle = centre + direction * length * 0.55f;
    canvas.paint(around(middle, length), [=](glm::vec2 point) {
      const glm::vec2 d = point - centre;
      const float along = glm::dot(d, direction) / length, side = glm::dot(d, across) / width;
      if (along < 0 || along > 1) return glm::vec4(0);
      const float profile = std::pow(along, 0.6f) * std::sqrt(std::max(0.0f, 1 - std::pow(along, 5.0f)));
      const float edge = std::abs(side) / std::max(profile, 1e-3f);
      if (edge > 1) return glm::vec4(0);
      const bool vein = std::abs(std::fmod(side / std::max(along, 0.1f) * 2.3f + 10, 1.0f) - 0.5f) > 0.455f;
      const bool margin = along > 0.82f + 0.05f * std::sin(side * 20) || edge > 0.88f;
      const bool spot = margin && hash01(static_cast<int>(side * 9 + 20), static_cast<int>(along * 11), seed) > 0.74f;
      const glm::vec3 orange = glm::mix(rgb(0xB8480C), rgb(0xFFA62A), along);
      return glm::vec4(spot ? rgb(0xFFF3DC) : margin || vein ? rgb(0x1C0F0A) : orange, 1);
    });
  };
  wing(glm::normalize(glm::vec2(-0.95f, 0.35f)), size * 0.72f, size * 0.34f, 1);
  wing(glm::normalize(glm::vec2(0.86f, 0.55f)), size * 0.72f, size * 0.32f, 2);
  wing(glm::normalize(glm::vec2(-0.80f, -0.60f)), size, size * 0.40f, 3);
  wing(glm::normalize(glm::vec2(0.66f, -0.75f)), size, size * 0.36f, 4);
  const glm::vec2 head = centre + glm::vec2(0.10f, -0.42f) * size, tail = centre + glm::vec2(-0.08f, 0.42f) * size;
  paint_stroke(canvas, {tail, centre, head, size * 0.11f, 0.8f},
               [](float, float s) { return glm::vec4(rgb(0x2A1C12) * (1 + 0.8f * s), 1); });
  for (const float side : {-1.0f, 1.0f})
    paint_stroke(canvas,
                 {head, head + glm::vec2(0.1f * side, -0.3f) * size, head + glm::vec2(0.28f * side, -0.42f) * size,
                  size * 0.03f, 1},
                 [](float, float) { return glm::vec4(rgb(0x1C0F0A), 1); });
}

}  // namespace txs::samples
