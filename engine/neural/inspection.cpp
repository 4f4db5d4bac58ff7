#include "neural/inspection.h"

#include <fmt/format.h>

#include <cmath>

#include "neural/grids.h"

namespace txs::neural {
namespace {

/// Takes floats off the trace, in its order.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : next_(reinterpret_cast<const float*>(bytes.data())) {}
  /// The first `count` of `padded` floats.
  std::vector<float> take(std::uint32_t count, std::uint32_t padded) {
    std::vector<float> values(next_, next_ + count);
    next_ += padded;
    return values;
  }
  std::vector<float> take(std::uint32_t count) { return take(count, count); }

 private:
  const float* next_;
};

std::string grid_name(std::size_t index, std::size_t count) {
  if (count == 1) return "latent";
  if (count == 2) return index == 0 ? "lo" : "hi";
  return fmt::format("level {}", index);
}

codec::GridSample grid_sample(const GridLayout& layout, const Rgba8Image& picture, std::uint32_t x, std::uint32_t y,
                              Reader& reader) {
  const interop::NeuralGrid grid =
      addressing(layout, std::uint32_t(picture.width), std::uint32_t(picture.height));
  const interop::GridPlace place = interop::grid_place(grid, x, y);
  codec::GridSample sample;
  sample.width = grid.size.x;
  sample.height = grid.size.y;
  sample.hashed = layout.shape.hashed();
  sample.x = float(place.low.x) + place.part.x;
  sample.y = float(place.low.y) + place.part.y;
  for (std::uint32_t i = 0; i < 4; ++i) {
    const bool right = (i & 1) != 0, bottom = (i & 2) != 0;
    codec::GridSample::Corner& corner = sample.corners[i];
    corner.x = right ? place.high.x : place.low.x;
    corner.y = bottom ? place.high.y : place.low.y;
    corner.entry = interop::grid_entry(grid, corner.x, corner.y);
    corner.weight = (right ? place.part.x : 1 - place.part.x) * (bottom ? place.part.y : 1 - place.part.y);
    corner.values = reader.take(grid.channels);
  }
  return sample;
}

std::uint8_t stored_byte(float value) { return std::uint8_t(std::floor(255.0f * value + 0.5f)); }

}  // namespace

std::uint64_t trace_floats(const Network& network) {
  std::uint64_t floats = 4 * std::uint64_t(network.channel_count()) + 4 * network.input_quads();
  for (const LayerLayout& layer : network.layout().layers) floats += 2 * std::uint64_t(layer.padded_outputs);
  return floats;
}

codec::TexelInspection texel_inspection(const ModelShape& shape, const Rgba8Image& picture, std::uint32_t x,
                                        std::uint32_t y, std::span<const std::byte> trace) {
  const ModelLayout layout(shape);
  Reader reader(trace);
  codec::TexelInspection inspection;
  inspection.x = x;
  inspection.y = y;
  inspection.original = picture.at(int(x), int(y));
  for (std::size_t i = 0; i < layout.grids.size(); ++i) {
    inspection.grids.push_back(grid_sample(layout.grids[i], picture, x, y, reader));
    inspection.grids.back().name = grid_name(i, layout.grids.size());
  }
  const std::vector<float> features = reader.take(shape.inputs(), layout.layers.front().padded_inputs);
  for (std::size_t i = 0; i < layout.grids.size(); ++i) {
    const float* first = features.data() + layout.grids[i].first_input;
    inspection.grids[i].features.assign(first, first + layout.grids[i].shape.channels);
  }
  for (const LayerLayout& layer : layout.layers) {
    codec::TexelInspection::Layer& added = inspection.layers.emplace_back();
    added.sums = reader.take(layer.outputs, layer.padded_outputs);
    added.outputs = reader.take(layer.outputs, layer.padded_outputs);
  }
  inspection.decoded = {0, 0, 0, 255};
  const std::vector<float>& outputs = inspection.layers.back().outputs;
  for (std::size_t c = 0; c < outputs.size(); ++c) inspection.decoded[c] = stored_byte(outputs[c]);
  return inspection;
}

}  // namespace txs::neural
