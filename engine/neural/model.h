#pragma once
#include <cstdint>
#include <vector>

#include "codec/encoded_network.h"

namespace txs::neural {

/// One level of a grid encoding; samples as interop::grid_place has it: bilinear, corners aligned.
struct GridShape {
  std::uint32_t width = 0, height = 0;
  std::uint32_t channels = 0;
  std::uint32_t entries = 0;  ///< width * height: dense; fewer: a power of two, addressed by interop::hash_entry

  bool hashed() const { return std::uint64_t(entries) != std::uint64_t(width) * height; }
  bool operator==(const GridShape&) const = default;
};

inline constexpr std::uint32_t max_inputs = 128, max_hidden = 128, max_depth = 4;
/// An arena of 1 GiB: far more than pays, and offsets in bytes stay below 2^31.
inline constexpr std::uint64_t max_model_floats = std::uint64_t(1) << 28;

/// The shape of a decoder over its feature grids: everything that decides how many parameters there are.
struct ModelShape {
  std::vector<GridShape> grids;  ///< 1..interop::neural_most_grids
  std::uint32_t hidden = 64;     ///< units of a hidden layer, 1..max_hidden
  std::uint32_t depth = 2;       ///< hidden layers, 1..max_depth
  std::uint32_t outputs = 3;  ///< RGB or RGBA
  codec::Activation activation = codec::Activation::siren;

  std::uint32_t inputs() const;           ///< features of a sample, 1..max_inputs: the channels of all grids
  std::uint64_t parameter_count() const;  ///< grids, weights and biases
  std::uint64_t arena_floats() const;     ///< the same with the padding of ModelLayout

  bool operator==(const ModelShape&) const = default;
};

/// A dense layer in the arena: its weights are a matrix padded with zeros to whole tiles, which stay zero in training
/// (a padded unit's activation, and so every gradient that touches it, is 0), so that kernels need no edges.
struct LayerLayout {
  std::uint32_t inputs = 0, outputs = 0;  ///< true sizes
  std::uint32_t padded_inputs = 0;        ///< a multiple of interop::neural_tile: floats from one row to the next
  std::uint32_t padded_outputs = 0;       ///< a multiple of interop::neural_tile: rows
  std::uint32_t weights = 0;              ///< of element [0][0]; element [output][input]
  std::uint32_t biases = 0;               ///< padded_outputs floats
};

struct GridLayout {
  GridShape shape;
  std::uint32_t first_input = 0;  ///< of the concatenated features
  std::uint32_t values = 0;       ///< of entry 0, channel 0; element [entry][channel]
};

/// Where each parameter lies in the arena: one buffer of floats, grids first. Gradients and Adam's moments have buffers
/// of the same layout. All offsets are in floats; those of layers are multiples of 4.
struct ModelLayout {
  /// Throws Error(usage) for an arena beyond max_model_floats.
  explicit ModelLayout(const ModelShape& shape);

  std::vector<GridLayout> grids;
  std::vector<LayerLayout> layers;  ///< depth hidden ones, then the linear output
  std::uint32_t grid_floats = 0;    ///< of all grids, from 0 on, padded to a multiple of 4
  std::uint32_t floats = 0;         ///< of the whole arena, padding included
};

/// The first parameters of a model, a function of its arguments alone (shaders/interop/neural_random.h): grids
/// normal(0, 0.01) (latent textures) or uniform in +-1e-3 (hash levels); the layers of a siren after Sitzmann et al. 2020
/// (first uniform +-1/inputs, later ones, the output among them, uniform +-sqrt(6/inputs)/omega0, biases 0), those of
/// other activations as PyTorch starts a linear layer (weights and biases uniform +-1/sqrt(inputs)). Padding is 0.
enum class GridStart { normal_001, uniform_0001 };
std::vector<float> initial_parameters(const ModelShape& shape, GridStart start, float omega0, std::uint64_t seed);

}  // namespace txs::neural
