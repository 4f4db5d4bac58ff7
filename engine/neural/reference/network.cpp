#include "neural/reference/network.h"

#include <fmt/format.h>

#include "core/error.h"
#include "neural/grids.h"

namespace txs::neural::reference {
namespace {

/// Loss gradients of one sample, added to those of the others from the last layer back to the grids.
class Backward {
 public:
  Backward(const Network& network, const Trace& trace, std::vector<double>& gradient)
      : network_(network), trace_(trace), gradient_(gradient) {}

  /// `by_sums`: the loss by the sums of layer `index`. Gives the loss by that layer's inputs.
  std::vector<double> layer(std::size_t index, const std::vector<double>& by_sums) {
    const LayerLayout& layer = network_.layout.layers[index];
    const std::vector<double>& inputs = index == 0 ? trace_.features : trace_.outputs[index - 1];
    std::vector<double> by_inputs(layer.inputs, 0.0);
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      gradient_[layer.biases + output] += by_sums[output];
      const std::uint32_t row = layer.weights + output * layer.padded_inputs;
      for (std::uint32_t input = 0; input < layer.inputs; ++input) {
        gradient_[row + input] += by_sums[output] * inputs[input];
        by_inputs[input] += by_sums[output] * network_.parameters[row + input];
      }
    }
    return by_inputs;
  }

  /// Through the activation of hidden layer `index`: from the loss by its outputs to that by its sums.
  std::vector<double> activation(std::size_t index, std::vector<double> by_outputs) {
    for (std::size_t i = 0; i < by_outputs.size(); ++i)
      by_outputs[i] *= activate_derivative(network_.shape.activation, network_.omega0, trace_.sums[index][i]);
    return by_outputs;
  }

  void grid(const interop::NeuralGrid& grid, std::uint32_t x, std::uint32_t y, const std::vector<double>& by_features) {
    for (const Corner& corner : corners(grid, x, y))
      for (std::uint32_t channel = 0; channel < grid.channels; ++channel)
        gradient_[grid.values + corner.entry * grid.channels + channel] +=
            corner.weight * by_features[grid.first_input + channel];
  }

 private:
  const Network& network_;
  const Trace& trace_;
  std::vector<double>& gradient_;
};

}  // namespace

std::array<Corner, 4> corners(const interop::NeuralGrid& grid, std::uint32_t x, std::uint32_t y) {
  const interop::GridPlace place = interop::grid_place(grid, x, y);
  const double right = place.part.x, bottom = place.part.y;
  return {Corner{interop::grid_entry(grid, place.low.x, place.low.y), (1 - right) * (1 - bottom)},
          Corner{interop::grid_entry(grid, place.high.x, place.low.y), right * (1 - bottom)},
          Corner{interop::grid_entry(grid, place.low.x, place.high.y), (1 - right) * bottom},
          Corner{interop::grid_entry(grid, place.high.x, place.high.y), right * bottom}};
}

Network::Network(const ModelShape& model, double omega, std::span<const float> values)
    : shape(model), layout(model), omega0(omega), parameters(values.begin(), values.end()) {
  if (parameters.size() != layout.floats)
    throw Error(Fault::internal, fmt::format("{} parameters for a model of {}", parameters.size(), layout.floats));
}

Trace forward(const Network& network, std::uint32_t image_width, std::uint32_t image_height, std::uint32_t x,
              std::uint32_t y) {
  Trace trace;
  for (const GridLayout& layout : network.layout.grids) {
    const interop::NeuralGrid grid = addressing(layout, image_width, image_height);
    const auto around = corners(grid, x, y);
    for (std::uint32_t channel = 0; channel < grid.channels; ++channel) {
      double feature = 0;
      for (const Corner& corner : around)
        feature += corner.weight * network.parameters[grid.values + corner.entry * grid.channels + channel];
      trace.features.push_back(feature);
    }
  }

  const std::vector<double>* inputs = &trace.features;
  trace.sums.reserve(network.layout.layers.size());
  trace.outputs.reserve(network.layout.layers.size());  // `inputs` points into it
  for (const LayerLayout& layer : network.layout.layers) {
    const bool last = &layer == &network.layout.layers.back();
    std::vector<double>& sums = trace.sums.emplace_back();
    std::vector<double>& outputs = trace.outputs.emplace_back();
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      double sum = network.parameters[layer.biases + output];
      for (std::uint32_t input = 0; input < layer.inputs; ++input)
        sum += network.parameters[layer.weights + output * layer.padded_inputs + input] * (*inputs)[input];
      sums.push_back(sum);
      outputs.push_back(last ? sigmoid(sum) : activate(network.shape.activation, network.omega0, sum));
    }
    inputs = &outputs;
  }
  return trace;
}

Gradient gradient(const Network& network, std::uint32_t image_width, std::uint32_t image_height,
                  std::span<const Sample> samples) {
  Gradient result{.loss = 0, .values = std::vector<double>(network.layout.floats, 0.0)};
  const std::uint32_t channels = network.shape.outputs;
  const double share = 1 / (double(samples.size()) * channels);
  for (const Sample& sample : samples) {
    const Trace trace = forward(network, image_width, image_height, sample.x, sample.y);
    std::vector<double> by_sums(channels);
    for (std::uint32_t channel = 0; channel < channels; ++channel) {
      const double output = trace.outputs.back()[channel], error = output - sample.colour[channel];
      result.loss += share * error * error;
      by_sums[channel] = share * 2 * error * output * (1 - output);
    }

    Backward backward(network, trace, result.values);
    std::size_t index = network.layout.layers.size() - 1;
    std::vector<double> by_inputs = backward.layer(index, by_sums);
    while (index-- > 0) by_inputs = backward.layer(index, backward.activation(index, std::move(by_inputs)));
    for (const GridLayout& grid : network.layout.grids)
      backward.grid(addressing(grid, image_width, image_height), sample.x, sample.y, by_inputs);
  }
  return result;
}

}  // namespace txs::neural::reference
