#include "neural/model.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "core/error.h"
#include "shaders/interop/neural_model.h"

namespace txs::neural {
namespace {

constexpr std::uint64_t round_up(std::uint64_t count, std::uint64_t multiple) {
  return (count + multiple - 1) / multiple * multiple;
}

/// Of padded rows and columns.
constexpr std::uint64_t to_tiles(std::uint64_t count) { return round_up(count, interop::neural_tile); }

constexpr std::uint64_t grids_alignment = 4;  ///< floats: layers are read as vec4

std::uint64_t grid_values(const GridShape& grid) { return std::uint64_t(grid.entries) * grid.channels; }

/// Inputs and outputs of layer `index`, the output layer being the one after the last hidden one.
struct LayerSize {
  std::uint32_t inputs, outputs;
};
LayerSize layer_size(const ModelShape& shape, std::uint32_t index) {
  return {index == 0 ? shape.inputs() : shape.hidden, index == shape.depth ? shape.outputs : shape.hidden};
}

/// Draws the parameters of an arena: what lies at an index depends on the seed and that index alone.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : seed_(interop::seed_words(seed)) {}

  float uniform(std::uint32_t index, double bound) const {
    return float((2 * double(interop::random_unit(words(index).x)) - 1) * bound);
  }

  /// Box and Muller 1958; 1 - u lies in (0, 1], so that the logarithm is finite.
  float normal(std::uint32_t index, double deviation) const {
    const interop::uvec4 word = words(index);
    const double radius = std::sqrt(-2 * std::log(1 - double(interop::random_unit(word.x))));
    return float(deviation * radius * std::cos(2 * std::numbers::pi * double(interop::random_unit(word.y))));
  }

 private:
  interop::uvec4 words(std::uint32_t index) const {
    return interop::random_words(seed_, interop::stream_parameters, 0, index);
  }

  interop::uvec2 seed_;
};

/// Bounds of a layer's uniform start.
struct LayerStart {
  double weights, biases;
};
LayerStart layer_start(const ModelShape& shape, std::uint32_t index, double omega0) {
  const double inputs = layer_size(shape, index).inputs;
  if (shape.activation != codec::Activation::siren) return {1 / std::sqrt(inputs), 1 / std::sqrt(inputs)};
  return {index == 0 ? 1 / inputs : std::sqrt(6 / inputs) / omega0, 0};
}

}  // namespace

std::uint32_t ModelShape::inputs() const {
  std::uint32_t channels = 0;
  for (const GridShape& grid : grids) channels += grid.channels;
  return channels;
}

std::uint64_t ModelShape::parameter_count() const {
  std::uint64_t count = 0;
  for (const GridShape& grid : grids) count += grid_values(grid);
  for (std::uint32_t i = 0; i <= depth; ++i) {
    const LayerSize size = layer_size(*this, i);
    count += std::uint64_t(size.inputs + 1) * size.outputs;
  }
  return count;
}

std::uint64_t ModelShape::arena_floats() const {
  std::uint64_t floats = 0;
  for (const GridShape& grid : grids) floats += grid_values(grid);
  floats = round_up(floats, grids_alignment);
  for (std::uint32_t i = 0; i <= depth; ++i) {
    const LayerSize size = layer_size(*this, i);
    floats += (to_tiles(size.inputs) + 1) * to_tiles(size.outputs);
  }
  return floats;
}

ModelLayout::ModelLayout(const ModelShape& shape) {
  if (shape.arena_floats() > max_model_floats)
    throw Error(Fault::usage, fmt::format("a model of {} parameters is too large: at most {}, with a larger scale or "
                                          "fewer channels",
                                          shape.parameter_count(), max_model_floats));
  std::uint32_t inputs = 0;
  for (const GridShape& grid : shape.grids) {
    grids.push_back({.shape = grid, .first_input = inputs, .values = floats});
    inputs += grid.channels;
    floats += std::uint32_t(grid_values(grid));
  }
  floats = std::uint32_t(round_up(floats, grids_alignment));
  grid_floats = floats;

  for (std::uint32_t i = 0; i <= shape.depth; ++i) {
    const LayerSize size = layer_size(shape, i);
    LayerLayout layer{.inputs = size.inputs, .outputs = size.outputs};
    layer.padded_inputs = std::uint32_t(to_tiles(size.inputs));
    layer.padded_outputs = std::uint32_t(to_tiles(size.outputs));
    layer.weights = floats;
    layer.biases = layer.weights + layer.padded_inputs * layer.padded_outputs;
    floats = layer.biases + layer.padded_outputs;
    layers.push_back(layer);
  }
}

std::vector<float> initial_parameters(const ModelShape& shape, GridStart start, float omega0, std::uint64_t seed) {
  const ModelLayout layout(shape);
  const Draw draw(seed);
  std::vector<float> parameters(layout.floats, 0.0f);
  for (const GridLayout& grid : layout.grids)
    for (std::uint64_t i = 0; i < grid_values(grid.shape); ++i) {
      const std::uint32_t index = grid.values + std::uint32_t(i);
      parameters[index] = start == GridStart::normal_001 ? draw.normal(index, 0.01) : draw.uniform(index, 1e-3);
    }
  for (std::uint32_t i = 0; i < layout.layers.size(); ++i) {
    const LayerLayout& layer = layout.layers[i];
    const LayerStart bounds = layer_start(shape, i, omega0);
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      for (std::uint32_t input = 0; input < layer.inputs; ++input) {
        const std::uint32_t index = layer.weights + output * layer.padded_inputs + input;
        parameters[index] = draw.uniform(index, bounds.weights);
      }
      parameters[layer.biases + output] = draw.uniform(layer.biases + output, bounds.biases);
    }
  }
  return parameters;
}

}  // namespace txs::neural
