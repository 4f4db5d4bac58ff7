#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "gpu/recorder.h"
#include "view/feature_controls.h"

namespace txs::app {

/// The ranges of the view of features that is on screen, read back for its legend: a few numbers, some frames late.
class FeatureRanges {
 public:
  /// What should be known from now on. `revision` stands for the texture's contents; null: nothing.
  void want(const gpu::Texture* ranges, std::uint64_t revision);
  void record(gpu::Recorder& recorder);
  /// A range a plane; empty until the first ones have come.
  std::span<const ValueRange> known();

 private:
  const gpu::Texture* texture_ = nullptr;
  std::uint64_t wanted_ = 0, read_ = 0;
  gpu::PendingRead pending_;
  std::vector<ValueRange> known_;
};

}  // namespace txs::app
