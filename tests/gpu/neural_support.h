#pragma once
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "../support/neural_models.h"
#include "codec/codec.h"
#include "gpu/recorder.h"
#include "gpu_test.h"
#include "neural/network.h"
#include "neural/stored_network.h"
#include "neural/trainer.h"

namespace txs::neural {

struct ImageSize {
  std::uint32_t width = 0, height = 0;
};

/// A trainer with what it needs beside it.
struct Training {
  Training(gpu::Device& device, const codec::Source& picture, const ModelShape& shape, const Settings& settings,
           const std::vector<float>& parameters);

  codec::Source source;
  Network network;
  Trainer trainer;
};

/// A model as an artifact holds it, beside the kernels that store and decode it.
struct Storing {
  Storing(gpu::Device& device, const codec::Source& picture, const ModelShape& shape,
          const std::vector<float>& parameters);

  codec::Source source;
  Network network;
  Texels parameters;
  StoredNetwork stored;
};

class NeuralTest : public GpuTest {
 protected:
  /// Whether the device runs them for a model of this shape.
  static bool runs(Kernels kernels, const ModelShape& shape);

  /// Slopes, edges and grain in every channel; alpha too where asked for.
  static codec::Source source_of(ImageSize size, bool alpha = false);

  template <typename Kernels>
  static void wait_for(const Kernels& kernels) {
    while (!kernels.ready()) std::this_thread::yield();
  }
  /// Records by `work`, submits, waits, and gives back what `work` gave.
  template <typename Work>
  static auto run(const Work& work) {
    gpu::Recorder recorder(device());
    const auto result = work(recorder);
    device().wait(device().submit(std::move(recorder)));
    return result;
  }

  /// Takes steps until `step` have been, by recordings of about `samples` samples.
  static void train_to(Trainer& trainer, std::uint64_t step, std::uint64_t samples = 1 << 20);
  static codec::TrainingState state_of(const Training& training);

  /// Kernels of `storing` must be ready.
  static codec::EncodedNetwork artifact_of(Storing& storing, std::uint32_t quantised_bits, float omega0 = 30);
  static Rgba8Image decoded(Storing& storing, std::uint32_t quantised_bits, float omega0 = 30);
};

}  // namespace txs::neural
