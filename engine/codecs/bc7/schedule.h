#pragma once
#include <cstdint>
#include <optional>

#include "codec/codec.h"
#include "codecs/bc7/settings.h"

namespace txs::bc7 {

/// One dispatch's worth of work.
struct Work {
  enum class Phase {
    start,   ///< first bits
    step,    ///< search from and to a state in memory
    rush,    ///< search from the start to `to_iteration` without one
    finish,  ///< last refits
  };
  Phase phase = Phase::start;
  std::uint32_t first = 0, count = 0;  ///< blocks, row-major
  std::uint32_t tile_first = 0;        ///< step: the block whose state is first in memory
  std::uint32_t from_iteration = 0, to_iteration = 0;
  std::uint64_t units = 0;             ///< of the budget
};

/// What is to be done next, over an encode's life: first bits of all blocks, so that there is a whole picture soon; the
/// search, tile by tile where the state of all blocks would not fit the memory it may take; the finish of all blocks.
/// Knows no GPU. Blocks are independent and only ever get better, so that any part may be done again.
class Schedule {
 public:
  /// `tile_blocks`: as many as the state in memory holds.
  Schedule(std::uint32_t blocks, std::uint32_t tile_blocks, const Settings& settings);

  /// The next work of at most about `budget.work` units; none if all is done, or all up to `budget.stop_at_step`.
  /// The caller does it: it counts as done.
  std::optional<Work> next(const codec::Budget& budget);

  /// Takes iterations_per_frame and max_iterations of settings that differ in nothing else.
  void set_live(const Settings& settings);

  /// `step` is the number of iterations that every block has had; with several tiles the mean, rounded down.
  codec::Progress progress() const;

 private:
  /// One way of the search over the blocks of a tile: all take the same iterations by the same kernel.
  struct Pass {
    Work::Phase phase = Work::Phase::step;
    std::uint32_t from = 0, to = 0;
    std::uint32_t done = 0;  // blocks
  };

  std::uint32_t tile_first() const { return tile_ * tile_blocks_; }
  std::uint32_t tile_count() const;
  std::uint32_t tiles() const;
  bool searched() const { return tile_ + 1 == tiles() && iteration_ >= target_; }
  bool done() const;
  std::uint64_t finish_units() const;  // a block

  void aim_at(std::uint32_t target);
  void next_tile();
  Work next_of_search(const codec::Budget& budget);
  Pass next_pass(codec::Budget::Pace pace);

  std::uint32_t blocks_, tile_blocks_;
  Settings settings_;

  std::uint32_t started_ = 0;     // blocks that have first bits
  std::uint32_t target_ = 0;      // iterations that the search is bound for; tiles before `tile_` have had them
  std::uint32_t tile_ = 0;        // in work, or the last one
  std::uint32_t iteration_ = 0;   // that all blocks of the tile have had
  bool state_in_memory_ = false;  // theirs
  std::optional<Pass> pass_;      // in work
  std::uint32_t finished_ = 0;    // blocks
};

}  // namespace txs::bc7
