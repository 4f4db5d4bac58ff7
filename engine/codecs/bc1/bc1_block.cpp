#include "codecs/bc1/bc1_block.h"

#include "block/colour_block.h"
#include "block/half_inspection.h"
#include "block/inspection.h"

namespace txs::bc1 {
namespace {

using block::ColourBlock;
using block::ColourKind;

ColourBlock parse(std::span<const std::byte> bytes) {
  return block::parse_colours(bytes.first<block_bytes>(), ColourKind::by_order);
}

codec::BlockInspection inspect(std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y) {
  codec::BlockInspection inspection =
      block::begin_inspection(codec::traits(codec::TextureFormat::bc1_unorm), bytes, *source.picture, x, y,
                              decode_block(bytes), 3);
  const ColourBlock parsed = parse(bytes);
  inspection.mode = parsed.three ? "3 colours" : "4 colours";
  inspection.fields = block::colour_fields(bytes.first<block_bytes>(), ColourKind::by_order, 0, 0);
  inspection.indices.assign(parsed.index.begin(), parsed.index.end());
  inspection.subset_of.assign(parsed.index.size(), 0);
  inspection.subsets = {block::colour_subset(parsed)};
  return inspection;
}

}  // namespace

block::Texels decode_block(std::span<const std::byte> bytes) {
  const ColourBlock parsed = parse(bytes);
  block::Texels texels;
  for (std::size_t t = 0; t < texels.size(); ++t) texels[t] = parsed.palette[parsed.index[t]];
  return texels;
}

block::Format format(codec::TextureFormat texture_format) {
  block::Format format;
  format.name = "BC1";
  format.format = texture_format;
  format.decode_shader = "codecs/bc1/decode.comp";
  format.decode_block = decode_block;
  format.view_shader = "codecs/bc1/maps.comp";
  format.views = {block::map_of_blocks("mode", "Colours",
                                       "How many colours each block has, told by the order of its ends; of three, "
                                       "whether some texel is transparent.",
                                       {"4 colours", "3 colours", "3 and transparent"})};
  format.count_bits = block::count_shares({{"endpoints", 32}, {"indices", 32}});
  format.inspect = inspect;
  return format;
}

}  // namespace txs::bc1
