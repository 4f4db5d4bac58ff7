#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "block/whole_texture.h"
#include "codec/codec.h"
#include "codec/inspection.h"

namespace txs::block {

/// A half as lists of several halves name it.
struct HalfName {
  std::string prefix;     ///< "red: "; empty where a block is one half
  bool colours = false;   ///< else a channel
};

/// What the stages made of each half, by its records (interop::HalfRecord), half after half.
void add_gains(codec::BlockInspection& inspection, std::span<const std::byte> records, std::span<const HalfName> halves,
               const std::vector<std::string>& stage_names);

/// What the kernels wrote down of their search (interop::HalfTrace).
void add_trace(codec::BlockInspection& inspection, std::span<const std::byte> records, std::span<const std::byte> trace,
               std::span<const HalfName> halves);

/// One part of the size table: its name and how many bits of each block are its.
struct BitShare {
  std::string name;
  std::uint64_t bits;
};
/// Format::count_bits of blocks that are all laid out alike.
std::function<std::vector<codec::BitPart>(std::span<const std::byte>)> count_shares(std::vector<BitShare> shares);

}  // namespace txs::block
