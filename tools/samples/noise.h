#pragma once
#include <cstdint>
#include <glm/glm.hpp>

namespace txs::samples {

/// A well-mixed 32-bit hash (Wellons, "Prospecting for Hash Functions", 2018).
std::uint32_t hash(std::uint32_t value);
float hash01(int x, int y, std::uint32_t seed);  ///< [0, 1)

/// Smooth noise in [0, 1], one random value a unit of the plane; `fbm` sums octaves of it, each half as strong.
float noise(glm::vec2 point, std::uint32_t seed);
float fbm(glm::vec2 point, int octaves, std::uint32_t seed);

/// A sequence of numbers from a seed.
class Random {
 public:
  explicit Random(std::uint32_t seed) : state_(hash(seed)) {}
  float unit();  ///< [0, 1)
  float range(float low, float high) { return low + (high - low) * unit(); }
  int below(int count) { return static_cast<int>(unit() * static_cast<float>(count)); }

 private:
  std::uint32_t state_;
};

}  // namespace txs::samples
