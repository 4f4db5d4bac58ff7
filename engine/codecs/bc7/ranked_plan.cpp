#include "codecs/bc7/ranked_plan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "block/staged_schedule.h"
#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7 {
namespace {

// Keeps a dispatch far from any driver's watchdog (2 s) on slow devices.
constexpr std::uint64_t most_units = 1 << 23;
constexpr std::uint32_t group_blocks = interop::bc7_ranked_group_blocks;

// What a block costs, measured on lavapipe in thirds of a microsecond of CPU time. A trial's is the mean over all
// blocks: most have their candidate in another mode. First bits cost 4, but are asked for as if they cost 1: so that the first
// picture is there in a frame or two, before anything is known of the device.
constexpr std::uint64_t first_units = 1, rank_units = 9, sort_units = 1;

std::uint64_t units_of(const RankedSettings::Thoroughness& t) {
  return 1 + t.repeats * (t.starts + 8 * t.polish_rounds) / 8;
}

void add_slots(std::vector<RankedStage>& stages, RankedStage::Kind kind, std::uint32_t slots, std::uint32_t modes,
               std::uint64_t units) {
  for (std::uint32_t slot = 0; slot < slots; ++slot)
    for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode)
      if (modes >> mode & 1) stages.push_back({kind, mode, slot, units});
}

std::string_view title_of(RankedStage::Kind kind) {
  switch (kind) {
    case RankedStage::Kind::first: return "first bits";
    case RankedStage::Kind::rank: return "ranking candidates";
    case RankedStage::Kind::trial: return "trying candidates";
    case RankedStage::Kind::sort: return "sorting what was tried";
    case RankedStage::Kind::refinement: return "refining the best";
  }
  return {};
}

}  // namespace

std::uint32_t first_mode(std::uint32_t modes) {
  constexpr std::array<std::uint32_t, interop::bc7_mode_count> best_first{6, 5, 4, 7, 1, 3, 2, 0};
  return *std::ranges::find_if(best_first, [modes](std::uint32_t mode) { return (modes >> mode & 1) != 0; });
}

std::vector<RankedStage> ranked_stages(const RankedSettings& settings) {
  using Kind = RankedStage::Kind;
  std::vector<RankedStage> stages{{Kind::first, first_mode(settings.modes), 0, first_units}, {Kind::rank, 0, 0, rank_units}};
  add_slots(stages, Kind::trial, settings.trials, settings.modes, units_of(settings.trial));
  stages.push_back({Kind::sort, 0, 0, sort_units});
  add_slots(stages, Kind::refinement, settings.refinements, settings.modes, units_of(settings.refinement));
  return stages;
}

RankedSchedule::RankedSchedule(std::uint32_t blocks, std::uint32_t tile_blocks, std::vector<RankedStage> stages)
    : blocks_(blocks), tile_blocks_(tile_blocks), stages_(std::move(stages)) {
  for (const RankedStage& stage : stages_) {
    units_planned_ += stage.units * blocks_;
    titles_.push_back(title_of(stage.kind));
  }
}

std::uint32_t RankedSchedule::end() const {
  return stage_ == 0 ? blocks_ : std::min(blocks_, (tile_ + 1) * tile_blocks_);
}

std::optional<RankedWork> RankedSchedule::next(const codec::Budget& budget) {
  if (done() || (steps_ >= budget.stop_at_step && stage_ > 0)) return {};
  const std::uint64_t units = stages_[stage_].units;
  const std::uint64_t affordable = std::min(budget.work, most_units) / units / group_blocks * group_blocks;
  const std::uint32_t count = std::min(end() - next_block_, std::max(std::uint32_t(affordable), group_blocks));
  const RankedWork work{stage_, next_block_, count, tile_ * tile_blocks_, units * count};
  units_done_ += work.units;
  next_block_ += count;
  if (next_block_ == end()) next_stage();
  return work;
}

void RankedSchedule::next_stage() {
  steps_ += stage_ > 0 ? 1 : 0;
  if (++stage_ == stages_.size()) {
    ++tile_;
    stage_ = 1;
  }
  next_block_ = tile_ * tile_blocks_;
}

std::uint32_t RankedSchedule::stages_of(std::uint32_t block) const {
  const std::uint32_t all = std::uint32_t(stages_.size());
  if (stage_ == 0 || block / tile_blocks_ > tile_) return 1;
  return block / tile_blocks_ < tile_ ? all : stage_ + (block < next_block_ ? 1 : 0);
}

codec::Progress RankedSchedule::progress() const {
  codec::Progress progress;
  progress.step = steps_;
  progress.planned_steps = std::uint64_t(tiles()) * (stages_.size() - 1);
  progress.whole = stage_ > 0;
  progress.done = done();
  progress.fraction = double(units_done_) / double(units_planned_);
  block::tell_stage(progress, titles_, done() ? titles_.size() : stage_);
  return progress;
}

}  // namespace txs::bc7
