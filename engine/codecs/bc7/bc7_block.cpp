#include "codecs/bc7/bc7_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <utility>

#include "codecs/bc7/bit_reader.h"
#include "codecs/bc7/decode_tables.h"
#include "core/error.h"
#include "shaders/interop/bc7_tables.h"

namespace txs::bc7 {
namespace {

using interop::Bc7Mode;
using interop::uint;

/// `Block::reserved` for a first byte of 0.
int mode_of(BlockBytes bytes) { return std::countr_zero(std::to_integer<std::uint8_t>(bytes[0])); }

uint endpoint_count(const Bc7Mode& mode) { return 2 * mode.subsets; }

bool has_two_indices(const Bc7Mode& mode) { return mode.secondary_index_bits != 0; }

/// Puts the p-bit, if there is one, below the value and fills the byte's low bits with its high ones (KDFS 20.1).
std::uint8_t widen(uint value, uint bits, bool has_p_bit, uint p_bit) {
  if (has_p_bit) {
    value = value << 1 | p_bit;
    ++bits;
  }
  value <<= 8 - bits;
  return static_cast<std::uint8_t>(value | value >> bits);
}

void read_endpoints(BitReader& bits, const Bc7Mode& mode, Block& block) {
  for (int channel = 0; channel < 4; ++channel) {
    const uint width = channel < 3 ? mode.colour_bits : mode.alpha_bits;
    for (uint e = 0; e < endpoint_count(mode); ++e) {
      block.stored[e][channel] = static_cast<std::uint8_t>(bits.take(width));
    }
  }
  for (uint e = 0; e < endpoint_count(mode); ++e) {
    if (mode.endpoint_p_bits != 0 || (mode.shared_p_bits != 0 && e % 2 == 0)) {
      block.p_bits[e] = static_cast<std::uint8_t>(bits.take(1));
    } else if (mode.shared_p_bits != 0) {
      block.p_bits[e] = block.p_bits[e - 1];
    }
  }
}

void widen_endpoints(const Bc7Mode& mode, Block& block) {
  const bool has_p_bit = mode.endpoint_p_bits + mode.shared_p_bits != 0;
  for (uint e = 0; e < endpoint_count(mode); ++e) {
    Texel& endpoint = block.endpoints[e];
    for (int channel = 0; channel < 3; ++channel) {
      endpoint[channel] = widen(block.stored[e][channel], mode.colour_bits, has_p_bit, block.p_bits[e]);
    }
    endpoint[3] = mode.alpha_bits == 0 ? 255 : widen(block.stored[e][3], mode.alpha_bits, has_p_bit, block.p_bits[e]);
  }
}

void read_indices(BitReader& bits, uint width, uint anchors, std::array<std::uint8_t, block_texels>& index) {
  for (uint t = 0; t < block_texels; ++t) index[t] = static_cast<std::uint8_t>(bits.take(width - (anchors >> t & 1)));
}

/// KDFS 20.1, "BPTC endpoint interpolation formula"; `weight` in 64ths.
std::uint8_t interpolate(uint low, uint high, uint weight) {
  return static_cast<std::uint8_t>(((64 - weight) * low + weight * high + 32) >> 6);
}

uint weight_of(uint bits, uint index) { return interop::bc7_weights[(1u << bits) - 4 + index]; }

/// The bits of the indices that colour and alpha are interpolated by.
struct IndexBits {
  uint colour, alpha;
};

IndexBits index_bits(const Bc7Mode& mode, bool index_selection) {
  if (!has_two_indices(mode)) return {mode.index_bits, mode.index_bits};
  if (index_selection) return {mode.secondary_index_bits, mode.index_bits};
  return {mode.index_bits, mode.secondary_index_bits};
}

/// What a texel with these weights gets from a subset's endpoints, rotation included.
Texel mix(const Block& block, int subset, uint colour_weight, uint alpha_weight) {
  const Texel& low = block.endpoints[2 * subset];
  const Texel& high = block.endpoints[2 * subset + 1];
  Texel texel{interpolate(low[0], high[0], colour_weight), interpolate(low[1], high[1], colour_weight),
              interpolate(low[2], high[2], colour_weight), interpolate(low[3], high[3], alpha_weight)};
  if (block.rotation != 0) std::swap(texel[3], texel[block.rotation - 1]);
  return texel;
}

std::uint8_t colour_index(const Block& block, int texel) {
  return block.index_selection ? block.secondary[texel] : block.index[texel];
}

std::uint8_t alpha_index(const Block& block, const Bc7Mode& mode, int texel) {
  return has_two_indices(mode) && !block.index_selection ? block.secondary[texel] : block.index[texel];
}

}  // namespace

Block parse_block(BlockBytes bytes) {
  Block block;
  block.mode = mode_of(bytes);
  if (block.mode == Block::reserved) return block;

  const Bc7Mode& mode = interop::bc7_modes[block.mode];
  BitReader bits(bytes);
  bits.take(uint(block.mode) + 1);
  block.subsets = int(mode.subsets);
  block.partition = int(bits.take(mode.partition_bits));
  block.rotation = int(bits.take(mode.rotation_bits));
  block.index_selection = bits.take(mode.index_selection_bits) != 0;
  read_endpoints(bits, mode, block);
  widen_endpoints(mode, block);

  const interop::Bc7Partition& texels = partition(mode.subsets, uint(block.partition));
  for (uint t = 0; t < block_texels; ++t) block.subset_of[t] = texels.subsets >> 2 * t & 3;
  read_indices(bits, mode.index_bits, texels.anchors, block.index);
  if (has_two_indices(mode)) read_indices(bits, mode.secondary_index_bits, texels.anchors, block.secondary);
  assert(bits.position() == 128);
  return block;
}

std::array<Texel, block_texels> decode_texels(const Block& block) {
  std::array<Texel, block_texels> texels{};
  if (block.mode == Block::reserved) return texels;

  const Bc7Mode& mode = interop::bc7_modes[block.mode];
  const IndexBits bits = index_bits(mode, block.index_selection);
  for (int t = 0; t < block_texels; ++t) {
    texels[t] = mix(block, block.subset_of[t], weight_of(bits.colour, colour_index(block, t)),
                    weight_of(bits.alpha, alpha_index(block, mode, t)));
  }
  return texels;
}

void decode_block(BlockBytes bytes, std::array<Texel, block_texels>& texels) {
  texels = decode_texels(parse_block(bytes));
}

std::vector<Texel> palette(const Block& block, int subset) {
  if (block.mode == Block::reserved) return {Texel{}};

  const Bc7Mode& mode = interop::bc7_modes[block.mode];
  const IndexBits bits = index_bits(mode, block.index_selection);
  std::vector<Texel> entries;
  for (uint c = 0; c < 1u << bits.colour; ++c) {
    const uint colour_weight = weight_of(bits.colour, c);
    if (!has_two_indices(mode)) {
      entries.push_back(mix(block, subset, colour_weight, colour_weight));
      continue;
    }
    for (uint a = 0; a < 1u << bits.alpha; ++a) {
      entries.push_back(mix(block, subset, colour_weight, weight_of(bits.alpha, a)));
    }
  }
  return entries;
}

std::size_t palette_index(const Block& block, int texel) {
  if (block.mode == Block::reserved) return 0;
  const Bc7Mode& mode = interop::bc7_modes[block.mode];
  if (!has_two_indices(mode)) return block.index[texel];
  const uint alpha_entries = 1u << index_bits(mode, block.index_selection).alpha;
  return colour_index(block, texel) * alpha_entries + alpha_index(block, mode, texel);
}

Rgba8Image decode_image(const codec::EncodedTexture& texture) {
  const std::uint64_t expected = codec::payload_bytes(texture.format, texture.width, texture.height);
  if (texture.blocks.size() != expected) {
    throw Error(Fault::input, fmt::format("BC7 texture of {} x {}: {} bytes of blocks where {} are needed",
                                          texture.width, texture.height, texture.blocks.size(), expected));
  }
  Rgba8Image image;
  image.width = int(texture.width);
  image.height = int(texture.height);
  image.texels.resize(image.pixel_count() * 4);

  const std::byte* bytes = texture.blocks.data();
  std::array<Texel, block_texels> texels;
  for (int y = 0; y < image.height; y += block_side) {
    for (int x = 0; x < image.width; x += block_side, bytes += block_bytes) {
      decode_block(BlockBytes(bytes, block_bytes), texels);
      const int columns = std::min(block_side, image.width - x);
      const int rows = std::min(block_side, image.height - y);
      for (int row = 0; row < rows; ++row) {
        const Texel* from = &texels[std::size_t(row * block_side)];
        std::uint8_t* to = &image.texels[(std::size_t(y + row) * std::size_t(image.width) + std::size_t(x)) * 4];
        std::memcpy(to, from, std::size_t(columns) * sizeof(Texel));
      }
    }
  }
  return image;
}

}  // namespace txs::bc7
