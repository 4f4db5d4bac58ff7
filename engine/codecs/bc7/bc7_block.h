#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/encoded_texture.h"
#include "codec/inspection.h"
#include "image/image.h"

/// BC7 blocks on the CPU, after the Khronos Data Format Specification 1.4 (KDFS), section 20.1: the reference that the
/// GPU decoder is held to, and what the inspector reads a block's fields from.
namespace txs::bc7 {

using codec::Texel;

inline constexpr int block_side = 4;
inline constexpr int block_texels = 16;
inline constexpr std::size_t block_bytes = 16;
inline constexpr int max_subsets = 3;
using BlockBytes = std::span<const std::byte, block_bytes>;

/// The parsed fields of one block. Arrays over endpoints hold both of subset 0, then both of subset 1, ...
struct Block {
  static constexpr int reserved = 8;

  int mode = reserved;  ///< 0..7, or `reserved`: the first byte is 0, no other field means anything
  int subsets = 0;      ///< 1..3; 0 if reserved
  int partition = 0;    ///< 0..63
  int rotation = 0;     ///< 0 none; 1, 2, 3: alpha changes places with R, G, B after interpolation
  bool index_selection = false;  ///< mode 4: colour takes the secondary index, alpha the primary one

  std::array<Texel, 2 * max_subsets> stored{};     ///< endpoint channels as the bits hold them, without p-bits
  std::array<std::uint8_t, 2 * max_subsets> p_bits{};  ///< of each endpoint, shared ones repeated; 0 if there are none
  std::array<Texel, 2 * max_subsets> endpoints{};  ///< widened to 8 bits, before rotation

  std::array<std::uint8_t, block_texels> subset_of{};  ///< of each texel, row-major
  std::array<std::uint8_t, block_texels> index{};      ///< primary
  std::array<std::uint8_t, block_texels> secondary{};  ///< 0 where the mode has none
};

Block parse_block(BlockBytes bytes);

/// The 16 texels, row-major. A reserved block decodes to transparent black.
std::array<Texel, block_texels> decode_texels(const Block& block);
void decode_block(BlockBytes bytes, std::array<Texel, block_texels>& texels);

/// Every colour that subset `subset` can give a texel, low endpoint to high. Where colour and alpha have indices of their
/// own (modes 4 and 5) that is each colour with each alpha, alpha varying fastest.
std::vector<Texel> palette(const Block& block, int subset);
/// Where the palette of its subset has the colour of texel `texel`. 0 if the block is reserved.
std::size_t palette_index(const Block& block, int texel);

/// The fields in the order of their bits; they tile all 128 bits.
std::vector<codec::BitField> bit_fields(BlockBytes bytes);

/// Decodes a whole texture. Throws Error(input) if `texture.blocks` is not as long as its size asks for.
Rgba8Image decode_image(const codec::EncodedTexture& texture);

}  // namespace txs::bc7
