#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "codec/codec.h"

namespace txs::block {

/// One dispatch's worth of a search.
struct StageWork {
  std::uint32_t stage = 0;
  std::uint32_t first = 0, count = 0;  ///< blocks, row-major
  std::uint64_t units = 0;             ///< of the budget
};

/// What a stage costs and how it may be cut.
struct StageCost {
  std::uint64_t units = 1;         ///< a block, of the search's work units: relative costs, measured on the floor device
  std::uint32_t group_blocks = 64;  ///< of a workgroup: dispatches are whole groups
};

/// Says what `stage` does by the titles of all stages, of static life; those of one title in a row are its parts.
void tell_stage(codec::Progress& progress, std::span<const std::string_view> titles, std::size_t stage);

/// What is to be done next, over an encode's life: the stages one after another, each over all blocks; stage 0 makes the
/// first whole picture. Knows no GPU.
class StagedSchedule {
 public:
  /// At least one stage, at least one block. `titles`: of the stages, or none.
  StagedSchedule(std::uint32_t blocks, std::vector<StageCost> stages, std::vector<std::string_view> titles = {});

  /// The next work of at most about `budget.work` units (at least one workgroup); none if all is done, or all up to
  /// `budget.stop_at_step`. The caller does it: it counts as done.
  std::optional<StageWork> next(const codec::Budget& budget);

  /// `step`: stages that every block has had beyond stage 0.
  codec::Progress progress() const;

 private:
  std::uint32_t blocks_;
  std::vector<StageCost> stages_;
  std::vector<std::string_view> titles_;
  std::uint32_t stage_ = 0;       // in work; the number of stages: done
  std::uint32_t next_block_ = 0;  // that it has come to
  std::uint64_t units_done_ = 0, units_planned_ = 0;
};

}  // namespace txs::block
