#include "neural/step_statistics.h"

#include "shaders/interop/neural_train.h"

namespace txs::neural {
namespace {

using gpu::Binding;

gpu::Kernel round(gpu::Device& device, bool last, const Texels& parts) {
  const Texels like(device, 4, "floats");
  return {device,
          {"neural/statistics.comp", sizeof(interop::StatisticsPush),
           {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, {last}},
          {&like.single, &like.quads, &like.quads, &parts.single}};
}

}  // namespace

StepStatistics::StepStatistics(gpu::Device& device)
    : parts_(device, (interop::statistics_parts + 1) * sizeof(interop::NeuralStatistics) / 4, "training statistics",
             Texels::Words::integers),
      first_(round(device, false, parts_)),
      last_(round(device, true, parts_)) {}

bool StepStatistics::ready() const {
  const bool first = first_.ready();
  return last_.ready() && first;
}

void StepStatistics::record(gpu::Recorder& recorder, const Texels& losses, std::uint32_t loss_count,
                            const Texels& parameters, const Texels& gradient) {
  const interop::StatisticsPush push{loss_count, std::uint32_t(parameters.buffer.size() / 16)};
  for (const gpu::Kernel* kernel : {&first_, &last_})
    recorder.dispatch(*kernel, push, {&losses.single, &parameters.quads, &gradient.quads, &parts_.single},
                      {kernel == &first_ ? interop::statistics_parts : 1});
}

gpu::PendingRead StepStatistics::read(gpu::Recorder& recorder) const {
  return recorder.read(parts_.buffer, 0, sizeof(interop::NeuralStatistics));
}

}  // namespace txs::neural
