#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

/// The colours at the ends of a partition's line: KDFS 23.14.
namespace txs::astc {

using Rgba = std::array<int, 4>;

/// A channel is 0..255, or 0..4095 if it is a pseudo-logarithm.
struct Endpoints {
  Rgba low{}, high{};
  std::uint32_t logarithmic = 0;  ///< bit c: channel c; of LDR modes none, of HDR modes all but perhaps alpha
};

/// In the order of their numbers. Those with `hdr` decode to the error colour in the LDR profile.
enum class EndpointMode : std::uint8_t {
  luminance,
  luminance_offset,
  hdr_luminance_large,
  hdr_luminance_small,
  luminance_alpha,
  luminance_alpha_offset,
  rgb_scale,
  hdr_rgb_scale,
  rgb,
  rgb_offset,
  rgb_scale_alpha,
  hdr_rgb,
  rgba,
  rgba_offset,
  hdr_rgb_ldr_alpha,
  hdr_rgba,
};

constexpr bool is_hdr(EndpointMode mode) {
  return mode == EndpointMode::hdr_luminance_large || mode == EndpointMode::hdr_luminance_small ||
         mode == EndpointMode::hdr_rgb_scale || mode == EndpointMode::hdr_rgb ||
         mode == EndpointMode::hdr_rgb_ldr_alpha || mode == EndpointMode::hdr_rgba;
}

constexpr bool has_alpha(EndpointMode mode) {
  return mode == EndpointMode::luminance_alpha || mode == EndpointMode::luminance_alpha_offset ||
         mode == EndpointMode::rgb_scale_alpha || mode >= EndpointMode::rgba;
}

/// 2, 4, 6 or 8: the colour values that an endpoint mode takes.
constexpr std::uint32_t value_count(EndpointMode mode) { return (std::uint32_t(mode) / 4 + 1) * 2; }

/// `values` are colour values, 0..255, value_count(mode) of them.
Endpoints decode_endpoints(EndpointMode mode, std::span<const std::uint8_t> values);

/// Where the bits lie that an HDR mode's submode adds to its numbers: of each bit in turn, the number and its bit
/// there, as the tables of KDFS 23.14 give them. Packed: number << 4 | bit.
inline constexpr std::uint32_t scale_submodes = 6, scale_extra_bits = 7;  ///< mode 7; its numbers: red, green, blue, scale
inline constexpr std::uint32_t rgb_submodes = 8, rgb_extra_bits = 6;      ///< mode 11; a, b0, b1, c, d0, d1
extern const std::array<std::array<std::uint8_t, scale_extra_bits>, scale_submodes> scale_extra_places;
extern const std::array<std::array<std::uint8_t, rgb_extra_bits>, rgb_submodes> rgb_extra_places;

/// "RGB, base + scale"
const char* endpoint_mode_name(EndpointMode mode);
/// "RGB scale": for legends. L is luminance.
const char* endpoint_mode_short_name(EndpointMode mode);

}  // namespace txs::astc
