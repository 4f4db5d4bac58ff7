#include "neural/weight_sums.h"

#include "shaders/interop/neural_train.h"

namespace txs::neural {
namespace {

// Invocations of a GPU that share the sums of a quad.
constexpr std::uint32_t gpu_members = 8;

}  // namespace

WeightSums::WeightSums(gpu::Device& device, const Network& network)
    : device_(device),
      floats_(network.decoder_floats()),
      layers_quad_(network.layers_quad()),
      quads_a_group_(interop::neural_group / (device.is_cpu() ? 1 : gpu_members)),
      sums_(device, 4, "weight gradient sums"),
      kernel_(device,
              {"neural/gradient_sum.comp", sizeof(interop::GradientSumPush),
               {gpu::Binding::texels, gpu::Binding::block}, {interop::neural_group / quads_a_group_}},
              {&sums_.quads, &sums_.buffer}) {}

void WeightSums::make_room(std::uint64_t sums) {
  if (sums <= room_) return;
  room_ = sums;
  sums_ = Texels(device_, sums * floats_, "weight gradient sums");
}

void WeightSums::add_up(gpu::Recorder& recorder, std::uint32_t sums, const Texels& gradient) {
  const std::uint32_t quads = floats_ / 4;
  recorder.dispatch(kernel_, interop::GradientSumPush{sums, quads, layers_quad_}, {&sums_.quads, &gradient.buffer},
                    {gpu::divide_up(quads, quads_a_group_)});
}

}  // namespace txs::neural
