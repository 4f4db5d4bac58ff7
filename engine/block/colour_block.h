#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/inspection.h"

namespace txs::block {

/// Colour halves of BC1 and BC3 on the CPU (Khronos Data Format Specification 1.4, section 18): the reference that the
/// kernels are held to. Entries between the ends are the ideal ones, rounded to 8 bits; decoders differ by one of 255.
enum class ColourKind {
  by_order,  ///< BC1: four colours if the first end is the larger one as a number, else three and transparent black
  four,      ///< BC3: always four
};

struct ColourBlock {
  std::array<std::uint16_t, 2> stored{};  ///< 5:6:5, red highest
  bool three = false;                     ///< entry 3 is transparent black
  std::array<codec::Texel, 4> palette{};
  std::array<std::uint8_t, 16> index{};   ///< row-major
};

using HalfBytes = std::span<const std::byte, 8>;
ColourBlock parse_colours(HalfBytes bytes, ColourKind kind);

/// In the order of their bits, which begin at `first_bit` of the block; they tile all 64. Ends are those of `subset`.
std::vector<codec::BitField> colour_fields(HalfBytes bytes, ColourKind kind, std::uint32_t first_bit, int subset);
/// The palette is in the order of the indices: the ends first.
codec::Subset colour_subset(const ColourBlock& block);

}  // namespace txs::block
