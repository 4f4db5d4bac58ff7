#include "neural/grid_ranges.h"

namespace txs::neural {
namespace {

using gpu::Binding;

// A workgroup has a channel's thousands of values to look at: as many invocations as a GPU likes to give it.
constexpr std::uint32_t wide_group = 256;

}  // namespace

GridRanges::GridRanges(gpu::Device& device, const Network& network)
    : ranges_(device, std::uint64_t(network.channel_count()) * 4, "feature ranges"),
      channels_(device, channel_works(network.layout()), "channel works"),
      values_(device, value_works(network.layout(), false), "grid value works"),
      range_(device,
             {"neural/range.comp", 0, {Binding::texels, Binding::texels, Binding::stored_texels},
              {device.is_cpu() ? interop::neural_group : wide_group}},
             {channels_.texels(), &ranges_.single, &ranges_.quads}),
      quantise_(device,
                {"neural/fake_quantise.comp", sizeof(interop::QuantisePush),
                 {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                {values_.texels(), &ranges_.single, &ranges_.quads, &ranges_.single}) {}

bool GridRanges::ready() const {
  const bool range = range_.ready();
  return quantise_.ready() && range;
}

void GridRanges::wait() const {
  range_.wait();
  quantise_.wait();
}

void GridRanges::record(gpu::Recorder& recorder, const Texels& values) {
  recorder.dispatch(range_, {channels_.texels(), &values.single, &ranges_.quads}, channels_.groups());
}

void GridRanges::quantise(gpu::Recorder& recorder, std::uint32_t bits, const Texels& values, const Texels& forward) {
  const float steps = float((1u << bits) - 1);
  const interop::QuantisePush push{steps, 1 / steps};
  recorder.dispatch(quantise_, push, {values_.texels(), &values.single, &ranges_.quads, &forward.single},
                    values_.groups());
}

}  // namespace txs::neural
