#include "samples/noise.h"

#include <cmath>

namespace txs::samples {

std::uint32_t hash(std::uint32_t value) {
  value ^= value >> 16;
  value *= 0x7FEB352Du;
  value ^= value >> 15;
  value *= 0x846CA68Bu;
  return value ^ (value >> 16);
}

float hash01(int x, int y, std::uint32_t seed) {
  const std::uint32_t mixed = hash(static_cast<std::uint32_t>(x) ^ hash(static_cast<std::uint32_t>(y) ^ hash(seed)));
  return static_cast<float>(mixed >> 8) * 0x1p-24f;
}

float noise(glm::vec2 point, std::uint32_t seed) {
  const glm::vec2 cell = glm::floor(point);
  const glm::vec2 f = point - cell;
  const glm::vec2 s = f * f * f * (f * (f * 6.0f - 15.0f) + 10.0f);  // Perlin's quintic: no creases at the cells
  const int x = static_cast<int>(cell.x), y = static_cast<int>(cell.y);
  return glm::mix(glm::mix(hash01(x, y, seed), hash01(x + 1, y, seed), s.x),
                  glm::mix(hash01(x, y + 1, seed), hash01(x + 1, y + 1, seed), s.x), s.y);
}

float fbm(glm::vec2 point, int octaves, std::uint32_t seed) {
  float sum = 0, weight = 0, strength = 0.5f;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += strength * noise(point, seed + static_cast<std::uint32_t>(octave));
    weight += strength;
    strength *= 0.5f;
    point = glm::vec2(1.6f * point.x + 1.2f * point.y, -1.2f * point.x + 1.6f * point.y);  // twice as fine, turned
  }
  return sum / weight;
}

float Random::unit() {
  state_ += 0x9E3779B9u;
  return static_cast<float>(hash(state_) >> 8) * 0x1p-24f;
}

}  // namespace txs::samples
