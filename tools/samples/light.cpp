// Pictures of light. Made by sums, products, quotients and square roots alone, which round alike on every machine.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/half.h"
#include "samples/samples.h"

namespace txs::samples {
namespace {

constexpr int width = 96, height = 64;
using Light = std::array<float, 3>;

Light sum(const Light& a, const Light& b, float weight) {
  return {a[0] + weight * b[0], a[1] + weight * b[1], a[2] + weight * b[2]};
}

template <class Draw>
Rgba16fImage drawn(Draw light_at) {
  Rgba16fImage image{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      for (const float value : light_at(float(x) + 0.5f, float(y) + 0.5f))
        image.texels.push_back(float_to_finite_half(value));
      image.texels.push_back(float_to_half(1));
    }
  return image;
}

float distance_to(float x, float y, float at_x, float at_y) {
  return std::sqrt((x - at_x) * (x - at_x) + (y - at_y) * (y - at_y));
}

/// 1 at 0, falling with the square of the distance in units of `reach`.
float glow(float distance, float reach) { return 1 / (1 + distance * distance / (reach * reach)); }

constexpr float horizon = 44;

Light sky(float x, float y) {
  const float low = std::clamp(y / horizon, 0.0f, 1.0f);
  const Light zenith = {0.02f, 0.06f, 0.25f}, west = {2.5f, 0.9f, 0.25f};
  Light light = sum(zenith, west, low * low * low * (0.3f + 0.7f * glow(std::abs(x - 66), 30)));
  const float from_sun = distance_to(x, y, 66, 38);
  light = sum(light, {1, 0.75f, 0.4f}, 40 * glow(from_sun, 2.5f));
  return from_sun < 3 ? Light{24000, 17000, 8000} : light;
}

/// Houses in the dark, some of whose windows are lit.
Light street(float x, float y) {
  const int house = int(x) / 12, column = int(x) % 12 / 3, row = int(y) % 5;
  const bool window = int(x) % 3 != 0 && row > 1 && row < 4 && y < 60;
  const bool lit = (house * 7 + column * 5 + int(y) / 5 * 3) % 4 == 0;
  if (window && lit) return {6.5f + float(house % 3), 4, 1.25f};
  const float wall = 0.002f + 0.004f * float(house % 4);
  return {wall, wall * 0.9f, wall * 1.3f};
}

Light dusk_at(float x, float y) {
  const float roof = horizon - 6 + float(int(x) / 12 * 5 % 9);
  return y > roof ? street(x, y) : sky(x, y);
}

/// Rings of both signs about two centres, whose heights differ by a hundred.
Light ripples_at(float x, float y) {
  const auto ring = [](float distance) {  // a wave of parabolas, as a sine but exact
    const float phase = distance / 16 - std::floor(distance / 16) - 0.5f;
    return 16 * phase * (0.5f - std::abs(phase));
  };
  const float near = distance_to(x, y, 30, 24), far = distance_to(x, y, 78, 50);
  const float a = ring(near) * glow(near, 30), b = ring(far) * 100 * glow(far, 6);
  return {a + b, a - b / 8, 0.25f * b - a / 4};
}

}  // namespace

Rgba16fImage dusk() { return drawn(dusk_at); }
Rgba16fImage ripples() { return drawn(ripples_at); }

}  // namespace txs::samples
