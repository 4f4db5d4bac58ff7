#pragma once
#include <cstdint>

#include "codec/encoded_network.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {

enum class Sampling : std::uint32_t {
  stratified = interop::sampling_stratified,
  independent = interop::sampling_independent,
};

/// The kernels that carry samples (TrainingPass). `automatic`: the fastest that costs no quality on the device.
enum class Kernels { automatic, portable, shared, matrix };

/// How a model is trained and kept. All but the seed and the kernels may change while it trains: learning rates act at once, the batch
/// from the next step on.
struct Settings {
  std::uint64_t seed = 0;
  Kernels kernels = Kernels::automatic;
  std::uint32_t steps = 5000;   ///< planned: the learning rates fall to zero over them by half a cosine
  std::uint32_t batch = 65536;  ///< samples a step; an image of fewer pixels is taken whole
  std::uint32_t ramp = 0;       ///< steps until the batch is whole; 0: from the first on
  Sampling sampling = Sampling::stratified;
  float grid_rate = 3e-3f;      ///< learning rates of the first step
  float decoder_rate = 3e-3f;
  float omega0 = 30;
  std::uint32_t qat_bits = 0;   ///< 0: none
  std::uint32_t qat_start = 500;
  codec::Stage2 stage2 = codec::Stage2::none;
  std::uint32_t jpeg_quality = 85;
};

}  // namespace txs::neural
