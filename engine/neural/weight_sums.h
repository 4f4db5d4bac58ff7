#pragma once
#include <cstdint>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "neural/network.h"

namespace txs::neural {

/// Partial sums of the decoder's gradient, one behind the other, and the kernel that adds them up in their order.
class WeightSums {
 public:
  WeightSums(gpu::Device& device, const Network& network);

  bool ready() const { return kernel_.ready(); }
  /// Makes room for so many at once; what was there is lost.
  void make_room(std::uint64_t sums);
  void add_up(gpu::Recorder& recorder, std::uint32_t sums, const Texels& gradient);

  const Texels& texels() const { return sums_; }

 private:
  gpu::Device& device_;
  std::uint32_t floats_, layers_quad_, quads_a_group_;
  std::uint64_t room_ = 0;
  Texels sums_;
  gpu::Kernel kernel_;
};

}  // namespace txs::neural
