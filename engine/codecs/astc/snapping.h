#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "codecs/astc/astc_block.h"

/// Snapping: from any division of a block's texels to the nearest one that the format has a seed for. Two divisions that
/// differ in the names of their partitions alone are the same; the distance of two is the least number of texels in which
/// they differ under any naming (Hamming).
namespace txs::astc {

/// Of each texel, row-major, its partition.
using PartitionMap = std::vector<std::uint8_t>;

PartitionMap pattern_of(std::uint32_t seed, std::uint32_t partitions, const Footprint& footprint);

/// The map with its partitions numbered in the order in which they come first.
PartitionMap canonical(std::span<const std::uint8_t> map);

/// The seeds of the patterns that use all of `partitions` (2 .. 4) and are pairwise different, the lowest of each, rising.
std::vector<std::uint16_t> distinct_seeds(std::uint32_t partitions, const Footprint& footprint);

/// Texels in which two maps of up to `partitions` differ under the best naming.
std::uint32_t distance_of(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::uint32_t partitions);

/// The pattern under the map's names for its partitions: those by which the two differ in the fewest texels.
PartitionMap named_like(std::span<const std::uint8_t> map, std::span<const std::uint8_t> pattern, std::uint32_t partitions);

/// For every division of 4x4 texels into 2 and into 3 partitions the nearest pattern, the one of the lowest seed among
/// those equally near: its number in `distinct_seeds`, three to a word, 10 bits each.
struct NearestTables {
  std::vector<std::uint32_t> two;    ///< by the canonical map's texels 1 .. 15 as bits, texel 1 highest: 2^15 entries, 43 KB
  std::vector<std::uint32_t> three;  ///< the same to the base of 3; texel 1 is 0 or 1: 2 * 3^14 entries, 12.2 MB

  static constexpr std::uint32_t two_entries = 1u << 15, three_entries = 2 * 4782969;

  /// Entry of a map of 16 texels, below 2 or 3.
  static std::uint32_t key(std::span<const std::uint8_t> map, std::uint32_t partitions);
  /// Number of the nearest pattern, in `distinct_seeds(partitions, 4x4)`.
  std::uint32_t nearest(std::span<const std::uint8_t> map, std::uint32_t partitions) const;
};

/// Told the share that is done, [0, 1]; false: the work is to stop.
using Progress = std::function<bool(double)>;

/// Half a second of one core. Without tables if it was stopped.
NearestTables make_nearest_tables(const Progress& progress);

/// Those of the file, if it is whole and of this version; else made, and written for the next time. A file that cannot be
/// written is said as a note, not thrown.
NearestTables load_nearest_tables(const std::filesystem::path& file, const Progress& progress);

}  // namespace txs::astc
