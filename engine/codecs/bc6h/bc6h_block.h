#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/encoded_texture.h"
#include "codec/inspection.h"
#include "image/image.h"

/// BC6H blocks on the CPU, after the Khronos Data Format Specification 1.4 (KDFS), section 20.2: the reference that the
/// GPU decoder is held to, and what the inspector reads a block's fields from.
namespace txs::bc6h {

inline constexpr int block_texels = 16;
inline constexpr std::size_t block_bytes = 16;
using BlockBytes = std::span<const std::byte, block_bytes>;

/// R, G, B.
using Integers = std::array<int, 3>;
using Halves = std::array<std::uint16_t, 3>;

/// The parsed fields of one block.
struct Block {
  std::uint32_t row = 0;        ///< of bc6h_tables.h; bc6h_reserved: no other field means anything
  bool is_signed = false;       ///< read as BC6H_SFLOAT
  int subsets = 0;              ///< 1 or 2; 0 if reserved
  int partition = 0;            ///< 0..31
  std::array<Integers, 4> stored{};     ///< as the bits hold them: endpoint 0 and, if transformed, differences to it
  std::array<Integers, 4> quantised{};  ///< endpoints in the mode's bits: 0 and 1 of subset 0, 2 and 3 of subset 1
  std::array<Integers, 4> endpoints{};  ///< widened to 16 bits: what is interpolated
  std::array<std::uint8_t, block_texels> subset_of{};  ///< of each texel, row-major
  std::array<std::uint8_t, block_texels> index{};
};

Block parse_block(BlockBytes bytes, bool is_signed);

/// The bits of a block of these fields: row, partition, `stored` and indices (whose anchors have a top bit of 0).
std::array<std::byte, block_bytes> pack_block(const Block& block);

/// The 16 texels as binary16 bits, row-major. A reserved block decodes to 0. What decodes from a signed block may be
/// minus infinity (0xFC00), which encoders never write.
std::array<Halves, block_texels> decode_texels(const Block& block);

/// Every colour that subset `subset` can give a texel, from its first endpoint to its second. Empty if reserved.
std::vector<Halves> palette(const Block& block, int subset);

/// The fields in the order of their bits; they tile all 128 bits.
std::vector<codec::BitField> bit_fields(BlockBytes bytes, bool is_signed);

/// "mode 6", or "reserved".
std::string mode_name(std::uint32_t row);

/// Decodes a whole texture; alpha is 1. Throws Error(input) if `texture.blocks` is not as long as its size asks for.
Rgba16fImage decode_image(const codec::EncodedTexture& texture);

}  // namespace txs::bc6h
