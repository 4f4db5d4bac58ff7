#include "codecs/bc3/bc3_block.h"

#include "block/channel_block.h"
#include "block/colour_block.h"
#include "block/half_inspection.h"
#include "block/half_search.h"
#include "block/inspection.h"

namespace txs::bc3 {
namespace {

using block::ColourKind;

block::HalfBytes alpha_half(std::span<const std::byte> bytes) { return bytes.subspan<0, 8>(); }
block::HalfBytes colour_half(std::span<const std::byte> bytes) { return bytes.subspan<8, 8>(); }

codec::BlockInspection inspect(std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y) {
  codec::BlockInspection inspection =
      block::begin_inspection(codec::traits(codec::TextureFormat::bc3_unorm), bytes, *source.picture, x, y,
                              decode_block(bytes), 3);
  const block::ColourBlock colours = block::parse_colours(colour_half(bytes), ColourKind::four);
  const block::ChannelBlock alphas = block::parse_channel(alpha_half(bytes), false);
  inspection.mode = alphas.eight ? "4 colours, 8 alphas" : "4 colours, 6 alphas";
  inspection.indices.assign(colours.index.begin(), colours.index.end());
  inspection.subset_of.assign(colours.index.size(), 0);
  inspection.subsets = {block::colour_subset(colours), block::channel_subset(alphas, "alpha", 0b1000)};
  inspection.subsets.front().name = "colour";
  inspection.subsets.front().channels = 0b0111;
  inspection.fields = block::channel_fields(alpha_half(bytes), false, "A", 0, 1);
  const auto colour_fields = block::colour_fields(colour_half(bytes), ColourKind::four, 64, 0);
  inspection.fields.insert(inspection.fields.end(), colour_fields.begin(), colour_fields.end());
  return inspection;
}

}  // namespace

block::Texels decode_block(std::span<const std::byte> bytes) {
  const block::ColourBlock colours = block::parse_colours(colour_half(bytes), ColourKind::four);
  const block::ChannelBlock alphas = block::parse_channel(alpha_half(bytes), false);
  block::Texels texels;
  for (std::size_t t = 0; t < texels.size(); ++t) {
    texels[t] = colours.palette[colours.index[t]];
    texels[t][3] = alphas.palette[alphas.index[t]];
  }
  return texels;
}

block::Format format(codec::TextureFormat texture_format) {
  block::Format format;
  format.name = "BC3";
  format.format = texture_format;
  format.decode_shader = "codecs/bc3/decode.comp";
  format.decode_block = decode_block;
  format.view_shader = "codecs/bc3/maps.comp";
  format.views = {block::values_map("mode", "Values of alpha")};
  format.count_bits = block::count_shares(
      {{"alpha endpoints", 16}, {"alpha indices", 48}, {"colour endpoints", 32}, {"colour indices", 32}});
  format.inspect = inspect;
  return format;
}

}  // namespace txs::bc3
