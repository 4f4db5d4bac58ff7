#include <fmt/format.h>

#include <utility>

#include "codecs/bc6h/bc6h_block.h"
#include "codecs/bc6h/bc6h_tables.h"
#include "codecs/bc6h/bits.h"

namespace txs::bc6h {
namespace {

using codec::BitField;
using interop::Bc6hMode;
using interop::uint;

/// Names fields one after another from bit 0 on.
class FieldList {
 public:
  explicit FieldList(BlockBytes bytes) : bits_(bytes) {}

  void add(std::string name, uint count, std::string meaning, int endpoint = -1) {
    const uint first = bits_.position();
    const std::uint64_t low = bits_.take(count < 32 ? count : 32);
    const std::uint64_t high = bits_.take(count < 32 ? 0 : count - 32);
    fields_.push_back({std::move(name), first, count, low | high << 32, std::move(meaning), endpoint});
  }
  BitField& last() { return fields_.back(); }

  std::vector<BitField> take() { return std::move(fields_); }

 private:
  BitReader bits_;
  std::vector<BitField> fields_;
};

/// "R2", or "R2[9:4]" where the variable's bits lie apart.
std::string run_name(uint run, uint variable_bits) {
  const std::string name = fmt::format("{}{}", "RGB"[interop::bc6h_run_variable(run) % 3],
                                       interop::bc6h_run_variable(run) / 3);
  const uint lowest = interop::bc6h_run_lowest(run), count = interop::bc6h_run_count(run);
  if (count == variable_bits) return name;
  return count == 1 ? fmt::format("{}[{}]", name, lowest) : fmt::format("{}[{}:{}]", name, lowest + count - 1, lowest);
}

std::string endpoint_meaning(const Bc6hMode& mode, const Block& block, uint endpoint, uint channel) {
  const int stored = block.stored[endpoint][channel], quantised = block.quantised[endpoint][channel];
  if (endpoint == 0 || mode.transformed == 0) return fmt::format("{} of {} bits", quantised, mode.endpoint_bits);
  return fmt::format("{:+}: {} of {} bits", stored, quantised, mode.endpoint_bits);
}

void add_run(FieldList& fields, const Bc6hMode& mode, const Block& block, uint run) {
  const uint variable = interop::bc6h_run_variable(run), count = interop::bc6h_run_count(run);
  if (variable == interop::bc6h_number_variable) return fields.add("mode", count, mode_name(block.row));
  if (variable == interop::bc6h_partition_variable)
    return fields.add("partition", count, fmt::format("{} of {}", block.partition, interop::bc6h_partitions));
  const uint endpoint = variable / 3, channel = variable % 3;
  fields.add(run_name(run, endpoint == 0 ? mode.endpoint_bits : mode.delta_bits[channel]), count,
             endpoint_meaning(mode, block, endpoint, channel), int(endpoint));
}

}  // namespace

std::vector<BitField> bit_fields(BlockBytes bytes, bool is_signed) {
  const Block block = parse_block(bytes, is_signed);
  FieldList fields(bytes);
  if (block.row == interop::bc6h_reserved) {
    fields.add("mode", 5, "reserved: black");
    fields.add("unused", 59, "");
    fields.add("unused", 64, "");
    return fields.take();
  }
  const Bc6hMode& mode = tables.modes[block.row];
  for (uint i = 0; i < mode.run_count; ++i) add_run(fields, mode, block, mode.runs[i]);
  fields.add("indices", block_texels * mode.index_bits - mode.subsets,
             fmt::format("{} bits a texel, {} at {}", mode.index_bits, mode.index_bits - 1,
                         mode.subsets == 1 ? "texel 0" : "each subset's anchor"));
  const interop::Bc6hPartition& partition = partition_of(mode.subsets, uint(block.partition));
  for (uint t = 0; t < block_texels; ++t)
    fields.last().texel_of_bit.insert(fields.last().texel_of_bit.end(), mode.index_bits - (partition.anchors >> t & 1),
                                      std::uint8_t(t));
  return fields.take();
}

}  // namespace txs::bc6h
