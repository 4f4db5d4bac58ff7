#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "gpu/recorder.h"

namespace txs::display {

/// How often each value stands in a view, as it was when it was counted.
struct ViewCounts {
  std::string view;                   ///< its id
  std::vector<std::uint32_t> counts;  ///< of texels: one a category, or one each of `scalar_bins` parts of the scale
  std::uint32_t without = 0;          ///< texels that have no value
  static constexpr std::uint32_t scalar_bins = 64;

  std::uint64_t with() const;   ///< texels that have one
  std::uint32_t most() const;   ///< the largest count
};

/// Counts on the GPU; what comes back is a number a bar.
class ViewCounter {
 public:
  explicit ViewCounter(gpu::Device& device);
  ~ViewCounter();
  bool ready() const;
  /// Views of features and pictures cannot be counted.
  static bool counts(const codec::View& view);
  /// What of a scalar view lies beyond its scale counts at the scale's end, as the map colours it.
  codec::Pending<ViewCounts> record(gpu::Recorder& recorder, const codec::View& view);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace txs::display
