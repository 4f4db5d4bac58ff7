#include "codecs/bc5/bc5_block.h"

#include "block/channel_block.h"
#include "block/half_inspection.h"
#include "block/half_search.h"
#include "block/inspection.h"

namespace txs::bc5 {
namespace {

block::HalfBytes red_half(std::span<const std::byte> bytes) { return bytes.subspan<0, 8>(); }
block::HalfBytes green_half(std::span<const std::byte> bytes) { return bytes.subspan<8, 8>(); }

codec::BlockInspection inspect(std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y, bool is_signed) {
  codec::BlockInspection inspection =
      block::begin_inspection(codec::traits(codec::TextureFormat::bc5_unorm), bytes, *source.picture, x, y,
                              decode_block(bytes, is_signed), 2);
  const block::ChannelBlock reds = block::parse_channel(red_half(bytes), is_signed);
  const block::ChannelBlock greens = block::parse_channel(green_half(bytes), is_signed);
  const auto values = [](const block::ChannelBlock& half) { return half.eight ? "8" : "6"; };
  inspection.mode = std::string(values(reds)) + " reds, " + values(greens) + " greens";
  inspection.indices.assign(reds.index.begin(), reds.index.end());
  inspection.subset_of.assign(reds.index.size(), 0);
  inspection.subsets = {block::channel_subset(reds, "red", 0b0001), block::channel_subset(greens, "green", 0b0010)};
  inspection.fields = block::channel_fields(red_half(bytes), is_signed, "R", 0, 0);
  const auto green_fields = block::channel_fields(green_half(bytes), is_signed, "G", 64, 1);
  inspection.fields.insert(inspection.fields.end(), green_fields.begin(), green_fields.end());
  return inspection;
}

}  // namespace

block::Texels decode_block(std::span<const std::byte> bytes, bool is_signed) {
  const block::ChannelBlock reds = block::parse_channel(red_half(bytes), is_signed);
  const block::ChannelBlock greens = block::parse_channel(green_half(bytes), is_signed);
  block::Texels texels;
  for (std::size_t t = 0; t < texels.size(); ++t)
    texels[t] = {reds.palette[reds.index[t]], greens.palette[greens.index[t]], 0, 255};
  return texels;
}

block::Format format(codec::TextureFormat texture_format) {
  const bool is_signed = codec::traits(texture_format).is_signed;
  block::Format format;
  format.name = "BC5";
  format.format = texture_format;
  format.decode_shader = "codecs/bc5/decode.comp";
  format.constants = {is_signed};
  format.decode_block = [is_signed](std::span<const std::byte> bytes) { return decode_block(bytes, is_signed); };
  format.view_shader = "codecs/bc5/maps.comp";
  format.views = {block::values_map("mode", "Values of red"), block::values_map("mode-green", "Values of green")};
  format.count_bits = block::count_shares(
      {{"red endpoints", 16}, {"red indices", 48}, {"green endpoints", 16}, {"green indices", 48}});
  format.inspect = [is_signed](std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y) { return inspect(bytes, source, x, y, is_signed); };
  return format;
}

}  // namespace txs::bc5
