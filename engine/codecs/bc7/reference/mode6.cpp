#include "codecs/bc7/reference/mode6.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <utility>

namespace txs::bc7::reference {
namespace {

using glm::vec4;

float weight(int index) { return float((17 * index + 2) / 4); }

vec4 nearest_of_parity(vec4 colour, float p) {
  return glm::clamp(glm::floor((colour - p) * 0.5f + 0.5f), 0.0f, 127.0f) * 2.0f + p;
}

vec4 quantise_end(vec4 colour, bool pinned) {
  const vec4 even = nearest_of_parity(colour, 0), odd = nearest_of_parity(colour, 1);
  const vec4 from_even = even - colour, from_odd = odd - colour;
  return pinned || sum4(from_odd * from_odd) <= sum4(from_even * from_even) ? odd : even;
}

vec4 palette_colour(const Ends& ends, int index) {
  const float w = weight(index) / 64.0f;
  return glm::floor(ends.low + (ends.high - ends.low) * w + 0.5f);
}

float squared_distance(vec4 a, vec4 b) { return sum4((a - b) * (a - b)); }

struct Fit {
  vec4 low, high;
  float low_low, low_high, high_high;
};

bool fit_line(const Texels& texels, const Indices& indices, Fit& fit) {
  float sum_w = 0, sum_ww = 0;
  vec4 sum_x(0), sum_wx(0);
  for (std::size_t t = 0; t < 16; ++t) {
    const float w = weight(indices[t]);
    sum_w += w;
    sum_ww += w * w;
    sum_x += texels[t];
    sum_wx += w * texels[t];
  }
  const float spread = 16 * sum_ww - sum_w * sum_w;
  if (spread == 0) return false;
  const vec4 slope = (16.0f * sum_wx - sum_w * sum_x) / spread;
  fit.low = (sum_x - slope * sum_w) * 0.0625f;
  fit.high = fit.low + slope * 64.0f;
  fit.low_low = 65536 - 128 * sum_w + sum_ww;
  fit.low_high = 64 * sum_w - sum_ww;
  fit.high_high = sum_ww;
  return true;
}

float rounding_cost(const Fit& fit, int channel, float low, float high) {
  const float dl = low - fit.low[channel], dh = high - fit.high[channel];
  return fit.low_low * dl * dl + (2 * fit.low_high * dl * dh + fit.high_high * dh * dh);
}

/// One channel's cheapest of the four ways to round both ends down or up to bytes of the given parities.
float round_channel(const Fit& fit, int channel, float p_low, float p_high, Ends& ends) {
  const auto down = [](float value, float p) {
    return std::clamp(std::floor((value - p) * 0.5f), 0.0f, 127.0f) * 2 + p;
  };
  const float low = down(fit.low[channel], p_low), high = down(fit.high[channel], p_high);
  float best = 1e30f;
  for (const float h : {high, std::min(high + 2, 254 + p_high)})
    for (const float l : {low, std::min(low + 2, 254 + p_low)}) {
      const float cost = rounding_cost(fit, channel, l, h);
      if (cost >= best) continue;
      best = cost;
      ends.low[channel] = l;
      ends.high[channel] = h;
    }
  return best;
}

Ends round_line(const Fit& fit, bool pinned) {
  Ends best;
  float best_cost = 1e30f;
  for (int p_bits = 3; p_bits >= (pinned ? 3 : 0); --p_bits) {
    Ends ends;
    vec4 cost;
    for (int c = 0; c < 4; ++c) cost[c] = round_channel(fit, c, float(p_bits & 1), float(p_bits >> 1), ends);
    if (pinned) {
      ends.low.a = ends.high.a = 255;
      cost.a = 0;
    }
    if (sum4(cost) >= best_cost) continue;
    best_cost = sum4(cost);
    best = ends;
  }
  return best;
}

Ends with_moved_ends(const Ends& ends, float low, float high) {
  const vec4 entry = (ends.high - ends.low) * (1.0f / 15.0f);
  return {glm::clamp(ends.low + entry * low, 0.0f, 255.0f), glm::clamp(ends.high - entry * high, 0.0f, 255.0f)};
}

bool polish(const Texels& texels, bool pinned, Bits& best) {
  bool better = false;
  const auto is_byte = [](float value) { return value >= 0 && value <= 255; };
  for (int channel = 0; channel < (pinned ? 3 : 4); ++channel)
    for (const float high_step : {-2.0f, 0.0f, 2.0f})
      for (const float low_step : {-2.0f, 0.0f, 2.0f}) {
        Bits moved = best;
        moved.ends.low[channel] += low_step;
        moved.ends.high[channel] += high_step;
        if (!is_byte(moved.ends.low[channel]) || !is_byte(moved.ends.high[channel])) continue;
        moved.error = mode6_error(texels, moved.ends, moved.indices);
        if (moved.error >= best.error) continue;
        best = moved;
        better = true;
      }
  return better;
}

vec4 nearest_on_segment(vec4 texel, vec4 low, vec4 along, float length2) {
  const float t = length2 > 0 ? std::clamp(sum4((texel - low) * along) / length2, 0.0f, 1.0f) : 0.0f;
  return low + along * t;
}

/// Writes fields from bit 0 up.
class BitWriter {
 public:
  void put(unsigned value, int count) {
    for (int i = 0; i < count; ++i, ++position_)
      bytes_[position_ / 8] |= std::byte((value >> i & 1u) << (position_ % 8));
  }
  const std::array<std::byte, 16>& bytes() const { return bytes_; }

 private:
  std::array<std::byte, 16> bytes_{};
  std::size_t position_ = 0;
};

}  // namespace

Ends quantise(const Ends& ends, bool pinned) {
  Ends bytes{quantise_end(ends.low, pinned), quantise_end(ends.high, pinned)};
  if (pinned) bytes.low.a = bytes.high.a = 255;
  return bytes;
}

Ends to_bytes(const Ends& point) { return {point.low * 255.0f, point.high * 255.0f}; }

float mode6_error(const Texels& texels, const Ends& ends, Indices& indices) {
  const vec4 along = ends.high - ends.low;
  const float length2 = sum4(along * along);
  const float scale = length2 > 0 ? 15 / length2 : 0;
  const float origin = sum4(ends.low * along);
  float error = 0;
  for (std::size_t t = 0; t < 16; ++t) {
    const float position = (sum4(texels[t] * along) - origin) * scale;
    const int below = std::min(int(std::clamp(position, 0.0f, 15.0f)), 14);
    const float below_error = squared_distance(texels[t], palette_colour(ends, below));
    const float above_error = squared_distance(texels[t], palette_colour(ends, below + 1));
    error += std::min(below_error, above_error);
    indices[t] = std::uint8_t(above_error < below_error ? below + 1 : below);
  }
  return error;
}

float try_ends(const Texels& texels, Ends ends, bool pinned, std::uint32_t refit_rounds, Bits& best) {
  float first = 0, last = 1e30f;
  for (std::uint32_t round = 0; round <= refit_rounds; ++round) {
    Bits bits{ends, {}, 0};
    bits.error = mode6_error(texels, ends, bits.indices);
    if (round == 0) first = bits.error;
    if (bits.error < best.error) best = bits;
    Fit fit;
    if (bits.error >= last || !fit_line(texels, bits.indices, fit)) break;
    last = bits.error;
    ends = round_line(fit, pinned);
  }
  return first;
}

void finish(const Texels& texels, bool pinned, std::uint32_t starts, std::uint32_t refit_rounds,
            std::uint32_t polish_rounds, Bits& best) {
  if (best.error == 0) return;
  constexpr std::array<float, 5> entries{0, 1, -1, 2, -2};
  const Ends line = best.ends;
  for (std::uint32_t start = 0; start < starts; ++start) {
    const Ends moved = with_moved_ends(line, entries[start % 5], entries[start / 5]);
    try_ends(texels, quantise(moved, pinned), pinned, refit_rounds, best);
  }
  for (std::uint32_t round = 0; round < polish_rounds; ++round)
    if (!polish(texels, pinned, best)) break;
}

Bits as_stored(Bits bits) {
  if (bits.indices[0] < 8) return bits;
  std::swap(bits.ends.low, bits.ends.high);
  for (auto& index : bits.indices) index = std::uint8_t(15 - index);
  return bits;
}

std::array<std::byte, 16> pack(const Bits& bits) {
  const Bits stored = as_stored(bits);
  BitWriter writer;
  writer.put(1u << 6, 7);
  for (int c = 0; c < 4; ++c) {
    writer.put(unsigned(stored.ends.low[c]) >> 1, 7);
    writer.put(unsigned(stored.ends.high[c]) >> 1, 7);
  }
  writer.put(unsigned(stored.ends.low.r) & 1, 1);
  writer.put(unsigned(stored.ends.high.r) & 1, 1);
  for (std::size_t t = 0; t < 16; ++t) writer.put(stored.indices[t], t == 0 ? 3 : 4);
  return writer.bytes();
}

float relaxed_loss(const Texels& texels, const Ends& point) {
  const Ends ends = to_bytes(point);
  const vec4 along = ends.high - ends.low;
  const float length2 = sum4(along * along);
  float error = 0;
  for (const vec4& texel : texels) {
    const vec4 difference = texel - nearest_on_segment(texel, ends.low, along, length2);
    error += sum4(difference * difference);
  }
  return error * loss_of_error;
}

std::uint32_t relaxed_rounded_error(const Texels& texels, const Ends& point, std::uint32_t mask) {
  const Ends ends = to_bytes(point);
  const vec4 along = ends.high - ends.low;
  const float length2 = sum4(along * along);
  float error = 0;
  for (std::size_t t = 0; t < 16; ++t) {
    if ((mask >> t & 1u) == 0) continue;
    const vec4 colour = glm::floor(nearest_on_segment(texels[t], ends.low, along, length2) + 0.5f);
    vec4 difference = texels[t] - glm::clamp(colour, 0.0f, 255.0f);
    difference.a = 0;
    error += sum4(difference * difference);
  }
  return std::uint32_t(error);
}

}  // namespace txs::bc7::reference
