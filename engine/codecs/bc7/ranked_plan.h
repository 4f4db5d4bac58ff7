#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "codecs/bc7/settings.h"

namespace txs::bc7 {

/// The mode of the first bits: of those allowed the one that suits most blocks, without a search among partitions.
std::uint32_t first_mode(std::uint32_t modes);

/// A stage of the ranked search: what is done to all blocks (of a tile) by one kernel.
struct RankedStage {
  enum class Kind { first, rank, trial, sort, refinement };
  Kind kind = Kind::first;
  std::uint32_t mode = 0;   ///< trial, refinement: of the candidates that are tried
  std::uint32_t slot = 0;   ///< of the blocks' lists, that they are taken from
  std::uint64_t units = 1;  ///< a block, of the budget
};

/// The stages of a search: first bits; the ranking of all candidates by estimates; quick trials of the best of them;
/// thorough refinement of the best by those.
std::vector<RankedStage> ranked_stages(const RankedSettings& settings);

/// One dispatch's worth of work.
struct RankedWork {
  std::uint32_t stage = 0;
  std::uint32_t first = 0, count = 0;  ///< blocks, row-major
  std::uint32_t tile_first = 0;        ///< the block whose list is first in memory
  std::uint64_t units = 0;
};

/// What is to be done next, over an encode's life: first bits of all blocks, then all other stages tile by tile, since
/// the lists of all blocks of a large picture would not fit the memory that they may take. Knows no GPU.
class RankedSchedule {
 public:
  RankedSchedule(std::uint32_t blocks, std::uint32_t tile_blocks, std::vector<RankedStage> stages);

  /// The next work of at most about `budget.work` units; none if all is done, or all up to `budget.stop_at_step`. The
  /// caller does it: it counts as done.
  std::optional<RankedWork> next(const codec::Budget& budget);

  /// `step`: stages done beyond the first bits, counted anew in each tile.
  codec::Progress progress() const;

  const std::vector<RankedStage>& stages() const { return stages_; }
  /// Stages that a block has had, or is having.
  std::uint32_t stages_of(std::uint32_t block) const;

 private:
  std::uint32_t tiles() const { return (blocks_ + tile_blocks_ - 1) / tile_blocks_; }
  std::uint32_t end() const;  // of the blocks that the stage in work goes over
  bool done() const { return tile_ == tiles(); }
  void next_stage();

  std::uint32_t blocks_, tile_blocks_;
  std::vector<RankedStage> stages_;
  std::vector<std::string_view> titles_;
  std::uint32_t tile_ = 0, stage_ = 0;  // in work; stage 0 is of all blocks, before the first tile
  std::uint32_t next_block_ = 0;
  std::uint64_t steps_ = 0, units_done_ = 0, units_planned_ = 0;
};

}  // namespace txs::bc7
