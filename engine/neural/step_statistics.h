#pragma once
#include <cstdint>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "neural/texels.h"

namespace txs::neural {

/// Loss and health of a training step (interop::NeuralStatistics).
class StepStatistics {
 public:
  explicit StepStatistics(gpu::Device& device);

  bool ready() const;
  void record(gpu::Recorder& recorder, const Texels& losses, std::uint32_t loss_count, const Texels& parameters,
              const Texels& gradient);
  gpu::PendingRead read(gpu::Recorder& recorder) const;

 private:
  Texels parts_;  ///< the whole first
  gpu::Kernel first_, last_;
};

}  // namespace txs::neural
