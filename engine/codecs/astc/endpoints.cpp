#include "codecs/astc/endpoints.h"

#include <algorithm>

#include "codecs/astc/hdr_endpoints.h"

namespace txs::astc {
namespace {

/// The offset, -32..31, of a pair, and its base, which gets the offset's top bit as its own.
struct Pair {
  int base, offset;
  Pair(int stored_base, int stored_offset) {
    base = stored_base >> 1 | (stored_offset & 0x80);
    offset = stored_offset >> 1 & 0x3f;
    if ((offset & 0x20) != 0) offset -= 0x40;
  }
  int sum() const { return base + offset; }
};

Rgba clamped(const Rgba& colour) {
  Rgba out;
  for (std::size_t c = 0; c < 4; ++c) out[c] = std::clamp(colour[c], 0, 255);
  return out;
}

/// Red and green halfway to blue: lets nearly grey colours use blue's steps for all three.
Rgba blue_contracted(const Rgba& c) { return {(c[0] + c[2]) >> 1, (c[1] + c[2]) >> 1, c[2], c[3]}; }

Endpoints direct(const Rgba& low, const Rgba& high) {
  if (high[0] + high[1] + high[2] >= low[0] + low[1] + low[2]) return {low, high};
  return {blue_contracted(high), blue_contracted(low)};
}

Endpoints offset(const Pair& r, const Pair& g, const Pair& b, int alpha_low, int alpha_high) {
  const Rgba base{r.base, g.base, b.base, alpha_low}, sum{r.sum(), g.sum(), b.sum(), alpha_high};
  if (r.offset + g.offset + b.offset >= 0) return {clamped(base), clamped(sum)};
  return {clamped(blue_contracted(sum)), clamped(blue_contracted(base))};
}

Endpoints scaled(std::span<const std::uint8_t> v, int alpha_low, int alpha_high) {
  const int scale = v[3];
  return {{v[0] * scale >> 8, v[1] * scale >> 8, v[2] * scale >> 8, alpha_low}, {v[0], v[1], v[2], alpha_high}};
}

Endpoints grey(int low, int high, int alpha_low, int alpha_high) {
  return {clamped({low, low, low, alpha_low}), clamped({high, high, high, alpha_high})};
}

}  // namespace

Endpoints decode_endpoints(EndpointMode mode, std::span<const std::uint8_t> v) {
  switch (mode) {
    case EndpointMode::luminance: return grey(v[0], v[1], 255, 255);
    case EndpointMode::luminance_offset: {
      const int low = v[0] >> 2 | (v[1] & 0xc0);
      return grey(low, low + (v[1] & 0x3f), 255, 255);
    }
    case EndpointMode::luminance_alpha: return grey(v[0], v[1], v[2], v[3]);
    case EndpointMode::luminance_alpha_offset: {
      const Pair luminance(v[0], v[1]), alpha(v[2], v[3]);
      return grey(luminance.base, luminance.sum(), alpha.base, alpha.sum());
    }
    case EndpointMode::rgb_scale: return scaled(v, 255, 255);
    case EndpointMode::rgb: return direct({v[0], v[2], v[4], 255}, {v[1], v[3], v[5], 255});
    case EndpointMode::rgb_offset: return offset({v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}, 255, 255);
    case EndpointMode::rgb_scale_alpha: return scaled(v, v[4], v[5]);
    case EndpointMode::rgba: return direct({v[0], v[2], v[4], v[6]}, {v[1], v[3], v[5], v[7]});
    case EndpointMode::rgba_offset: {
      const Pair alpha(v[6], v[7]);
      return offset({v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}, alpha.base, alpha.sum());
    }
    case EndpointMode::hdr_luminance_large: return hdr_luminance_large(v);
    case EndpointMode::hdr_luminance_small: return hdr_luminance_small(v);
    case EndpointMode::hdr_rgb_scale: return hdr_rgb_scale(v);
    case EndpointMode::hdr_rgb: return hdr_rgb(v);
    case EndpointMode::hdr_rgb_ldr_alpha: return hdr_rgb_ldr_alpha(v);
    case EndpointMode::hdr_rgba: return hdr_rgba(v);
  }
  return {};
}

const char* endpoint_mode_name(EndpointMode mode) {
  constexpr std::array<const char*, 16> names{
      "luminance",
      "luminance, base + offset",
      "HDR luminance, large range",
      "HDR luminance, small range",
      "luminance + alpha",
      "luminance + alpha, base + offset",
      "RGB, base + scale",
      "HDR RGB, base + scale",
      "RGB",
      "RGB, base + offset",
      "RGB, base + scale, two alphas",
      "HDR RGB",
      "RGBA",
      "RGBA, base + offset",
      "HDR RGB, LDR alpha",
      "HDR RGBA",
  };
  return names[std::size_t(mode)];
}

const char* endpoint_mode_short_name(EndpointMode mode) {
  constexpr std::array<const char*, 16> names{
      "L",   "L offset",   "HDR L large", "HDR L small", "LA",   "LA offset",   "RGB scale", "HDR scale",
      "RGB", "RGB offset", "RGBA scale",  "HDR RGB",     "RGBA", "RGBA offset", "HDR RGB, A", "HDR RGBA",
  };
  return names[std::size_t(mode)];
}

}  // namespace txs::astc
