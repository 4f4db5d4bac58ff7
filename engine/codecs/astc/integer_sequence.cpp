#include "codecs/astc/integer_sequence.h"

#include <algorithm>

namespace txs::astc {
namespace {

using interop::AstcRange;

constexpr std::uint32_t field(std::uint32_t bits, int high, int low) { return bits >> low & ((1u << (high - low + 1)) - 1); }

// How the bits of a group lie between those of its values: after value i come `count[i]` bits of the group.
constexpr std::array<std::uint32_t, 5> trit_bits_after{2, 2, 1, 2, 1};
constexpr std::array<std::uint32_t, 3> quint_bits_after{3, 2, 2};

template <std::size_t N>
std::uint32_t least_packing(const std::array<std::uint8_t, N>& digits, std::uint32_t patterns, auto unpack) {
  for (std::uint32_t packed = 0; packed < patterns; ++packed)
    if (unpack(packed) == digits) return packed;
  return 0;  // not reached: every combination has a pattern
}

/// Goes over the groups of a sequence; `each` gets (value, bit of its low part) and (group's bit, where it lies).
template <std::size_t N>
struct Group {
  std::array<std::uint32_t, N> low_at{};                 // first bit of each value's low part
  std::array<std::uint32_t, N> packed_at{}, packed_from{};  // the packed bits after it: where they lie, which they are

  Group(std::uint32_t first, std::uint32_t low_bits, const std::array<std::uint32_t, N>& bits_after) {
    std::uint32_t from = 0;
    for (std::size_t i = 0; i < N; ++i) {
      low_at[i] = first;
      packed_at[i] = first + low_bits;
      packed_from[i] = from;
      first += low_bits + bits_after[i];
      from += bits_after[i];
    }
  }
};

template <std::size_t N>
void read_groups(const Bits128& bits, std::uint32_t first, const AstcRange& range, std::span<std::uint8_t> values,
                 const std::array<std::uint32_t, N>& bits_after, std::uint32_t group_bits, auto unpack) {
  const std::uint32_t end = first + interop::astc_sequence_bits(range, std::uint32_t(values.size()));
  for (std::size_t at = 0; at < values.size(); at += N, first += group_bits + std::uint32_t(N) * range.bits) {
    const Group<N> group(first, range.bits, bits_after);
    std::uint32_t packed = 0;
    for (std::size_t i = 0; i < N; ++i)  // bits beyond the sequence's end are 0
      for (std::uint32_t bit = 0; bit < bits_after[i]; ++bit)
        if (group.packed_at[i] + bit < end) packed |= bits.get(group.packed_at[i] + bit, 1) << (group.packed_from[i] + bit);
    const auto digits = unpack(packed);
    for (std::size_t i = 0; i < std::min(N, values.size() - at); ++i)
      values[at + i] = std::uint8_t(digits[i] << range.bits | bits.get(group.low_at[i], range.bits));
  }
}

template <std::size_t N>
void write_groups(std::span<const std::uint8_t> values, const AstcRange& range, std::uint32_t first, Bits128& bits,
                  const std::array<std::uint32_t, N>& bits_after, std::uint32_t group_bits, auto pack) {
  const std::uint32_t end = first + interop::astc_sequence_bits(range, std::uint32_t(values.size()));
  for (std::size_t at = 0; at < values.size(); at += N, first += group_bits + std::uint32_t(N) * range.bits) {
    const Group<N> group(first, range.bits, bits_after);
    const std::size_t count = std::min(N, values.size() - at);
    std::array<std::uint8_t, N> digits{};
    for (std::size_t i = 0; i < count; ++i) {
      digits[i] = std::uint8_t(values[at + i] >> range.bits);
      bits.put(group.low_at[i], range.bits, values[at + i]);
    }
    const std::uint32_t packed = pack(digits);
    for (std::size_t i = 0; i < N; ++i)
      for (std::uint32_t bit = 0; bit < bits_after[i]; ++bit)
        if (group.packed_at[i] + bit < end) bits.put(group.packed_at[i] + bit, 1, packed >> (group.packed_from[i] + bit));
  }
}

}  // namespace

std::array<std::uint8_t, 5> trits_of(std::uint32_t packed) {
  std::array<std::uint8_t, 5> t{};
  std::uint32_t c = field(packed, 4, 0);
  if (field(packed, 4, 2) == 7) {
    c = field(packed, 7, 5) << 2 | field(packed, 1, 0);
    t[4] = t[3] = 2;
  } else if (field(packed, 6, 5) == 3) {
    t[4] = 2;
    t[3] = std::uint8_t(field(packed, 7, 7));
  } else {
    t[4] = std::uint8_t(field(packed, 7, 7));
    t[3] = std::uint8_t(field(packed, 6, 5));
  }

  if (field(c, 1, 0) == 3) {
    t[2] = 2;
    t[1] = std::uint8_t(field(c, 4, 4));
    t[0] = std::uint8_t(field(c, 3, 3) << 1 | (field(c, 2, 2) & ~field(c, 3, 3)));
  } else if (field(c, 3, 2) == 3) {
    t[2] = t[1] = 2;
    t[0] = std::uint8_t(field(c, 1, 0));
  } else {
    t[2] = std::uint8_t(field(c, 4, 4));
    t[1] = std::uint8_t(field(c, 3, 2));
    t[0] = std::uint8_t(field(c, 1, 1) << 1 | (field(c, 0, 0) & ~field(c, 1, 1)));
  }
  return t;
}

std::array<std::uint8_t, 3> quints_of(std::uint32_t packed) {
  std::array<std::uint8_t, 3> q{};
  if (field(packed, 2, 1) == 3 && field(packed, 6, 5) == 0) {
    const std::uint32_t low = field(packed, 0, 0);
    q[2] = std::uint8_t(low << 2 | (field(packed, 4, 4) & ~low) << 1 | (field(packed, 3, 3) & ~low));
    q[1] = q[0] = 4;
    return q;
  }
  std::uint32_t c = field(packed, 4, 0);
  if (field(packed, 2, 1) == 3) {
    q[2] = 4;
    c = field(packed, 4, 3) << 3 | (~field(packed, 6, 5) & 3u) << 1 | field(packed, 0, 0);
  } else {
    q[2] = std::uint8_t(field(packed, 6, 5));
  }
  if (field(c, 2, 0) == 5) {
    q[1] = 4;
    q[0] = std::uint8_t(field(c, 4, 3));
  } else {
    q[1] = std::uint8_t(field(c, 4, 3));
    q[0] = std::uint8_t(field(c, 2, 0));
  }
  return q;
}

std::uint32_t pack_trits(const std::array<std::uint8_t, 5>& trits) { return least_packing(trits, 256, trits_of); }

std::uint32_t pack_quints(const std::array<std::uint8_t, 3>& quints) { return least_packing(quints, 128, quints_of); }

void read_sequence(const Bits128& bits, std::uint32_t first, std::uint32_t range_index, std::span<std::uint8_t> values) {
  const AstcRange& range = interop::astc_ranges[range_index];
  if (range.trits != 0) return read_groups(bits, first, range, values, trit_bits_after, 8, trits_of);
  if (range.quints != 0) return read_groups(bits, first, range, values, quint_bits_after, 7, quints_of);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = std::uint8_t(bits.get(first + std::uint32_t(i) * range.bits, range.bits));
}

void write_sequence(std::span<const std::uint8_t> values, std::uint32_t range_index, std::uint32_t first, Bits128& bits) {
  const AstcRange& range = interop::astc_ranges[range_index];
  if (range.trits != 0) return write_groups(values, range, first, bits, trit_bits_after, 8, pack_trits);
  if (range.quints != 0) return write_groups(values, range, first, bits, quint_bits_after, 7, pack_quints);
  for (std::size_t i = 0; i < values.size(); ++i)
    bits.put(first + std::uint32_t(i) * range.bits, range.bits, values[i]);
}

}  // namespace txs::astc
