#include "view/feature_ranges.h"

namespace txs::app {

void FeatureRanges::want(const gpu::Texture* ranges, std::uint64_t revision) {
  if (ranges != texture_) {
    known_.clear();
    pending_ = {};
    read_ = 0;
  }
  texture_ = ranges;
  wanted_ = revision + 1;  // 0 stands for what was never read
}

void FeatureRanges::record(gpu::Recorder& recorder) {
  if (!texture_ || pending_ || wanted_ == read_) return;
  pending_ = recorder.read(*texture_);
  read_ = wanted_;
}

std::span<const ValueRange> FeatureRanges::known() {
  if (pending_ && pending_.ready()) {
    const auto numbers = pending_.as<float>();
    known_.clear();
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) known_.push_back({numbers[i], numbers[i + 1]});
    pending_ = {};
  }
  return known_;
}

}  // namespace txs::app
