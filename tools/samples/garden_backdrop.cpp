#include "samples/garden_parts.h"

namespace txs::samples {
namespace {

glm::vec3 sky_colour(glm::vec2 p) {
  const float height = std::clamp(1 - p.y / horizon, 0.0f, 1.0f);
  const glm::vec3 clear = glm::mix(rgb(0xCFE3EE), rgb(0x3E7FC4), std::pow(height, 0.75f));
  const float warmth = std::exp(-height * 5) * smooth(100, 520, p.x);
  return glm::mix(clear, rgb(0xFFE9C4), 0.75f * warmth);
}

/// Cloud density: noise on a flat layer overhead, which perspective gathers towards the horizon.
float cloud_density(glm::vec2 p) {
  const float distance = 1 / (1.12f - p.y / (horizon + 12));
  const glm::vec2 layer((p.x - 256) / 150 * distance + 3, distance * 1.9f);
  const float shape = fbm(layer, 6, 11);
  return smooth(0.50f, 0.72f, shape + 0.05f * smooth(200, 500, p.x));
}

struct Ridge {
  float row, swell, wavelength, detail;
  std::uint32_t lit, shaded;
  float haze;
  std::uint32_t seed;
};

void paint_ridge(Canvas& canvas, const Ridge& ridge) {
  const glm::vec3 haze = rgb(0xBFD5E6);
  canvas.paint({{0, ridge.row - ridge.swell - 6}, {garden_side, meadow_top + 12}}, [&](glm::vec2 p) {
    const float top = ridge.row - ridge.swell * fbm({p.x / ridge.wavelength, 0.5f}, 3, ridge.seed) -
                      ridge.detail * fbm({p.x / 5, 7.5f}, 3, ridge.seed + 5);
    if (p.y < top) return glm::vec4(0);
    const float wood = fbm(p / glm::vec2(9, 4), 4, ridge.seed + 9);
    const glm::vec3 green = glm::mix(rgb(ridge.shaded), rgb(ridge.lit), smooth(0.3f, 0.7f, wood));
    const float mist = ridge.haze * smooth(top - 5, top + 60, p.y + 30);
    return glm::vec4(glm::mix(green, haze, std::min(ridge.haze + 0.3f * mist, 1.0f)), smooth(top, top + 0.6f, p.y));
  });
}

/// A field on the near hill: a slanted quadrilateral of one colour with furrows.
void paint_field(Canvas& canvas, glm::vec2 low, glm::vec2 high, float slant, std::uint32_t colour) {
  canvas.paint({low, high}, [&](glm::vec2 p) {
    const float v = (p.y - low.y) / (high.y - low.y);
    const float left = low.x + slant * (1 - v), right = high.x - 0.6f * slant * (1 - v);
    if (p.x < left || p.x > right) return glm::vec4(0);
    const float furrow = 0.88f + 0.12f * std::sin((p.x - left) / (right - left) * 90 + v * 4);
    return glm::vec4(rgb(colour) * furrow, 0.85f);
  });
}

/// A clump of leaves: small ellipses, dark ones below and behind, sunlit ones above on the side of the sun.
void paint_foliage(Canvas& canvas, glm::vec2 centre, glm::vec2 radii, int leaves, float leaf, std::uint32_t dark,
                   std::uint32_t mid, std::uint32_t lit, Random& random) {
  for (int i = 0; i < leaves; ++i) {
    const float angle = random.range(0, 6.2832f), reach = std::sqrt(random.unit());
    const glm::vec2 offset(std::cos(angle) * reach, std::sin(angle) * reach);
    const float order = float(i) / float(leaves);
    const float light = glm::dot(offset, sun_direction) * 0.55f + 0.25f + order * 0.45f + random.range(-0.18f, 0.18f);
    const glm::vec3 colour = light < 0.5f ? glm::mix(rgb(dark), rgb(mid), std::max(light, 0.0f) * 2)
                                          : glm::mix(rgb(mid), rgb(lit), std::min(light * 2 - 1, 1.0f));
    const glm::vec2 at = centre + offset * radii;
    const float size = leaf * random.range(0.7f, 1.4f);
    paint_ellipse(canvas, at, {size, size * random.range(0.45f, 0.8f)}, random.range(-1.2f, 1.2f),
                  [&](glm::vec2 uv) { return glm::vec4(colour * (1 + 0.25f * glm::dot(uv, sun_direction)), 1); });
  }
}

/// A convex quadrilateral, corners in order. `shade(uv)`: u along the first edge, v along the last.
template <class Shade>
void paint_quad(Canvas& canvas, glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d, Shade shade) {
  const auto inside = [](glm::vec2 p, glm::vec2 from, glm::vec2 to) {
    return (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x) >= 0;
  };
  canvas.paint({glm::min(glm::min(a, b), glm::min(c, d)), glm::max(glm::max(a, b), glm::max(c, d))}, [&](glm::vec2 p) {
    if (!inside(p, a, b) || !inside(p, b, c) || !inside(p, c, d) || !inside(p, d, a)) return glm::vec4(0);
    const glm::vec2 u = b - a, v = d - a;
    const float area = u.x * v.y - u.y * v.x;
    const glm::vec2 o = p - a;
    return shade(glm::vec2((o.x * v.y - o.y * v.x) / area, (u.x * o.y - u.y * o.x) / area));
  });
}

}  // namespace

void paint_sky(Canvas& canvas) {
  canvas.paint({{0, 0}, {garden_side, meadow_top + 10}}, [](glm::vec2 p) {
    const float density = cloud_density(p);
    // Towards the sun less cloud lies in the way: that side is bright.
    const float lit = std::clamp(0.62f + 1.1f * (density - cloud_density(p + sun_direction * 9.0f)), 0.0f, 1.0f);
    const glm::vec3 cloud = glm::mix(rgb(0xA9B9CC), rgb(0xFFF8EC), lit);
    const float far = smooth(horizon, horizon - 70, p.y);
    return glm::vec4(glm::mix(sky_colour(p), cloud, density * (0.35f + 0.6f * far)), 1);
  });
}

void paint_hills(Canvas& canvas) {
  paint_ridge(canvas, {190, 62, 150, 1, 0x7F9DB0, 0x6C8CA6, 0.62f, 21});
  paint_ridge(canvas, {198, 44, 110, 2, 0x7E9C6C, 0x587C5A, 0.42f, 27});
  paint_ridge(canvas, {214, 40, 190, 4, 0x86A24C, 0x44692F, 0.14f, 43});
  paint_field(canvas, {290, 203}, {352, 222}, 16, 0xD9C34A);
  paint_field(canvas, {228, 205}, {284, 222}, 12, 0x9DB255);
  paint_field(canvas, {462, 200}, {530, 222}, 20, 0xC4A65A);
}

void paint_cottage(Canvas& canvas) {
  // Front wall, gable side, roof, chimney; the sun comes from the right.
  const auto wall = [](glm::vec2 uv) {
    const float plaster = 0.95f + 0.08f * noise(uv * glm::vec2(30, 14), 5);
    return glm::vec4(rgb(0xF3EBDD) * plaster * (1 - 0.12f * uv.y), 1);
  };
  paint_quad(canvas, {352, 186}, {420, 186}, {420, 228}, {352, 228}, wall);
  const auto gable = [](glm::vec2 uv) { return glm::vec4(rgb(0xFFF9EA) * (1 - 0.05f * uv.x), 1); };
  paint_quad(canvas, {420, 186}, {444, 186}, {444, 228}, {420, 228}, gable);
  paint_quad(canvas, {420, 187}, {431, 164}, {433, 164}, {444, 187}, gable);
  paint_quad(canvas, {364, 152}, {373, 152}, {373, 174}, {364, 174}, [](glm::vec2 uv) {
    const float course = std::fmod(uv.y * 6, 1.0f) < 0.2f ? 0.7f : 1.0f;
    return glm::vec4(rgb(0x9A5540) * course * (0.8f + 0.3f * uv.x), 1);
  });
  paint_quad(canvas, {358, 162}, {432, 162}, {422, 189}, {345, 189}, [](glm::vec2 uv) {
    const float row = uv.y * 8;
    const float tile = std::fmod(uv.x * 26 + (static_cast<int>(row) % 2 == 0 ? 0.5f : 0.0f), 1.0f);
    const float edge = std::fmod(row, 1.0f) > 0.78f || tile < 0.12f ? 0.62f : 1.0f;
    const float weather = 0.8f + 0.4f * hash01(static_cast<int>(uv.x * 26), static_cast<int>(row), 3);
    return glm::vec4(rgb(0xC2492E) * edge * weather, 1);
  });
  paint_quad(canvas, {431, 161}, {434, 161}, {447, 190}, {443, 190},
             [](glm::vec2) { return glm::vec4(rgb(0x8E3524), 1); });
  for (const float x : {360.0f, 402.0f}) {
    paint_quad(canvas, {x - 1.5f, 196}, {x + 12.5f, 196}, {x + 12.5f, 213}, {x - 1.5f, 213},
               [](glm::vec2) { return glm::vec4(rgb(0x2F6E8E), 1); });
    paint_quad(canvas, {x, 197.5f}, {x + 11, 197.5f}, {x + 11, 211.5f}, {x, 211.5f}, [](glm::vec2 uv) {
      const bool bar = std::abs(uv.x - 0.5f) < 0.06f || std::abs(uv.y - 0.5f) < 0.05f;
      return glm::vec4(bar ? rgb(0xF8F4EA) : glm::mix(rgb(0x1D2A36), rgb(0x7FA6C4), uv.x * (1 - uv.y)), 1);
    });
  }
  paint_quad(canvas, {381, 200}, {392, 200}, {392, 228}, {381, 228}, [](glm::vec2 uv) {
    const float plank = std::fmod(uv.x * 3, 1.0f) < 0.12f ? 0.6f : 1.0f;
    return glm::vec4(rgb(0x2B7A78) * plank, 1);
  });
}

void paint_hedge(Canvas& canvas) {
  Random random(77);
  for (float x = -4; x < garden_side + 8; x += 5.5f) {
    const float height = 7 + 12 * fbm({x / 26, 0.5f}, 2, 91);
    const bool before_the_house = x > 340 && x < 450;
    const float row = before_the_house ? 229 : 225;
    const float reach = before_the_house ? 3 + 0.25f * height : 0.7f * height;
    paint_foliage(canvas, {x, row - 0.7f * reach}, {6, reach}, 42, 1.5f, 0x142A12, 0x3C6424, 0x9DB94C, random);
  }
  for (int i = 0; i < 90; ++i) {  // roses in it
    const glm::vec2 at(random.range(338, 452), random.range(221, 229));
    const std::uint32_t colours[] = {0xE8457A, 0xF2A0B8, 0xFFE9EF};
    const glm::vec3 colour = rgb(colours[random.below(3)]);
    paint_ellipse(canvas, at, {1.2f, 1.1f}, 0, [&](glm::vec2) { return glm::vec4(colour, 1); });
  }
}

void paint_tree(Canvas& canvas) {
  Random random(5);
  const auto bark = [](float t, float s) {
    const float grain = noise({s * 5, t * 40}, 8);
    return glm::vec4(
        glm::mix(rgb(0x2A1D14), rgb(0x8A6A48), std::clamp(0.3f + 0.45f * s + 0.35f * (grain - 0.5f), 0.0f, 1.0f)), 1);
  };
  // Behind the branches the crown's dark inside.
  for (const auto& [centre, radii] :
       {std::pair(glm::vec2(96, 92), glm::vec2(86, 60)), std::pair(glm::vec2(60, 140), glm::vec2(66, 34)),
        std::pair(glm::vec2(146, 132), glm::vec2(60, 36))})
    paint_foliage(canvas, centre, radii, 620, 4.0f, 0x0F2410, 0x1F3F18, 0x3C6A22, random);
  paint_stroke(canvas, {{97, 258}, {101, 200}, {92, 92}, 17, 0.35f}, bark);
  paint_stroke(canvas, {{98, 180}, {110, 150}, {156, 118}, 7, 0.3f}, bark);
  paint_stroke(canvas, {{98, 172}, {80, 146}, {40, 126}, 7, 0.3f}, bark);
  paint_stroke(canvas, {{96, 140}, {104, 110}, {120, 72}, 6, 0.3f}, bark);
  // Boughs, the lower ones first; each a clump of its own with light on top.
  for (int bough = 0; bough < 46; ++bough) {
    const float angle = random.range(0, 6.2832f), reach = std::sqrt(random.unit());
    glm::vec2 centre(98 + 92 * reach * std::cos(angle), 100 + 62 * reach * std::sin(angle));
    if (centre.y > 142) centre.y = 142 + (centre.y - 142) * 0.4f;
    paint_foliage(canvas, centre, {random.range(15, 25), random.range(8, 14)}, 105, 2.6f, 0x17330F, 0x42741E, 0xB6CF4E,
                  random);
  }
}

}  // namespace txs::samples
