#include "block/half_inspection.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "shaders/interop/bc1_to_bc5.h"

namespace txs::block {

codec::BlockInspection begin_inspection(std::span<const std::byte> bits, const codec::Source& source,
                                        std::uint32_t block_x, std::uint32_t block_y, const Texels& decoded,
                                        std::uint32_t channels) {
  codec::BlockInspection inspection;
  inspection.block_x = block_x;
  inspection.block_y = block_y;
  const Texels original = texels_of(*source.picture, block_x, block_y);
  inspection.original.assign(original.begin(), original.end());
  inspection.decoded.assign(decoded.begin(), decoded.end());
  for (std::size_t t = 0; t < original.size(); ++t)
    for (std::size_t c = 0; c < channels; ++c) {
      const double difference = double(original[t][c]) - double(decoded[t][c]);
      inspection.squared_error += difference * difference;
    }
  std::memcpy(inspection.bits.data(), bits.data(), std::min(bits.size(), inspection.bits.size()));
  inspection.bit_count = std::uint32_t(bits.size() * 8);
  return inspection;
}

void add_gains(codec::BlockInspection& inspection, std::span<const std::byte> records,
               const std::vector<std::string>& stage_names) {
  for (; records.size() >= sizeof(interop::HalfRecord); records = records.subspan(sizeof(interop::HalfRecord))) {
    interop::HalfRecord record;
    std::memcpy(&record, records.data(), sizeof(record));
    for (std::size_t stage = 0; stage < stage_names.size(); ++stage)
      if (record.after[stage] >= 0) inspection.gains.push_back({stage_names[stage], record.after[stage]});
  }
}

std::function<std::vector<codec::BitPart>(std::span<const std::byte>)> count_shares(std::vector<BitShare> shares) {
  return [shares = std::move(shares)](std::span<const std::byte> blocks) {
    std::uint64_t block_bits = 0;
    for (const BitShare& share : shares) block_bits += share.bits;
    const std::uint64_t count = std::uint64_t(blocks.size()) * 8 / block_bits;
    std::vector<codec::BitPart> parts;
    for (const BitShare& share : shares) parts.push_back({share.name, share.bits * count});
    return parts;
  };
}

}  // namespace txs::block
