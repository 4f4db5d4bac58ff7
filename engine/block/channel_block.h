#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "block/colour_block.h"
#include "codec/inspection.h"

namespace txs::block {

/// A channel's half of BC3, BC4 and BC5 on the CPU (Khronos Data Format Specification 1.4, section 19): the reference
/// that the kernels are held to. Values are the ideal ones in the 8 bits of the source, rounded once: of snorm, where n
/// stands for s = n / 127, that is round((s * 0.5 + 0.5) * 255). Decoders differ by up to two of 255.
struct ChannelBlock {
  std::array<int, 2> stored{};             ///< 0..255, of snorm -128..127
  bool eight = false;                      ///< the first end is the larger: eight values, else six and the extremes
  std::array<std::uint8_t, 8> palette{};
  std::array<std::uint8_t, 16> index{};    ///< row-major
};

ChannelBlock parse_channel(HalfBytes bytes, bool is_signed);

/// In the order of their bits, which begin at `first_bit` of the block; they tile all 64. `name` goes before the ends'
/// numbers, which are those of `subset`.
std::vector<codec::BitField> channel_fields(HalfBytes bytes, bool is_signed, const std::string& name,
                                            std::uint32_t first_bit, int subset);
/// A line in the channels that the mask names (bit 0 red, ...), 0 in others.
codec::Subset channel_subset(const ChannelBlock& block, const std::string& name, std::uint32_t channels);

}  // namespace txs::block
