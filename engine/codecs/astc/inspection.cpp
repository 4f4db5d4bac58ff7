#include "codecs/astc/inspection.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

#include "block/inspection.h"
#include "codecs/astc/format.h"
#include "codecs/astc/quantisation.h"
#include "core/half.h"
#include "shaders/interop/astc_search.h"

namespace txs::astc {
namespace {

using codec::BitField;
using codec::Colour;

Colour colour_of(const Rgba& c) {
  return {float(c[0]) / 255, float(c[1]) / 255, float(c[2]) / 255, float(c[3]) / 255};
}

/// The colours that the weights of a range can give between two ends.
codec::Subset subset_of(const Block& block, const std::optional<Endpoints>& ends) {
  const Rgba error{error_colour[0], error_colour[1], error_colour[2], error_colour[3]};
  codec::Subset subset;
  subset.low = colour_of(ends ? ends->low : error);
  subset.high = colour_of(ends ? ends->high : error);
  for (const std::uint8_t weight : rising_weights(block.grid.range)) {
    Colour entry;
    for (std::size_t c = 0; c < 4; ++c)
      entry[c] = subset.low[c] + (subset.high[c] - subset.low[c]) * float(weight) / 64;
    subset.palette.push_back(entry);
  }
  return subset;
}

std::string letters_of(std::uint32_t channels) {
  std::string letters;
  for (std::size_t c = 0; c < 4; ++c)
    if ((channels >> c & 1) != 0) letters += "RGBA"[c];
  return letters;
}

/// The weights of the texels of one partition.
std::vector<std::uint8_t> only_of(const std::vector<std::uint8_t>& weights, const std::vector<std::uint8_t>& partition_of,
                                  std::uint32_t partition) {
  std::vector<std::uint8_t> own(weights.size(), codec::Subset::no_index);
  for (std::size_t t = 0; t < own.size(); ++t)
    if (partition_of[t] == partition) own[t] = weights[t];
  return own;
}

/// Goes on where the field before ended.
class Fields {
 public:
  explicit Fields(const Bits128& bits) : bits_(bits) {}
  void add(std::string name, std::uint32_t count, std::string meaning) {
    for (std::uint32_t part = 0; count > 0; ++part) {  // a field's value has 64 bits
      const std::uint32_t taken = std::min(count, 64u);
      std::uint64_t value = bits_.get(at_, std::min(taken, 32u));
      if (taken > 32) value |= std::uint64_t(bits_.get(at_ + 32, taken - 32)) << 32;
      fields_.push_back({part == 0 ? name : name + " (more)", at_, taken, value, meaning});
      at_ += taken;
      count -= taken;
    }
  }
  void add_up_to(std::string name, std::uint32_t end, std::string meaning) {
    if (end > at_) add(std::move(name), end - at_, std::move(meaning));
  }
  std::vector<BitField> take() { return std::move(fields_); }

 private:
  const Bits128& bits_;
  std::uint32_t at_ = 0;
  std::vector<BitField> fields_;
};

std::string mode_text(const Block& block) {
  return fmt::format("{}x{} weights of {} levels{}", block.grid.width, block.grid.height,
                     interop::astc_ranges[block.grid.range].levels, block.grid.dual_plane ? ", two planes" : "");
}

std::string modes_text(const Block& block) {
  std::string text = endpoint_mode_name(block.modes[0]);
  for (std::uint32_t p = 1; p < block.partitions; ++p)
    if (block.modes[p] != block.modes[p - 1]) text += fmt::format("; {}", endpoint_mode_name(block.modes[p]));
  return text;
}

void add_void_extent(Fields& fields, const Block& block) {
  fields.add("void extent", 9, "one colour");
  fields.add("dynamic range", 1, block.colour_is_light ? "HDR" : "LDR");
  fields.add("reserved", 2, "");
  for (const char* name : {"least s", "most s", "least t", "most t"}) fields.add(name, 13, "");
  for (std::size_t c = 0; c < 4; ++c)
    fields.add(std::string(1, "RGBA"[c]), 16,
               block.colour_is_light ? fmt::format("{:.6g}", half_to_float(block.colour[c]))
                                     : fmt::format("{} of 255", block.colour[c] >> 8));
}

}  // namespace

std::vector<BitField> bit_fields(BlockBytes bytes, const Block& block) {
  const Bits128 bits(bytes);
  Fields fields(bits);
  switch (block.kind) {
    case Block::Kind::error: fields.add_up_to("illegal", 128, std::string(block.why)); break;
    case Block::Kind::void_extent: add_void_extent(fields, block); break;
    case Block::Kind::lines: {
      fields.add("block mode", 11, mode_text(block));
      fields.add("partitions", 2, std::to_string(block.partitions));
      if (block.partitions > 1) fields.add("partition seed", 10, std::to_string(block.seed));
      fields.add_up_to("endpoint modes", block.first_colour_bit, modes_text(block));
      const std::uint32_t weights_at = 128 - block.grid.bits();
      fields.add("endpoints", block.colour_bits,
                 fmt::format("{} integers below {}", block.colours.size(), interop::astc_ranges[block.colour_range].levels));
      fields.add_up_to("unused", block.first_extra_bit, "");
      fields.add_up_to("second plane, modes", weights_at,
                       block.grid.dual_plane ? fmt::format("second plane: {}", "RGBA"[block.second_plane_channel]) : "");
      fields.add("weights", block.grid.bits(), "from the top down");
    }
  }
  return fields.take();
}

void describe(codec::BlockInspection& inspection, BlockBytes bytes, const Block& block, const Footprint& footprint) {
  inspection.fields = bit_fields(bytes, block);
  inspection.subset_of.assign(footprint.texels(), 0);
  inspection.indices.assign(footprint.texels(), 0);
  if (block.kind == Block::Kind::error) inspection.mode = fmt::format("illegal: {}", block.why);
  if (block.kind == Block::Kind::void_extent) inspection.mode = "one colour";
  if (block.kind != Block::Kind::lines) return;

  inspection.mode = fmt::format("{} line{}, {}", block.partitions, block.partitions > 1 ? "s" : "", mode_text(block));
  for (std::uint32_t t = 0; t < footprint.texels(); ++t)
    inspection.subset_of[t] = std::uint8_t(interop::astc_partition_of(
        block.seed, t % footprint.width, t / footprint.width, block.partitions, footprint.texels()));
  inspection.indices = texel_weights(block, footprint).first;
  inspection.weight_steps = 64;
}

void add_lines(codec::BlockInspection& inspection, const Block& block, const Footprint& footprint,
               const std::function<codec::Subset(const std::optional<Endpoints>& ends)>& line_between) {
  const bool alpha = std::any_of(block.modes.begin(), block.modes.begin() + block.partitions, has_alpha);
  const std::uint32_t apart = block.grid.dual_plane ? 1u << block.second_plane_channel : 0;
  const std::uint32_t together = (alpha ? 0b1111u : 0b0111u) & ~apart;
  const auto add = [&](std::uint32_t partition, std::uint32_t channels) {
    codec::Subset& line = inspection.subsets.emplace_back(line_between(endpoints_of(block)[partition]));
    line.channels = channels;
    if (apart == 0) return;
    line.name = letters_of(channels);
    if (block.partitions > 1) line.name = fmt::format("subset {}, {}", partition, line.name);
    if (channels == apart)
      line.indices = only_of(texel_weights(block, footprint).second, inspection.subset_of, partition);
  };
  for (std::uint32_t p = 0; p < block.partitions; ++p) add(p, together);
  for (std::uint32_t p = 0; apart != 0 && p < block.partitions; ++p) add(p, apart);
}

void add_gains(codec::BlockInspection& inspection, std::span<const std::byte> record) {
  interop::AstcRecord errors;
  std::memcpy(&errors, record.data(), sizeof errors);
  inspection.gains = {{"first bits", double(errors.initial_error)}, {"search", double(errors.error)}};
}

codec::BlockInspection inspect(BlockBytes bytes, codec::TextureFormat format, const Rgba8Image& picture, std::uint32_t x,
                               std::uint32_t y) {
  const Footprint footprint = footprint_of(format);
  const bool srgb = codec::traits(format).srgb;
  const Block block = parse_block(bytes, footprint);
  codec::BlockInspection inspection =
      block::begin_inspection(codec::traits(format), bytes, picture, x, y, decode_texels(block, footprint, srgb), 3);
  describe(inspection, bytes, block, footprint);
  if (block.kind != Block::Kind::lines) return inspection;
  add_lines(inspection, block, footprint, [&](const auto& ends) { return subset_of(block, ends); });
  return inspection;
}

}  // namespace txs::astc
