#include "codecs/bc6h/bc6h_block.h"

#include <fmt/format.h>

#include <cassert>

#include "block/whole_texture.h"
#include "codecs/bc6h/bc6h_tables.h"
#include "codecs/bc6h/bits.h"

namespace txs::bc6h {
namespace {

using interop::Bc6hMode;
using interop::uint;

/// The lowest `bits` of `value` as a two's complement number.
int sign_extended(int value, uint bits) {
  const int sign = 1 << (bits - 1);
  return ((value & (2 * sign - 1)) ^ sign) - sign;
}

/// KDFS 20.2: the stored endpoints with signs, and what is meant by them.
void complete_endpoints(const Bc6hMode& mode, Block& block) {
  const uint bits = mode.endpoint_bits;
  for (uint e = 0; e < 2 * mode.subsets; ++e) {
    for (uint c = 0; c < 3; ++c) {
      int& stored = block.stored[e][c];
      int& quantised = block.quantised[e][c];
      const bool is_delta = e > 0 && mode.transformed != 0;
      if (block.is_signed || is_delta) stored = sign_extended(stored, e == 0 ? bits : mode.delta_bits[c]);
      quantised = is_delta ? (block.stored[0][c] + stored) & ((1 << bits) - 1) : stored;
      if (block.is_signed) quantised = sign_extended(quantised, bits);
    }
  }
}

/// KDFS 20.2: from the mode's bits to 16, so that the ends of the range stay its ends.
int unquantise_unsigned(int value, uint bits) {
  if (bits >= 15 || value == 0) return value;
  if (value == (1 << bits) - 1) return 0xFFFF;
  return ((value << 15) + 0x4000) >> (bits - 1);
}

int unquantise_signed(int value, uint bits) {
  if (bits >= 16) return value;
  const int magnitude = value < 0 ? -value : value;
  int widened = ((magnitude << 15) + 0x4000) >> (bits - 1);
  if (magnitude == 0) widened = 0;
  if (magnitude >= (1 << (bits - 1)) - 1) widened = 0x7FFF;
  return value < 0 ? -widened : widened;
}

/// KDFS 20.2: 16 bits to those of a half, so that 0xFFFF (0x7FFF signed) becomes 65504.
std::uint16_t finish(int value, bool is_signed) {
  if (!is_signed) return std::uint16_t((value * 31) >> 6);
  return std::uint16_t(value < 0 ? ((-value * 31) >> 5) | 0x8000 : (value * 31) >> 5);
}

Halves mix(const Block& block, int subset, uint weight) {
  Halves texel;
  for (std::size_t c = 0; c < 3; ++c) {
    const int low = block.endpoints[2 * subset][c], high = block.endpoints[2 * subset + 1][c];
    texel[c] = finish(((64 - int(weight)) * low + int(weight) * high + 32) >> 6, block.is_signed);
  }
  return texel;
}

const uint* weights_of(const Bc6hMode& mode) { return tables.weights + (mode.index_bits == 3 ? 0 : 8); }

}  // namespace

Block parse_block(BlockBytes bytes, bool is_signed) {
  BitReader bits(bytes);
  Block block;
  block.is_signed = is_signed;
  block.row = tables.rows[std::to_integer<uint>(bytes[0]) & 31];
  if (block.row == interop::bc6h_reserved) return block;

  const Bc6hMode& mode = tables.modes[block.row];
  block.subsets = int(mode.subsets);
  for (uint i = 0; i < mode.run_count; ++i) {
    const uint run = mode.runs[i], variable = interop::bc6h_run_variable(run);
    const int value = int(bits.take(interop::bc6h_run_count(run)) << interop::bc6h_run_lowest(run));
    if (variable == interop::bc6h_partition_variable) block.partition |= value;
    if (variable < 12) block.stored[variable / 3][variable % 3] |= value;
  }
  complete_endpoints(mode, block);
  for (uint e = 0; e < 2 * mode.subsets; ++e)
    for (uint c = 0; c < 3; ++c)
      block.endpoints[e][c] = is_signed ? unquantise_signed(block.quantised[e][c], mode.endpoint_bits)
                                        : unquantise_unsigned(block.quantised[e][c], mode.endpoint_bits);

  const interop::Bc6hPartition& partition = partition_of(mode.subsets, uint(block.partition));
  for (uint t = 0; t < block_texels; ++t) {
    block.subset_of[t] = partition.subsets >> t & 1;
    block.index[t] = std::uint8_t(bits.take(mode.index_bits - (partition.anchors >> t & 1)));
  }
  assert(bits.position() == 128);
  return block;
}

std::array<std::byte, block_bytes> pack_block(const Block& block) {
  const Bc6hMode& mode = tables.modes[block.row];
  BitWriter bits;
  for (uint i = 0; i < mode.run_count; ++i) {
    const uint run = mode.runs[i], variable = interop::bc6h_run_variable(run);
    const uint value = variable == interop::bc6h_number_variable      ? mode.number
                       : variable == interop::bc6h_partition_variable ? uint(block.partition)
                                                                      : uint(block.stored[variable / 3][variable % 3]);
    bits.put(value >> interop::bc6h_run_lowest(run), interop::bc6h_run_count(run));
  }
  const interop::Bc6hPartition& partition = partition_of(mode.subsets, uint(block.partition));
  for (uint t = 0; t < block_texels; ++t) bits.put(block.index[t], mode.index_bits - (partition.anchors >> t & 1));
  return bits.bytes();
}

std::array<Halves, block_texels> decode_texels(const Block& block) {
  std::array<Halves, block_texels> texels{};
  if (block.row == interop::bc6h_reserved) return texels;
  const uint* weights = weights_of(tables.modes[block.row]);
  for (std::size_t t = 0; t < block_texels; ++t) texels[t] = mix(block, block.subset_of[t], weights[block.index[t]]);
  return texels;
}

std::vector<Halves> palette(const Block& block, int subset) {
  std::vector<Halves> entries;
  if (block.row == interop::bc6h_reserved) return entries;
  const Bc6hMode& mode = tables.modes[block.row];
  for (uint i = 0; i < 1u << mode.index_bits; ++i) entries.push_back(mix(block, subset, weights_of(mode)[i]));
  return entries;
}

std::string mode_name(std::uint32_t row) {
  return row == interop::bc6h_reserved ? "reserved" : fmt::format("mode {}", tables.modes[row].number);
}

Rgba16fImage decode_image(const codec::EncodedTexture& texture) {
  const bool is_signed = codec::traits(texture.format).is_signed;
  return block::decode_texture<Rgba16fImage>(texture, [is_signed](std::span<const std::byte> bytes) {
    constexpr std::uint16_t one = 0x3C00;
    const auto texels = decode_texels(parse_block(BlockBytes(bytes), is_signed));
    block::HalfTexels with_alpha;
    for (std::size_t t = 0; t < block_texels; ++t) with_alpha[t] = {texels[t][0], texels[t][1], texels[t][2], one};
    return with_alpha;
  });
}

}  // namespace txs::bc6h
