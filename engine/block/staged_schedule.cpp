#include "block/staged_schedule.h"

#include <algorithm>

namespace txs::block {
namespace {
// Keeps a dispatch far from any driver's watchdog (2 s) on slow devices: stage units are about 2 kFLOP a block.
constexpr std::uint64_t most_units = 1 << 22;
constexpr std::uint64_t most_groups = 65535;  // that every device takes
}  // namespace

void tell_stage(codec::Progress& progress, std::span<const std::string_view> titles, std::size_t stage) {
  if (stage >= titles.size()) return;
  std::size_t first = stage, end = stage + 1;
  while (first > 0 && titles[first - 1] == titles[stage]) --first;
  while (end < titles.size() && titles[end] == titles[stage]) ++end;
  progress.doing = titles[stage];
  progress.part = std::uint32_t(stage - first + 1);
  progress.parts = std::uint32_t(end - first);
}

StagedSchedule::StagedSchedule(std::uint32_t blocks, std::vector<StageCost> stages, std::vector<std::string_view> titles)
    : blocks_(blocks), stages_(std::move(stages)), titles_(std::move(titles)) {
  for (const StageCost& stage : stages_) units_planned_ += stage.units * blocks_;
}

std::optional<StageWork> StagedSchedule::next(const codec::Budget& budget) {
  if (stage_ == stages_.size() || stage_ > budget.stop_at_step) return {};
  const auto [units, group] = stages_[stage_];
  const std::uint64_t affordable = std::min(std::min(budget.work, most_units) / units / group, most_groups) * group;
  const std::uint32_t count = std::min(blocks_ - next_block_, std::max(std::uint32_t(affordable), group));
  const StageWork work{stage_, next_block_, count, units * count};
  units_done_ += work.units;
  next_block_ += count;
  if (next_block_ == blocks_) {
    ++stage_;
    next_block_ = 0;
  }
  return work;
}

codec::Progress StagedSchedule::progress() const {
  codec::Progress progress;
  progress.planned_steps = stages_.size() - 1;
  progress.step = stage_ == 0 ? 0 : stage_ - 1;
  progress.whole = stage_ > 0;
  progress.done = stage_ == stages_.size();
  progress.fraction = double(units_done_) / double(units_planned_);
  tell_stage(progress, titles_, stage_);
  return progress;
}

}  // namespace txs::block
