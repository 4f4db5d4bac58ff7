#include "codecs/bc6h/format.h"

#include "block/inspection.h"
#include "block/whole_texture.h"
#include "codecs/bc6h/bc6h_block.h"
#include "codecs/bc6h/bc6h_tables.h"
#include "core/half.h"
#include "image/tone_map.h"

namespace txs::bc6h {
namespace {

using codec::Colour;

constexpr std::uint16_t half_one = 0x3C00;

Colour light_of(const Halves& halves) {
  return {half_to_float(halves[0]), half_to_float(halves[1]), half_to_float(halves[2]), 1};
}

codec::Texel shown(const Halves& halves, const Exposure& exposure) {
  const auto bytes = to_rgba8(Rgba16fImage{1, 1, {halves[0], halves[1], halves[2], half_one}}, exposure).texels;
  return {bytes[0], bytes[1], bytes[2], bytes[3]};
}

codec::Subset subset_of(const Block& block, int number) {
  codec::Subset subset;
  for (const Halves& entry : palette(block, number)) subset.palette.push_back(light_of(entry));
  subset.low = subset.palette.front();
  subset.high = subset.palette.back();
  return subset;
}

codec::BlockInspection inspect(std::span<const std::byte> bytes, bool is_signed, const codec::Source& source,
                               std::uint32_t x, std::uint32_t y) {
  const BlockBytes bits(bytes);
  const Block block = parse_block(bits, is_signed);
  const auto decoded = decode_texels(block);
  std::vector<codec::Texel> decoded_shown;
  for (const Halves& texel : decoded) decoded_shown.push_back(shown(texel, source.exposure));
  codec::BlockInspection inspection = block::begin_inspection(codec::traits(codec::TextureFormat::bc6h_ufloat), bits,
                                                              *source.picture, x, y, decoded_shown, 3);
  for (const auto& texel : block::texels_of(*source.light, x, y))
    inspection.original_light.push_back(light_of({texel[0], texel[1], texel[2]}));
  for (const Halves& texel : decoded) inspection.decoded_light.push_back(light_of(texel));
  inspection.mode = mode_name(block.row);
  inspection.fields = bit_fields(bits, is_signed);
  inspection.indices.assign(block.index.begin(), block.index.end());
  inspection.subset_of.assign(block.subset_of.begin(), block.subset_of.end());
  for (int s = 0; s < block.subsets; ++s) inspection.subsets.push_back(subset_of(block, s));
  return inspection;
}

std::vector<codec::BitPart> count_bits(std::span<const std::byte> blocks) {
  enum { mode, partition, endpoints, indices, unused, parts };
  std::array<std::uint64_t, parts> bits{};
  for (; !blocks.empty(); blocks = blocks.subspan(block_bytes)) {
    const std::uint32_t row = tables.rows[std::to_integer<std::uint32_t>(blocks[0]) & 31];
    const interop::Bc6hMode& shape = tables.modes[row];
    if (row == interop::bc6h_reserved) {
      bits[mode] += 5;
      bits[unused] += 8 * block_bytes - 5;
      continue;
    }
    const std::uint32_t mode_bits = shape.number < 2 ? 2 : 5, partition_bits = shape.subsets == 2 ? 5 : 0;
    const std::uint32_t index_bits = block_texels * shape.index_bits - shape.subsets;
    bits[mode] += mode_bits;
    bits[partition] += partition_bits;
    bits[indices] += index_bits;
    bits[endpoints] += 8 * block_bytes - mode_bits - partition_bits - index_bits;
  }
  return {{"mode", bits[mode]}, {"partition", bits[partition]}, {"endpoints", bits[endpoints]},
          {"indices", bits[indices]}, {"unused", bits[unused]}};
}

/// As legends draw it: two bits a texel.
std::uint32_t pattern_of(std::uint32_t partition) {
  std::uint32_t pattern = 0;
  for (std::uint32_t t = 0; t < block_texels; ++t) pattern |= (partition_of(2, partition).subsets >> t & 1) << 2 * t;
  return pattern;
}

std::vector<codec::View> maps() {
  std::vector<std::string> modes, partitions;
  std::vector<std::uint32_t> patterns;
  for (std::uint32_t row = 0; row <= interop::bc6h_reserved; ++row) modes.push_back(mode_name(row));
  for (std::uint32_t p = 0; p < interop::bc6h_partitions; ++p) {
    partitions.push_back(std::to_string(p));
    patterns.push_back(pattern_of(p));
  }
  codec::View partition = block::map_of_blocks(
      "partition", "Partition", "Which texels are of the second line. Blocks of one line have none.",
      std::move(partitions));
  partition.patterns = std::move(patterns);
  return {block::map_of_blocks("mode", "Mode",
                               "The block mode by its number in the bits: 3, 7, 11 and 15 have one line of sixteen "
                               "colours, the others two of eight.",
                               std::move(modes)),
          std::move(partition)};
}

}  // namespace

block::Format format(codec::TextureFormat texture_format) {
  const bool is_signed = codec::traits(texture_format).is_signed;
  block::Format format;
  format.name = "BC6H";
  format.format = texture_format;
  format.decode_shader = "codecs/bc6h/decode.comp";
  format.constants = {is_signed};
  format.tables = std::as_bytes(std::span(&tables, 1));
  format.view_shader = "codecs/bc6h/maps.comp";
  format.views = maps();
  format.count_bits = count_bits;
  format.inspect = [is_signed](std::span<const std::byte> bits, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y) { return inspect(bits, is_signed, source, x, y); };
  return format;
}

}  // namespace txs::bc6h
