#include "codecs/bc7/ranked_kernels.h"

#include <algorithm>
#include <span>
#include <string>

#include "codecs/bc7/ranked_tables.h"

namespace txs::bc7 {
namespace {

using interop::Bc7RankedPush;
using Kind = RankedStage::Kind;

bool weighted(const RankedSettings& settings) {
  return std::ranges::any_of(settings.weights, [](float weight) { return weight != 1; });
}

/// Alpha may be left out where it is 255 everywhere and is to stay so.
bool may_have_alpha(const RankedSettings& settings, const codec::Source& source) {
  return source.alpha != Alpha::none || !settings.exact_alpha;
}

gpu::KernelSource kernel(const char* name, const RankedSettings& settings, const codec::Source& source,
                         std::uint32_t mode) {
  const bool simplex = settings.refiner == RankedSettings::Refiner::nelder_mead;
  return {std::string("codecs/bc7/ranked/") + name,
          sizeof(Bc7RankedPush),
          {gpu::Binding::nearest},
          {may_have_alpha(settings, source), weighted(settings), mode, settings.trials,
           simplex ? interop::bc7_refiner_nelder_mead : interop::bc7_refiner_steps},
          {}};
}

}  // namespace

RankedKernels::RankedKernels(gpu::Device& device, const RankedSettings& settings, const codec::Source& source)
    : settings_(settings),
      source_(source.texture),
      tables_(device, sizeof(ranked_tables), "BC7 candidate tables"),
      first_(device, kernel("try.comp", settings, source, 6), {source.texture.get()}),
      rank_(device, kernel("rank.comp", settings, source, 0), {source.texture.get()}),
      sort_(device, kernel("sort.comp", settings, source, 0), {source.texture.get()}) {
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode)
    if (settings.modes >> mode & 1)
      trial_[mode].emplace(device, kernel("try.comp", settings, source, mode), gpu::BoundList{source.texture.get()});
}

bool RankedKernels::ready() const {
  return first_.ready() && rank_.ready() && sort_.ready() &&
         std::ranges::all_of(trial_, [](const auto& trial) { return !trial || trial->ready(); });
}

const gpu::Kernel& RankedKernels::kernel_of(const RankedStage& stage) const {
  switch (stage.kind) {
    case Kind::first: return first_;
    case Kind::rank: return rank_;
    case Kind::sort: return sort_;
    case Kind::trial:
    case Kind::refinement: break;
  }
  return *trial_[stage.mode];
}

Bc7RankedPush RankedKernels::push_of(const RankedStage& stage, const RankedState& state) const {
  const bool refines = stage.kind == Kind::refinement;
  Bc7RankedPush push{};
  push.blocks = state.blocks;
  push.records = state.records;
  push.keys = state.keys;
  push.tables = tables_.address();
  push.size = {source_->width(), source_->height()};
  push.blocks_wide = gpu::divide_up(source_->width(), interop::bc7_block_side);
  push.tile_first = state.tile_first;
  push.list_length = settings_.trials;
  push.pass_kind = stage.kind == Kind::first ? interop::bc7_pass_first
                   : refines                 ? interop::bc7_pass_refine
                                             : interop::bc7_pass_try;
  push.slot = stage.slot;
  push.starts = refines ? settings_.starts : settings_.trial_starts;
  push.refit_rounds = settings_.refit_rounds;
  push.polish_rounds = refines ? settings_.polish_rounds : 0;
  push.worth = refines ? settings_.refinement_worth : settings_.trial_worth;
  push.modes = settings_.modes;
  push.pin_alpha = settings_.exact_alpha;
  push.weights = {settings_.weights[0], settings_.weights[1], settings_.weights[2], settings_.weights[3]};
  return push;
}

void RankedKernels::record(gpu::Recorder& recorder, const RankedStage& stage, const RankedState& state,
                           std::uint32_t first, std::uint32_t count) const {
  // Written within recordings, since an upload would wait for the GPU.
  if (stage.kind == Kind::first || stage.kind == Kind::rank)
    recorder.write(tables_, 0, std::as_bytes(std::span(&ranked_tables, 1)));
  Bc7RankedPush push = push_of(stage, state);
  push.first = first;
  push.count = count;
  const bool one_a_lane = stage.kind == Kind::rank || stage.kind == Kind::sort;
  recorder.dispatch(kernel_of(stage), push, {source_.get()},
                    {gpu::divide_up(count, one_a_lane ? interop::bc7_ranked_group : interop::bc7_ranked_group_blocks)});
}

}  // namespace txs::bc7
