#include "codecs/bc7/schedule.h"

#include <algorithm>
#include <utility>

namespace txs::bc7 {
namespace {

// Keeps a dispatch far from any driver's watchdog (2 s) even where all blocks take all iterations: about 10 GFLOP.
constexpr std::uint64_t most_units = 1 << 22;
constexpr std::uint32_t least_blocks = interop::bc7_search_group;

// What a block costs in iterations, measured on lavapipe. (That of an iteration depends on how many blocks need the
// search: these are between the ratios at pace watch and at pace rush.)
constexpr std::uint64_t start_units = 1, refit_units = 2, polish_units = 18;

/// Blocks that fit `budget`, in whole workgroups.
std::uint32_t affordable(std::uint32_t left, std::uint64_t units_each, std::uint64_t budget) {
  const std::uint64_t afford = std::min(budget, most_units) / units_each / least_blocks * least_blocks;
  return std::min(left, std::max(std::uint32_t(afford), least_blocks));
}

}  // namespace

Schedule::Schedule(std::uint32_t blocks, std::uint32_t tile_blocks, const Settings& settings)
    : blocks_(blocks), tile_blocks_(tile_blocks), settings_(settings) {}

std::uint32_t Schedule::tiles() const { return (blocks_ + tile_blocks_ - 1) / tile_blocks_; }

std::uint32_t Schedule::tile_count() const { return std::min(tile_blocks_, blocks_ - tile_first()); }

std::uint64_t Schedule::finish_units() const {
  return settings_.finish_starts() * refit_units + settings_.polish_rounds() * polish_units;
}

void Schedule::set_live(const Settings& settings) { settings_ = settings; }

void Schedule::aim_at(std::uint32_t target) {
  if (target > target_) {
    finished_ = 0;
    if (tile_ > 0) {  // the tiles before have stopped short of it, and their state is gone: they go the same way again
      tile_ = iteration_ = 0;
      state_in_memory_ = false;
      pass_.reset();
    }
  }
  target_ = target;
  while (!pass_ && iteration_ >= target_ && tile_ + 1 < tiles()) next_tile();
}

void Schedule::next_tile() {
  ++tile_;
  iteration_ = 0;
  state_in_memory_ = false;
}

std::optional<Work> Schedule::next(const codec::Budget& budget) {
  if (started_ < blocks_) {
    const std::uint32_t count = affordable(blocks_ - started_, start_units, budget.work);
    const std::uint32_t first = std::exchange(started_, started_ + count);
    return Work{Work::Phase::start, first, count, 0, 0, 0, count * start_units};
  }
  const std::uint32_t planned = settings_.planned_iterations();
  aim_at(std::uint32_t(std::min<std::uint64_t>(planned, budget.stop_at_step)));
  if (pass_ || !searched()) return next_of_search(budget);
  if (target_ < planned || finish_units() == 0 || finished_ == blocks_) return {};

  const std::uint32_t count = affordable(blocks_ - finished_, finish_units(), budget.work);
  const std::uint32_t first = std::exchange(finished_, finished_ + count);
  return Work{Work::Phase::finish, first, count, 0, 0, 0, count * finish_units()};
}

Work Schedule::next_of_search(const codec::Budget& budget) {
  if (!pass_) pass_ = next_pass(budget.pace);

  const std::uint32_t iterations = pass_->to - pass_->from;
  const std::uint32_t count = affordable(tile_count() - pass_->done, iterations, budget.work);
  const Work work{pass_->phase, tile_first() + pass_->done, count,           tile_first(),
                  pass_->from,  pass_->to,                  std::uint64_t(count) * iterations};
  pass_->done += count;
  if (pass_->done == tile_count()) {
    iteration_ = pass_->to;
    state_in_memory_ = pass_->phase == Work::Phase::step;
    pass_.reset();
  }
  return work;
}

Schedule::Pass Schedule::next_pass(codec::Budget::Pace pace) {
  if (!state_in_memory_) iteration_ = 0;  // the same way again
  if (pace == codec::Budget::Pace::watch)
    return {Work::Phase::step, iteration_, std::min(iteration_ + settings_.iterations_per_frame, target_)};
  // What is to go on later needs its state.
  const bool to_the_end = iteration_ == 0 && target_ == settings_.planned_iterations();
  return {to_the_end ? Work::Phase::rush : Work::Phase::step, iteration_, target_};
}

bool Schedule::done() const {
  return started_ == blocks_ && !pass_ && searched() && target_ >= settings_.planned_iterations() &&
         (finish_units() == 0 || finished_ == blocks_);
}

codec::Progress Schedule::progress() const {
  const std::uint64_t planned = settings_.planned_iterations();
  const std::uint64_t in_pass = pass_ ? std::uint64_t(pass_->done) * (pass_->to - pass_->from) : 0;
  const std::uint64_t iterations =
      std::uint64_t(tile_first()) * target_ + std::uint64_t(tile_count()) * iteration_;
  const std::uint64_t now = started_ * start_units + iterations + in_pass + finished_ * finish_units();
  const std::uint64_t all = blocks_ * (start_units + planned + finish_units());

  codec::Progress progress;
  progress.step = iterations / blocks_;
  progress.planned_steps = planned;
  progress.whole = started_ == blocks_;
  progress.done = done();
  progress.fraction = progress.done ? 1 : std::min(1.0, double(now) / double(all));
  return progress;
}

}  // namespace txs::bc7
