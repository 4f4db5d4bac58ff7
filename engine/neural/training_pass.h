#pragma once
#include <cstdint>
#include <memory>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "neural/batch.h"
#include "neural/network.h"

namespace txs::neural {

/// What the samples of a whole batch leave, whichever kernels carried them.
struct SampleTexels {
  SampleTexels(gpu::Device& device, const Network& network, std::uint32_t blocks);

  Texels positions;          ///< x | y << 16 of each sample
  Texels feature_gradients;  ///< planes of quads (interop/neural_train.h)
  Texels losses;             ///< squared errors, TrainingPass::losses_a_block() of each block; their sum counts
};

/// What a slice of a step reads.
struct SliceInputs {
  const Texels& parameters;    ///< as the forward pass sees them
  const gpu::Texture& picture;
  const Texels& drawn_pixels;  ///< of independent sampling
};

/// Carries slices of a batch forward and back: samples are drawn, encoded, decoded, compared; what comes out are their
/// SampleTexels, and sums of the gradients of the decoder's weights, which end_step adds up in one order. Implementations
/// differ in how they use a device and in what arithmetic, which `precision` says, never in what they compute.
class TrainingPass {
 public:
  virtual ~TrainingPass() = default;

  virtual const char* name() const = 0;
  virtual bool ready() const = 0;
  /// Blocks of a slice at most: what one recording cannot cut.
  virtual std::uint32_t slice_blocks() const = 0;
  virtual std::uint32_t losses_a_block() const = 0;

  /// Before the first slice of a step with a batch of `blocks`.
  virtual void begin_step(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t blocks) = 0;
  /// Blocks [slice.first_block, slice.first_block + blocks) of the batch; first_block is a multiple of slice_blocks().
  virtual void record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
                      const SliceInputs& inputs, const SampleTexels& outputs) = 0;
  /// The decoder's gradient, from all slices of a batch of `blocks`.
  virtual void end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) = 0;
};

/// What decides which kernels a device can run.
struct KernelLimits {
  explicit KernelLimits(const gpu::Device& device);
  KernelLimits() = default;

  bool software = true;
  bool multiplies_matrices = false;
  std::uint32_t shared_bytes = 16384;
};

/// `wanted` or, of `automatic`, the best for such a device; never `automatic`. Throws Error(device) for kernels that such
/// a device cannot run.
Kernels choose_kernels(Kernels wanted, const KernelLimits& limits, const ModelShape& shape);

/// `kernels` as choose_kernels gave them.
std::unique_ptr<TrainingPass> make_training_pass(Kernels kernels, gpu::Device& device, const Network& network,
                                                 const SliceInputs& inputs, const SampleTexels& outputs);

}  // namespace txs::neural
