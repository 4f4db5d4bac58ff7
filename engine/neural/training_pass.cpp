#include "neural/training_pass.h"

#include <fmt/format.h>

#include "core/error.h"
#include "neural/matrix_pass.h"
#include "neural/portable_pass.h"
#include "neural/shared_pass.h"

namespace txs::neural {

SampleTexels::SampleTexels(gpu::Device& device, const Network& network, std::uint32_t blocks)
    : positions(device, std::uint64_t(blocks) * interop::neural_block, "sample positions", Texels::Words::integers),
      feature_gradients(device, std::uint64_t(blocks) * interop::neural_block * network.input_quads() * 4,
                        "feature gradients"),
      losses(device, std::uint64_t(blocks) * interop::neural_block, "losses") {}

KernelLimits::KernelLimits(const gpu::Device& device)
    : software(device.is_cpu()), multiplies_matrices(device.multiplies_matrices()), shared_bytes(device.shared_bytes()) {}

Kernels choose_kernels(Kernels wanted, const KernelLimits& limits, const ModelShape& shape) {
  const bool shared = SharedPass::shared_bytes(shape) <= limits.shared_bytes;
  const bool matrix = limits.multiplies_matrices && MatrixPass::shared_bytes(shape) <= limits.shared_bytes;
  const auto refuse = [](const char* kernels, const char* what) {
    throw Error(Fault::device, fmt::format("kernels={}: the device has no {}; auto takes what it has", kernels, what));
  };
  switch (wanted) {
    case Kernels::automatic:
      if (limits.software) return Kernels::portable;
      return matrix ? Kernels::matrix : shared ? Kernels::shared : Kernels::portable;
    case Kernels::shared:
      if (!shared) refuse("shared", "workgroups of so much shared memory");
      break;
    case Kernels::matrix:
      if (!matrix) refuse("matrix", "matrix products of binary16 (VK_NV_cooperative_matrix)");
      break;
    case Kernels::portable: break;
  }
  return wanted;
}

std::unique_ptr<TrainingPass> make_training_pass(Kernels kernels, gpu::Device& device, const Network& network,
                                                 const SliceInputs& inputs, const SampleTexels& outputs) {
  if (kernels == Kernels::matrix) return std::make_unique<MatrixPass>(device, network, inputs, outputs);
  if (kernels == Kernels::shared) return std::make_unique<SharedPass>(device, network, inputs, outputs);
  return std::make_unique<PortablePass>(device, network, inputs, outputs);
}

}  // namespace txs::neural
