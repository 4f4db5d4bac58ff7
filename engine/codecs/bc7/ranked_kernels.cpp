#include "codecs/bc7/ranked_kernels.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string>
#include <utility>

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

std::uint32_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }

std::uint32_t parts_kind_of(std::uint32_t mode) {
  const interop::Bc7Mode& shape = interop::bc7_modes[mode];
  return shape.secondary_index_bits > 0 ? interop::bc7_parts_dual : shape.subsets;
}

gpu::KernelSource kernel(const char* name, const RankedSettings& settings, const codec::Source& source,
                         std::uint32_t parts_kind) {
  const bool simplex = settings.refiner == RankedSettings::Refiner::nelder_mead;
  const Settings& method = settings.simplex;
  return {std::string("codecs/bc7/ranked/") + name,
          sizeof(Bc7RankedPush),
          {gpu::Binding::nearest},
          {may_have_alpha(settings, source), weighted(settings), parts_kind, settings.trials,
           simplex ? method.max_iterations : 0, bits_of(method.reflection), bits_of(method.expansion),
           bits_of(method.contraction), bits_of(method.shrink), bits_of(method.initial_step)},
          {}};
}

}  // namespace

RankedKernels::RankedKernels(gpu::Device& device, const RankedSettings& settings, const codec::Source& source)
    : settings_(settings),
      source_(source.texture),
      tables_(device, sizeof(ranked_tables), "BC7 candidate tables"),
      rank_(device, kernel("rank.comp", settings, source, 0), {source.texture.get()}),
      sort_(device, kernel("sort.comp", settings, source, 0), {source.texture.get()}) {
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode) {
    const std::uint32_t kind = parts_kind_of(mode);
    if ((settings.modes >> mode & 1) != 0 && !trial_[kind])
      trial_[kind].emplace(device, kernel("try.comp", settings, source, kind), gpu::BoundList{source.texture.get()});
  }
}

bool RankedKernels::ready() const {
  return rank_.ready() && sort_.ready() &&
         std::ranges::all_of(trial_, [](const auto& trial) { return !trial || trial->ready(); });
}

const gpu::Kernel& RankedKernels::kernel_of(const RankedStage& stage) const {
  switch (stage.kind) {
    case Kind::rank: return rank_;
    case Kind::sort: return sort_;
    case Kind::first:
    case Kind::trial:
    case Kind::refinement: break;
  }
  return *trial_[parts_kind_of(stage.mode)];
}

Bc7RankedPush RankedKernels::push_of(const RankedStage& stage, const RankedState& state) const {
  const bool refines = stage.kind == Kind::refinement;
  const RankedSettings::Thoroughness& thoroughness = refines ? settings_.refinement : settings_.trial;
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
  push.mode = stage.mode;
  push.slot = stage.slot;
  push.repeats = thoroughness.repeats;
  push.starts = thoroughness.starts;
  push.refit_rounds = settings_.refit_rounds;
  push.polish_rounds = thoroughness.polish_rounds;
  push.worth = thoroughness.worth;
  push.modes = settings_.modes;
  push.pin_alpha = settings_.exact_alpha;
  push.weights = {settings_.weights[0], settings_.weights[1], settings_.weights[2], settings_.weights[3]};
  return push;
}

void RankedKernels::record(gpu::Recorder& recorder, const RankedStage& stage, const RankedState& state,
                           std::uint32_t first, std::uint32_t count) {
  // By the first recording, not by an upload: that would wait for the GPU.
  if (!std::exchange(has_tables_, true))
    recorder.write(tables_, 0, std::as_bytes(std::span(&ranked_tables, 1)));
  Bc7RankedPush push = push_of(stage, state);
  push.first = first;
  push.count = count;
  const bool one_a_lane = stage.kind == Kind::rank || stage.kind == Kind::sort;
  recorder.dispatch(kernel_of(stage), push, {source_.get()},
                    {gpu::divide_up(count, one_a_lane ? interop::bc7_ranked_group : interop::bc7_ranked_group_blocks)});
}

}  // namespace txs::bc7
