#pragma once
#include <array>
#include <cstdint>
#include <span>

/// The colours at the ends of a partition's line: KDFS 23.14.
namespace txs::astc {

using Rgba = std::array<int, 4>;  ///< 0..255 a channel

struct Endpoints {
  Rgba low{}, high{};
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

/// 2, 4, 6 or 8: the colour values that an endpoint mode takes.
constexpr std::uint32_t value_count(EndpointMode mode) { return (std::uint32_t(mode) / 4 + 1) * 2; }

/// Of LDR modes. `values` are colour values, 0..255, value_count(mode) of them.
Endpoints decode_endpoints(EndpointMode mode, std::span<const std::uint8_t> values);

/// "RGB, base + scale"
const char* endpoint_mode_name(EndpointMode mode);

}  // namespace txs::astc
