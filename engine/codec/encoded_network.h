#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/encoded_texture.h"

namespace txs::codec {

/// A grid of feature vectors: the texels of a latent texture, or the entries of one level of a hash encoding, as an
/// artifact stores them.
struct FeatureGrid {
  std::uint32_t width = 0, height = 0;  ///< what coordinates address: 0..1 spans texel centres 0..width-1, 0..height-1
  std::uint32_t channels = 0;
  /// width * height of a dense grid, row-major. Fewer (a power of two): entries that texels share by a hash.
  std::uint32_t entries = 0;
  std::uint32_t bits = 16;  ///< 16: binary16 values; 2..8: integers of quantisation-aware training
  std::vector<std::uint16_t> values;  ///< [entry][channel]: bits of a binary16, or an integer below 2^bits
  std::vector<float> low, high;       ///< integers only, per channel: value = low + q * (high - low) / (2^bits - 1)

  bool hashed() const { return std::uint64_t(entries) != std::uint64_t(width) * height; }
};

/// Outputs = weights * inputs + biases, all binary16 bits.
struct DenseLayer {
  std::uint32_t inputs = 0, outputs = 0;
  std::vector<std::uint16_t> weights;  ///< [output][input]
  std::vector<std::uint16_t> biases;   ///< [output]
};

enum class Activation { siren, gelu, silu, relu };

/// How the feature grids are coded in a file (stage 2). Everything but jpeg is lossless.
enum class Stage2 { none, jpeg, png, zstd };

/// What training needs to go on as if it had never stopped. Not part of what decodes.
struct TrainingState {
  std::uint64_t step = 0;
  std::vector<float> parameters, first_moments, second_moments;  ///< Adam's; in the order of neural::ModelLayout
};

/// A picture as a small neural network and the feature grids that it decodes: what a .txs file holds.
struct EncodedNetwork {
  std::uint32_t width = 0, height = 0;  ///< texels of the picture
  std::uint32_t channels = 3;           ///< outputs: RGB, or RGBA
  bool srgb = true;                     ///< how the decoded bytes are meant; they are never converted
  Activation activation = Activation::siren;
  float omega0 = 30;  ///< of siren
  std::vector<FeatureGrid> grids;  ///< their samples are concatenated, in this order
  std::vector<DenseLayer> layers;  ///< hidden ones, then the linear one before the sigmoid
  Stage2 stage2 = Stage2::none;
  std::uint32_t jpeg_quality = 85;  ///< 1..100
  Provenance provenance;
  std::optional<TrainingState> training;
};

}  // namespace txs::codec
