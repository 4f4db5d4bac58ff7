#include "codecs/bc4/bc4_block.h"

#include "block/channel_block.h"
#include "block/half_inspection.h"
#include "block/half_search.h"
#include "block/inspection.h"

namespace txs::bc4 {
namespace {

codec::BlockInspection inspect(std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y, bool is_signed) {
  codec::BlockInspection inspection =
      block::begin_inspection(codec::traits(codec::TextureFormat::bc4_unorm), bytes, *source.picture, x, y,
                              decode_block(bytes, is_signed), 1);
  const auto half = bytes.first<block_bytes>();
  const block::ChannelBlock parsed = block::parse_channel(half, is_signed);
  inspection.mode = parsed.eight ? "8 values" : "6 values";
  inspection.fields = block::channel_fields(half, is_signed, "R", 0, 0);
  inspection.indices.assign(parsed.index.begin(), parsed.index.end());
  inspection.subset_of.assign(parsed.index.size(), 0);
  inspection.subsets = {block::channel_subset(parsed, "red", 0b0001)};
  return inspection;
}

}  // namespace

block::Texels decode_block(std::span<const std::byte> bytes, bool is_signed) {
  const block::ChannelBlock parsed = block::parse_channel(bytes.first<block_bytes>(), is_signed);
  block::Texels texels;
  for (std::size_t t = 0; t < texels.size(); ++t) texels[t] = {parsed.palette[parsed.index[t]], 0, 0, 255};
  return texels;
}

block::Format format(codec::TextureFormat texture_format) {
  const bool is_signed = codec::traits(texture_format).is_signed;
  block::Format format;
  format.name = "BC4";
  format.format = texture_format;
  format.decode_shader = "codecs/bc4/decode.comp";
  format.constants = {is_signed};
  format.decode_block = [is_signed](std::span<const std::byte> bytes) { return decode_block(bytes, is_signed); };
  format.view_shader = "codecs/bc4/maps.comp";
  format.views = {block::values_map("mode", "Values")};
  format.count_bits = block::count_shares({{"endpoints", 16}, {"indices", 48}});
  format.inspect = [is_signed](std::span<const std::byte> bytes, const codec::Source& source, std::uint32_t x,
                               std::uint32_t y) { return inspect(bytes, source, x, y, is_signed); };
  return format;
}

}  // namespace txs::bc4
