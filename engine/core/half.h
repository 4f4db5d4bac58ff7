#pragma once
#include <bit>
#include <cstdint>

namespace txs {

/// IEEE 754 binary16, by its bits: what artifacts store of networks.
constexpr float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t(half & 0x8000u) << 16, exponent = half >> 10 & 31u, fraction = half & 1023u;
  if (exponent == 0) {  // subnormal, in units of 2^-24; exact
    const float magnitude = float(fraction) * 0x1p-24f;
    return sign != 0 ? -magnitude : magnitude;
  }
  const std::uint32_t widened = exponent == 31 ? 255 : exponent + 127 - 15;  // infinity and NaN stay what they are
  return std::bit_cast<float>(sign | widened << 23 | fraction << 13);
}

/// To nearest, ties to even; from 65520 on infinity.
constexpr std::uint16_t float_to_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000u, magnitude = bits & 0x7FFFFFFFu;
  if (magnitude > 0x7F800000u) return static_cast<std::uint16_t>(sign | 0x7E00u);  // NaN
  if (magnitude >= std::bit_cast<std::uint32_t>(65520.0f)) return static_cast<std::uint16_t>(sign | 0x7C00u);
  if (magnitude < std::bit_cast<std::uint32_t>(0x1p-14f)) {
    // A float from 0.5 on counts in units of 2^-24, as subnormal halves do: the addition rounds.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
    return static_cast<std::uint16_t>(sign |
                                      (std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(0.5f)));
  }
  const std::uint32_t rounded = magnitude + 0x0FFFu + (magnitude >> 13 & 1u);
  return static_cast<std::uint16_t>(sign | ((rounded >> 13) - ((127u - 15u) << 10)));
}

inline constexpr float largest_half = 65504;

/// The same for what must stay finite: cut at +-65504, and 0 for NaN.
constexpr std::uint16_t float_to_finite_half(float value) {
  if (value != value) return 0;
  return float_to_half(value > largest_half ? largest_half : value < -largest_half ? -largest_half : value);
}

constexpr bool half_is_finite(std::uint16_t half) { return (half & 0x7C00u) != 0x7C00u; }

}  // namespace txs
