#include "codecs/bc7/ranked_inspection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7 {
namespace {

using interop::Bc7RankedRecord;
using Kind = RankedStage::Kind;

constexpr std::uint32_t number_mask = interop::bc7_candidate_mask;
float error_of_key(std::uint32_t key) { return std::bit_cast<float>(key & ~number_mask); }

std::string name_of(std::uint32_t number) {
  const std::uint32_t mode = number >> 6, shape = number & 63;
  const std::string name = "mode " + std::to_string(mode);
  if (mode == 6) return name;
  if (mode == 4 || mode == 5) {
    const char* apart[]{"alpha", "red", "green", "blue"};
    const std::string rotation = name + ", " + apart[(mode == 4 ? shape >> 1 : shape) & 3] + " apart";
    return mode == 4 ? rotation + ((shape & 1) != 0 ? ", 2 bits" : ", 3 bits") : rotation;
  }
  return name + ", partition " + std::to_string(shape);
}

/// What a stage left behind.
struct After {
  Bc7RankedRecord record;
  std::vector<std::uint32_t> keys;

  After(const RankedTraceLayout& layout, std::span<const std::byte> trace, std::size_t stage)
      : keys(layout.list_length) {
    const auto bytes = layout.after(trace, stage);
    std::memcpy(&record, bytes.data() + 16, sizeof record);
    std::memcpy(keys.data(), bytes.data() + 32, keys.size() * 4);
  }
};

codec::Candidate& candidate_of(std::vector<codec::Candidate>& candidates, std::uint32_t number) {
  const std::string name = name_of(number);
  const auto known = std::ranges::find(candidates, name, &codec::Candidate::name);
  return known != candidates.end() ? *known : candidates.emplace_back(codec::Candidate{name});
}

/// A trial or refinement of the block's candidate in this slot, if there was one: its error is in the list now.
void note_trial(std::vector<codec::Candidate>& candidates, const RankedStage& stage, const After& before,
                const After& after) {
  const bool tried = (after.record.tried & 0xffff) > (before.record.tried & 0xffff);
  const std::uint32_t key = after.keys[stage.slot];
  if (!tried || (key & number_mask) >> 6 != stage.mode) return;
  codec::Candidate& candidate = candidate_of(candidates, key & number_mask);
  const double error = error_of_key(key);
  candidate.squared_error = candidate.squared_error < 0 ? error : std::min(candidate.squared_error, error);
}

void note_gain(std::vector<codec::Gain>& gains, const After& after) {
  static const std::array<const char*, 4> passes{"first bits", "trial", "refits", "steps"};
  const std::uint32_t winner = after.record.winner;
  gains.push_back({std::string(passes.at(winner >> interop::bc7_candidate_bits)) + ": " + name_of(winner & number_mask),
                   after.record.error});
}

}  // namespace

RankedTrace::RankedTrace(gpu::Device& device, const RankedSettings& settings)
    : layout_{ranked_stages(settings), settings.trials},
      state_(device, layout_.stage_bytes(), "BC7 traced block"),
      trace_(device, 16 + layout_.stages.size() * layout_.stage_bytes(), "BC7 trace") {}

void RankedTrace::record(gpu::Recorder& recorder, RankedKernels& kernels, const RankedSchedule& schedule,
                         block::BlockTexture& bits, std::uint32_t block) {
  recorder.copy(bits.blocks(), bits.bytes_before(block), trace_, 0, 16);
  // Addresses at which the one block's state would lie if it were the picture's.
  const RankedState state{state_.address() - 16 * std::uint64_t(block),
                          state_.address() + 16 - sizeof(Bc7RankedRecord) * std::uint64_t(block), state_.address() + 32,
                          block};
  layout_.stages.assign(schedule.stages().begin(), schedule.stages().begin() + schedule.stages_of(block));
  for (std::size_t stage = 0; stage < layout_.stages.size(); ++stage) {
    kernels.record(recorder, layout_.stages[stage], state, block, 1);
    recorder.copy(state_, 0, trace_, 16 + stage * layout_.stage_bytes(), layout_.stage_bytes());
  }
}

gpu::PendingRead RankedTrace::read(gpu::Recorder& recorder) const {
  return recorder.read(trace_, 0, 16 + layout_.stages.size() * layout_.stage_bytes());
}

void add_ranked_search(codec::BlockInspection& inspection, const RankedTraceLayout& layout,
                       std::span<const std::byte> trace) {
  After before(layout, trace, 0);
  note_gain(inspection.gains, before);
  for (std::size_t s = 1; s < layout.stages.size(); ++s) {
    const RankedStage& stage = layout.stages[s];
    const After after(layout, trace, s);
    if (stage.kind == Kind::rank)
      for (const std::uint32_t key : after.keys)
        if (error_of_key(key) < 1e30f)
          candidate_of(inspection.candidates, key & number_mask).estimate = error_of_key(key);
    if (stage.kind == Kind::trial || stage.kind == Kind::refinement)
      note_trial(inspection.candidates, stage, before, after);
    if (after.record.error < before.record.error) note_gain(inspection.gains, after);
    before = after;
  }
  if (layout.stages.size() > 1) candidate_of(inspection.candidates, before.record.winner & number_mask).chosen = true;
}

}  // namespace txs::bc7
