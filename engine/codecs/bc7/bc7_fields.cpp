#include <fmt/format.h>

#include <utility>

#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/bit_reader.h"
#include "codecs/bc7/decode_tables.h"
#include "shaders/interop/bc7_tables.h"

namespace txs::bc7 {
namespace {

using codec::BitField;
using interop::Bc7Mode;
using interop::uint;

/// Names fields one after another from bit 0 on; a field of no bits is left out.
class FieldList {
 public:
  explicit FieldList(BlockBytes bytes) : bits_(bytes) {}

  void add(std::string name, uint count, std::string meaning, int endpoint = -1) {
    if (count == 0) return;
    const uint first = bits_.position();
    fields_.push_back({std::move(name), first, count, bits_.take(count), std::move(meaning), endpoint});
  }
  BitField& last() { return fields_.back(); }

  std::vector<BitField> take() { return std::move(fields_); }

 private:
  BitReader bits_;
  std::vector<BitField> fields_;
};

std::string rotation_meaning(int rotation) {
  constexpr const char* meanings[] = {"no channels swapped", "alpha and red swapped", "alpha and green swapped",
                                      "alpha and blue swapped"};
  return meanings[rotation];
}

void add_endpoints(FieldList& fields, const Bc7Mode& mode, const Block& block) {
  for (uint channel = 0; channel < 4; ++channel) {
    const uint width = channel < 3 ? mode.colour_bits : mode.alpha_bits;
    for (uint e = 0; e < 2 * mode.subsets; ++e) {
      // Where alpha has indices of its own it is the second line.
      const uint line = channel == 3 && mode.secondary_index_bits != 0 ? 2 : 0;
      fields.add(fmt::format("{}{}", "RGBA"[channel], e), width, fmt::format("{} of 255", block.endpoints[e][channel]),
                 int(line + e));
    }
  }
}

void add_p_bits(FieldList& fields, const Bc7Mode& mode) {
  for (uint e = 0; e < 2 * mode.subsets; ++e) {
    fields.add(fmt::format("P{}", e), mode.endpoint_p_bits, fmt::format("low bit of endpoint {}'s channels", e), int(e));
  }
  for (uint s = 0; s < mode.subsets; ++s) {
    fields.add(fmt::format("P{}", s), mode.shared_p_bits, fmt::format("low bit of both endpoints of subset {}", s));
  }
}

void add_indices(FieldList& fields, std::string name, uint width, uint subsets, const Block& block) {
  if (width == 0) return;
  const char* anchors = subsets == 1 ? "texel 0" : "each subset's anchor";
  fields.add(std::move(name), block_texels * width - subsets,
             fmt::format("{} bits a texel, {} at {}", width, width - 1, anchors));
  const uint anchored = partition(subsets, uint(block.partition)).anchors;
  for (uint t = 0; t < block_texels; ++t)
    fields.last().texel_of_bit.insert(fields.last().texel_of_bit.end(), width - (anchored >> t & 1), std::uint8_t(t));
}

}  // namespace

std::vector<BitField> bit_fields(BlockBytes bytes) {
  const Block block = parse_block(bytes);
  FieldList fields(bytes);
  if (block.mode == Block::reserved) {
    fields.add("mode", 8, "reserved: transparent black");
    fields.add("unused", 56, "");
    fields.add("unused", 64, "");
    return fields.take();
  }

  const Bc7Mode& mode = interop::bc7_modes[block.mode];
  fields.add("mode", uint(block.mode) + 1, fmt::format("mode {}", block.mode));
  fields.add("partition", mode.partition_bits, fmt::format("{} of {}", block.partition, 1u << mode.partition_bits));
  fields.add("rotation", mode.rotation_bits, rotation_meaning(block.rotation));
  fields.add("index selection", mode.index_selection_bits,
             block.index_selection ? "colour by secondary indices" : "colour by primary indices");
  add_endpoints(fields, mode, block);
  add_p_bits(fields, mode);
  add_indices(fields, "indices", mode.index_bits, mode.subsets, block);
  add_indices(fields, "secondary indices", mode.secondary_index_bits, mode.subsets, block);
  return fields.take();
}

}  // namespace txs::bc7
