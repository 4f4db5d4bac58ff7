#include "codecs/astc/hdr_endpoints.h"

#include <algorithm>
#include <utility>

namespace txs::astc {
namespace {

constexpr int most = 4095, one = 0x780;  ///< of 12 bits; the pseudo-logarithm of 1
constexpr std::uint32_t all_channels = 0b1111, colour_channels = 0b0111;

constexpr std::uint8_t place(std::uint32_t number, std::uint32_t bit) { return std::uint8_t(number << 4 | bit); }

// The numbers of mode 7, and those of mode 11, which go by the letters of the specification.
enum { red, green, blue, scale, scale_numbers };
enum { a, b0, b1, c, d0, d1, rgb_numbers };

constexpr std::array<int, scale_submodes> scale_bits{11, 11, 10, 9, 8, 7};  ///< of red
constexpr std::array<int, rgb_submodes> a_bits{9, 9, 10, 10, 11, 11, 12, 12};
constexpr std::array<int, rgb_submodes> d_bits{7, 6, 7, 6, 5, 6, 5, 6};

constexpr int bit(int value, int number) { return value >> number & 1; }

int signed_of(int value, int bits) { return bit(value, bits - 1) != 0 ? value - (1 << bits) : value; }

template <std::size_t Numbers, std::size_t Extras>
void put_extra_bits(std::array<int, Numbers>& numbers, const std::array<std::uint8_t, Extras>& places,
                    const std::array<int, Extras>& bits) {
  for (std::size_t i = 0; i < Extras; ++i) numbers[places[i] >> 4] |= bits[i] << (places[i] & 15);
}

Endpoints clamped(const Rgba& low, const Rgba& high) {
  Endpoints ends{.logarithmic = all_channels};
  for (std::size_t i = 0; i < 4; ++i) {
    ends.low[i] = std::clamp(low[i], 0, most);
    ends.high[i] = std::clamp(high[i], 0, most);
  }
  return ends;
}

Endpoints grey(int low, int high) { return clamped({low, low, low, one}, {high, high, high, one}); }

/// Colours are stored with their largest channel first.
void put_largest(Endpoints& ends, int channel) {
  std::swap(ends.low[0], ends.low[std::size_t(channel)]);
  std::swap(ends.high[0], ends.high[std::size_t(channel)]);
}

}  // namespace

// Table "ASTC HDR mode 7 endpoint bit mode": X0 to X6 of each submode.
const std::array<std::array<std::uint8_t, scale_extra_bits>, scale_submodes> scale_extra_places{{
    {place(red, 9), place(red, 8), place(red, 7), place(red, 10), place(red, 6), place(scale, 6), place(scale, 5)},
    {place(red, 8), place(green, 5), place(red, 7), place(blue, 5), place(red, 6), place(red, 10), place(red, 9)},
    {place(red, 9), place(red, 8), place(red, 7), place(red, 6), place(scale, 7), place(scale, 6), place(scale, 5)},
    {place(red, 8), place(green, 5), place(red, 7), place(blue, 5), place(red, 6), place(scale, 6), place(scale, 5)},
    {place(green, 6), place(green, 5), place(blue, 6), place(blue, 5), place(red, 6), place(red, 7), place(scale, 5)},
    {place(green, 6), place(green, 5), place(blue, 6), place(blue, 5), place(red, 6), place(scale, 6), place(scale, 5)},
}};

// Table "ASTC HDR mode 11 endpoint bit mode": X0 to X5 of each submode.
const std::array<std::array<std::uint8_t, rgb_extra_bits>, rgb_submodes> rgb_extra_places{{
    {place(b0, 6), place(b1, 6), place(d0, 6), place(d1, 6), place(d0, 5), place(d1, 5)},
    {place(b0, 6), place(b1, 6), place(b0, 7), place(b1, 7), place(d0, 5), place(d1, 5)},
    {place(a, 9), place(c, 6), place(d0, 6), place(d1, 6), place(d0, 5), place(d1, 5)},
    {place(b0, 6), place(b1, 6), place(a, 9), place(c, 6), place(d0, 5), place(d1, 5)},
    {place(b0, 6), place(b1, 6), place(b0, 7), place(b1, 7), place(a, 9), place(a, 10)},
    {place(a, 9), place(a, 10), place(c, 7), place(c, 6), place(d0, 5), place(d1, 5)},
    {place(b0, 6), place(b1, 6), place(a, 11), place(c, 6), place(a, 9), place(a, 10)},
    {place(a, 9), place(a, 10), place(a, 11), place(c, 6), place(d0, 5), place(d1, 5)},
}};

Endpoints hdr_luminance_large(Values v) {
  const int first = v[0] << 4, second = v[1] << 4;
  return first <= second ? grey(first, second) : grey(second + 8, first - 8);
}

Endpoints hdr_luminance_small(Values v) {
  const bool coarse = bit(v[0], 7) != 0;
  const int low = coarse ? (v[1] & 0xe0) << 4 | (v[0] & 0x7f) << 2 : (v[1] & 0xf0) << 4 | (v[0] & 0x7f) << 1;
  return grey(low, low + (coarse ? (v[1] & 0x1f) << 2 : (v[1] & 0x0f) << 1));
}

Endpoints hdr_rgb_scale(Values v) {
  const int mode = v[0] >> 6 | bit(v[1], 7) << 2 | bit(v[2], 7) << 3;
  const bool has_largest = (mode & 12) != 12, alike = mode == 15;
  const int largest = has_largest ? mode >> 2 : alike ? 0 : mode & 3;
  const auto submode = std::size_t(has_largest ? mode & 3 : alike ? 5 : 4);

  std::array<int, scale_numbers> n{v[0] & 63, v[1] & 31, v[2] & 31, v[3] & 31};
  put_extra_bits<scale_numbers, scale_extra_bits>(
      n, scale_extra_places[submode],
      {bit(v[1], 6), bit(v[1], 5), bit(v[2], 6), bit(v[2], 5), bit(v[3], 7), bit(v[3], 6), bit(v[3], 5)});
  for (int& number : n) number <<= 12 - scale_bits[submode];
  if (!alike) {  // the others are stored by how far below the largest they are
    n[green] = n[red] - n[green];
    n[blue] = n[red] - n[blue];
  }
  Endpoints ends = clamped({n[red] - n[scale], n[green] - n[scale], n[blue] - n[scale], one},
                           {n[red], n[green], n[blue], one});
  put_largest(ends, largest);
  return ends;
}

Endpoints hdr_rgb(Values v) {
  const int largest = bit(v[4], 7) | bit(v[5], 7) << 1;
  if (largest == 3)
    return clamped({v[0] << 4, v[2] << 4, (v[4] & 0x7f) << 5, one}, {v[1] << 4, v[3] << 4, (v[5] & 0x7f) << 5, one});

  const auto submode = std::size_t(bit(v[1], 7) | bit(v[2], 7) << 1 | bit(v[3], 7) << 2);
  std::array<int, rgb_numbers> n{};
  n[a] = v[0] | bit(v[1], 6) << 8;
  n[b0] = v[2] & 63;
  n[b1] = v[3] & 63;
  n[c] = v[1] & 63;
  n[d0] = v[4] & 31;
  n[d1] = v[5] & 31;
  put_extra_bits<rgb_numbers, rgb_extra_bits>(
      n, rgb_extra_places[submode],
      {bit(v[2], 6), bit(v[3], 6), bit(v[4], 6), bit(v[5], 6), bit(v[4], 5), bit(v[5], 5)});
  n[d0] = signed_of(n[d0], d_bits[submode]);
  n[d1] = signed_of(n[d1], d_bits[submode]);
  for (int& number : n) number *= 1 << (12 - a_bits[submode]);

  Endpoints ends = clamped({n[a] - n[c], n[a] - n[b0] - n[c] - n[d0], n[a] - n[b1] - n[c] - n[d1], one},
                           {n[a], n[a] - n[b0], n[a] - n[b1], one});
  put_largest(ends, largest);
  return ends;
}

Endpoints hdr_rgb_ldr_alpha(Values v) {
  Endpoints ends = hdr_rgb(v.first(6));
  ends.logarithmic = colour_channels;
  ends.low[3] = v[6];
  ends.high[3] = v[7];
  return ends;
}

Endpoints hdr_rgba(Values v) {
  Endpoints ends = hdr_rgb(v.first(6));
  const int mode = bit(v[6], 7) | bit(v[7], 7) << 1;
  const int first = v[6] & 0x7f, second = v[7] & 0x7f;
  if (mode == 3) {
    ends.low[3] = first << 5;
    ends.high[3] = second << 5;
    return ends;
  }
  // The second is an offset of 6 - mode bits, with a sign; its other bits are the top ones of the first.
  const int offset_bits = 6 - mode, unit = 1 << (4 - mode);
  const int base = first | (second >> offset_bits) << 7;
  const int offset = signed_of(second & ((1 << offset_bits) - 1), offset_bits);
  ends.low[3] = base * unit;
  ends.high[3] = std::clamp((base + offset) * unit, 0, most);
  return ends;
}

}  // namespace txs::astc
