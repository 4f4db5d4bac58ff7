#include "neural/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/error.h"
#include "core/half.h"
#include "neural/grids.h"
#include "neural/reference/network.h"

namespace txs::neural {
namespace {

void require(bool holds, const std::string& line) {
  if (!holds) throw Error(Fault::input, line);
}

bool is_side(std::uint32_t side) { return side >= 1 && side <= std::uint32_t(max_image_side); }

void check_picture(const codec::EncodedNetwork& network) {
  require(is_side(network.width) && is_side(network.height) &&
              std::uint64_t(network.width) * network.height <= max_image_pixels,
          fmt::format("a picture of {}x{} texels; sides are 1 to {}, texels at most {}", network.width, network.height,
                      max_image_side, max_image_pixels));
  require(network.channels == 3 || network.channels == 4,
          fmt::format("a picture of {} channels; 3 or 4 are known", network.channels));
  require(std::isfinite(network.omega0) && network.omega0 > 0,
          fmt::format("omega0 is {}; it must be a number above 0", network.omega0));
}

void check_grid(const codec::FeatureGrid& grid, std::size_t index) {
  require(is_side(grid.width) && is_side(grid.height),
          fmt::format("grid {} has {}x{} texels; sides are 1 to {}", index, grid.width, grid.height, max_image_side));
  require(grid.channels >= 1 && grid.channels <= max_inputs,
          fmt::format("grid {} has {} channels; 1 to {} are possible", index, grid.channels, max_inputs));
  const std::uint64_t texels = std::uint64_t(grid.width) * grid.height;
  require(grid.entries == texels || (grid.entries < texels && std::has_single_bit(grid.entries)),
          fmt::format("grid {} has {} entries; {} (dense) or a smaller power of two (hashed) would be right", index,
                      grid.entries, texels));
  require(grid.values.size() == std::uint64_t(grid.entries) * grid.channels,
          fmt::format("grid {} has {} values; {} entries of {} channels need {}", index, grid.values.size(),
                      grid.entries, grid.channels, std::uint64_t(grid.entries) * grid.channels));
  require(grid.bits == 16 || (grid.bits >= 2 && grid.bits <= 8),
          fmt::format("grid {} has values of {} bits; 16 or 2 to 8 are known", index, grid.bits));
  if (grid.bits == 16) return;
  require(grid.low.size() == grid.channels && grid.high.size() == grid.channels,
          fmt::format("grid {} has ranges of {} and {} channels; it has {}", index, grid.low.size(), grid.high.size(),
                      grid.channels));
  require(std::ranges::all_of(grid.values, [&](std::uint16_t level) { return level < 1u << grid.bits; }),
          fmt::format("grid {} has a value that does not fit in its {} bits", index, grid.bits));
}

void check_layer(const codec::DenseLayer& layer, std::size_t index, std::uint32_t inputs, std::uint32_t outputs) {
  require(layer.inputs == inputs && layer.outputs == outputs,
          fmt::format("layer {} goes from {} inputs to {} outputs; {} to {} would fit what stands before and after it",
                      index, layer.inputs, layer.outputs, inputs, outputs));
  require(layer.weights.size() == std::size_t(inputs) * outputs && layer.biases.size() == outputs,
          fmt::format("layer {} has {} weights and {} biases; {} and {} would be right", index, layer.weights.size(),
                      layer.biases.size(), std::size_t(inputs) * outputs, outputs));
}

float grid_value(const codec::FeatureGrid& grid, std::size_t index) {
  if (grid.bits == 16) return half_to_float(grid.values[index]);
  const std::size_t channel = index % grid.channels;
  return interop::level_value(float(grid.values[index]), grid.low[channel], grid.high[channel],
                              1 / float((1u << grid.bits) - 1));
}

/// Decodes rows in strips of neighbouring texels: every weight that is loaded serves a strip, and loops over a strip
/// become vector instructions. A texel's sums have the order of reference::forward, so that they are the same doubles.
class StripDecoder {
 public:
  /// Texels. GCC 12 unrolls loops over strips of 16 and loses their vectors: half the speed; longer strips gain nothing.
  static constexpr std::uint32_t width = 32;

  StripDecoder(const reference::Network& network, std::uint32_t image_width, std::uint32_t image_height)
      : network_(network), image_width_(image_width) {
    for (const GridLayout& grid : network.layout.grids)
      grids_.push_back(addressing(grid, image_width, image_height));
    inputs_.resize(std::max({network.shape.inputs(), network.shape.hidden, network.shape.outputs}));
    outputs_.resize(inputs_.size());
  }

  /// Channels 0 to outputs - 1 of the texels from (x, y) on, as many as the row still has, into RGBA8.
  void decode(std::uint32_t x, std::uint32_t y, std::uint8_t* texels) {
    const std::uint32_t count = std::min(width, image_width_ - x);
    for (std::uint32_t i = 0; i < count; ++i) sample(i, x + i, y);
    for (const LayerLayout& layer : network_.layout.layers) {
      run(layer, &layer == &network_.layout.layers.back());
      std::swap(inputs_, outputs_);
    }
    for (std::uint32_t channel = 0; channel < network_.shape.outputs; ++channel)
      for (std::uint32_t i = 0; i < count; ++i)
        texels[4 * i + channel] = std::uint8_t(255 * inputs_[channel][i] + 0.5);
  }

 private:
  using Strip = std::array<double, width>;

  void sample(std::uint32_t i, std::uint32_t x, std::uint32_t y) {
    for (const interop::NeuralGrid& grid : grids_) {
      const auto around = reference::corners(grid, x, y);
      for (std::uint32_t channel = 0; channel < grid.channels; ++channel) {
        double feature = 0;
        for (const reference::Corner& corner : around)
          feature += corner.weight * network_.parameters[grid.values + corner.entry * grid.channels + channel];
        inputs_[grid.first_input + channel][i] = feature;
      }
    }
  }

  void run(const LayerLayout& layer, bool last) {
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      Strip sums;
      sums.fill(network_.parameters[layer.biases + output]);
      const double* weights = &network_.parameters[layer.weights + output * layer.padded_inputs];
      for (std::uint32_t input = 0; input < layer.inputs; ++input)
        for (std::uint32_t i = 0; i < width; ++i) sums[i] += weights[input] * inputs_[input][i];
      for (std::uint32_t i = 0; i < width; ++i)
        outputs_[output][i] = last ? reference::sigmoid(sums[i])
                                   : reference::activate(network_.shape.activation, network_.omega0, sums[i]);
    }
  }

  const reference::Network& network_;
  std::uint32_t image_width_;
  std::vector<interop::NeuralGrid> grids_;
  std::vector<Strip> inputs_, outputs_;
};

}  // namespace

ModelShape shape_of(const codec::EncodedNetwork& network) {
  check_picture(network);
  require(!network.grids.empty() && network.grids.size() <= interop::neural_most_grids,
          fmt::format("{} grids; 1 to {} are possible", network.grids.size(), interop::neural_most_grids));
  require(network.layers.size() >= 2 && network.layers.size() <= max_depth + 1,
          fmt::format("{} layers; 2 to {} are possible", network.layers.size(), max_depth + 1));

  ModelShape shape{.hidden = network.layers[0].outputs,
                   .depth = std::uint32_t(network.layers.size() - 1),
                   .outputs = network.channels,
                   .activation = network.activation};
  require(shape.hidden >= 1 && shape.hidden <= max_hidden,
          fmt::format("hidden layers of {} units; 1 to {} are possible", shape.hidden, max_hidden));
  for (std::size_t i = 0; i < network.grids.size(); ++i) {
    const codec::FeatureGrid& grid = network.grids[i];
    check_grid(grid, i);
    shape.grids.push_back({grid.width, grid.height, grid.channels, grid.entries});
  }
  require(shape.inputs() <= max_inputs,
          fmt::format("grids of {} channels together; at most {} are possible", shape.inputs(), max_inputs));
  require(shape.arena_floats() <= max_model_floats,
          fmt::format("{} parameters; at most {} are possible", shape.parameter_count(), max_model_floats));
  for (std::uint32_t i = 0; i <= shape.depth; ++i)
    check_layer(network.layers[i], i, i == 0 ? shape.inputs() : shape.hidden,
                i == shape.depth ? shape.outputs : shape.hidden);
  return shape;
}

std::vector<float> parameters_of(const codec::EncodedNetwork& network) {
  const ModelLayout layout(shape_of(network));
  std::vector<float> parameters(layout.floats, 0.0f);
  for (std::size_t i = 0; i < layout.grids.size(); ++i)
    for (std::size_t k = 0; k < network.grids[i].values.size(); ++k)
      parameters[layout.grids[i].values + k] = grid_value(network.grids[i], k);
  for (std::size_t i = 0; i < layout.layers.size(); ++i) {
    const LayerLayout& to = layout.layers[i];
    const codec::DenseLayer& from = network.layers[i];
    for (std::uint32_t output = 0; output < to.outputs; ++output) {
      for (std::uint32_t input = 0; input < to.inputs; ++input)
        parameters[to.weights + output * to.padded_inputs + input] =
            half_to_float(from.weights[std::size_t(output) * to.inputs + input]);
      parameters[to.biases + output] = half_to_float(from.biases[output]);
    }
  }
  require(std::ranges::all_of(parameters, [](float value) { return std::isfinite(value); }),
          "a parameter is infinite or not a number");
  return parameters;
}

Rgba8Image decode_on_cpu(const codec::EncodedNetwork& network) {
  const reference::Network reference(shape_of(network), network.omega0, parameters_of(network));
  Rgba8Image picture{.width = int(network.width), .height = int(network.height)};
  picture.texels.assign(picture.pixel_count() * 4, 255);
  StripDecoder decoder(reference, network.width, network.height);
  for (std::uint32_t y = 0; y < network.height; ++y)
    for (std::uint32_t x = 0; x < network.width; x += StripDecoder::width)
      decoder.decode(x, y, &picture.texels[(std::size_t(y) * network.width + x) * 4]);
  return picture;
}

}  // namespace txs::neural
