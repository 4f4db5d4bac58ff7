#include "artifact/network_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "core/half.h"
#include "image/image.h"

namespace txs::artifact {
namespace {

std::string picture_fault(const codec::EncodedNetwork& network) {
  const auto most_side = std::uint32_t(max_image_side);
  const std::uint32_t shorter = std::min(network.width, network.height);
  const std::uint32_t longer = std::max(network.width, network.height);
  if (shorter == 0 || longer > most_side || std::uint64_t(shorter) * longer > max_image_pixels) {
    return fmt::format("is a picture of {} x {} texels; 1 to {} a side and at most {} in all can be", network.width,
                       network.height, most_side, max_image_pixels);
  }
  if (network.channels != 3 && network.channels != 4)
    return fmt::format("has {} channels; 3 (RGB) or 4 (RGBA) can be", network.channels);
  if (!std::isfinite(network.omega0)) return "has an omega0 that is no finite number";
  if (network.jpeg_quality < 1 || network.jpeg_quality > 100)
    return fmt::format("has a JPEG quality of {}; 1 to 100 can be", network.jpeg_quality);
  return {};
}

std::string grid_fault(const codec::FeatureGrid& grid, std::size_t number) {
  const auto most_side = std::uint32_t(max_image_side);
  if (std::min(grid.width, grid.height) == 0 || std::max(grid.width, grid.height) > most_side) {
    return fmt::format("has a grid {} of {} x {}; 1 to {} a side can be", number, grid.width, grid.height, most_side);
  }
  if (grid.channels == 0 || grid.channels > max_grid_channels) {
    return fmt::format("has a grid {} of {} channels; 1 to {} can be", number, grid.channels, max_grid_channels);
  }
  const std::uint64_t texels = std::uint64_t(grid.width) * grid.height;
  if (grid.entries != texels && (grid.entries > texels || !std::has_single_bit(grid.entries))) {
    return fmt::format("has a grid {} of {} entries; {} x {} of them, or a power of two below that, can be", number,
                       grid.entries, grid.width, grid.height);
  }
  if (grid.bits != 16 && (grid.bits < 2 || grid.bits > 8))
    return fmt::format("has a grid {} of {} bits; 16, or 2 to 8, can be", number, grid.bits);
  return {};
}

std::string layers_fault(const codec::EncodedNetwork& network) {
  const std::vector<codec::DenseLayer>& layers = network.layers;
  if (layers.size() < 2 || layers.size() > max_depth + 1)
    return fmt::format("has {} layers; 1 to {} hidden ones and the last can be", layers.size(), max_depth);
  std::uint64_t inputs = 0;
  for (const codec::FeatureGrid& grid : network.grids) inputs += grid.channels;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].inputs != inputs)
      return fmt::format("has a layer {} of {} inputs where {} come in", i, layers[i].inputs, inputs);
    inputs = layers[i].outputs;
  }
  const std::uint32_t hidden = layers.front().outputs;
  if (hidden == 0 || hidden > max_hidden)
    return fmt::format("has hidden layers of {} units; 1 to {} can be", hidden, max_hidden);
  for (std::size_t i = 1; i + 1 < layers.size(); ++i) {
    if (layers[i].outputs != hidden)
      return fmt::format("has hidden layers of {} and {} units; all must be the same", hidden, layers[i].outputs);
  }
  if (inputs != network.channels)
    return fmt::format("has {} outputs for a picture of {} channels", inputs, network.channels);
  return {};
}

bool all_finite(std::span<const std::uint16_t> halves) { return std::ranges::all_of(halves, half_is_finite); }
bool all_finite(std::span<const float> values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

std::string values_fault(const codec::FeatureGrid& grid, std::size_t number) {
  const std::size_t ranges = holds_integers(grid) ? grid.channels : 0;
  if (grid.values.size() != value_count(grid) || grid.low.size() != ranges || grid.high.size() != ranges)
    return fmt::format("has a grid {} whose arrays do not have its size", number);
  if (!holds_integers(grid))
    return all_finite(grid.values) ? "" : fmt::format("has a grid {} with values that are NaN or infinite", number);
  for (std::size_t c = 0; c < ranges; ++c) {
    // The span too: values are taken as low + level * ((high - low) / steps).
    if (!std::isfinite(grid.low[c]) || !std::isfinite(grid.high[c]) || !std::isfinite(grid.high[c] - grid.low[c]))
      return fmt::format("has a grid {} whose channel {} has no finite range", number, c);
  }
  const std::uint32_t greatest = greatest_level(grid);
  if (std::ranges::any_of(grid.values, [&](std::uint16_t level) { return level > greatest; }))
    return fmt::format("has a grid {} of {} bits with integers beyond {}", number, grid.bits, greatest);
  return {};
}

std::string values_fault(const codec::DenseLayer& layer, std::size_t number) {
  if (layer.weights.size() != std::size_t(layer.inputs) * layer.outputs || layer.biases.size() != layer.outputs)
    return fmt::format("has a layer {} whose arrays do not have its size", number);
  if (!all_finite(layer.weights) || !all_finite(layer.biases))
    return fmt::format("has a layer {} with weights or biases that are NaN or infinite", number);
  return {};
}

std::string training_fault(const codec::EncodedNetwork& network) {
  const codec::TrainingState& training = *network.training;
  std::uint64_t least = 0;
  for (const codec::FeatureGrid& grid : network.grids) least += value_count(grid);
  for (const codec::DenseLayer& layer : network.layers) least += layer.weights.size() + layer.biases.size();
  // The arena of training is padded: only the model itself knows how long it is.
  const std::size_t count = training.parameters.size();
  if (count < least || training.first_moments.size() != count || training.second_moments.size() != count)
    return fmt::format("has a training state whose arrays do not fit its {} parameters", least);
  if (!all_finite(training.parameters) || !all_finite(training.first_moments) || !all_finite(training.second_moments))
    return "has a training state with values that are NaN or infinite";
  return {};
}

}  // namespace

PlaneSize plane_size(const codec::FeatureGrid& grid) {
  if (!grid.hashed()) return {grid.width, grid.height};
  const auto bits = static_cast<std::uint32_t>(std::countr_zero(grid.entries));
  return {1u << (bits + 1) / 2, 1u << bits / 2};
}

std::string shape_fault(const codec::EncodedNetwork& network) {
  if (std::string fault = picture_fault(network); !fault.empty()) return fault;
  if (network.grids.empty() || network.grids.size() > max_grids)
    return fmt::format("has {} grids; 1 to {} can be", network.grids.size(), max_grids);
  for (std::size_t i = 0; i < network.grids.size(); ++i) {
    if (std::string fault = grid_fault(network.grids[i], i); !fault.empty()) return fault;
  }
  return layers_fault(network);
}

std::string content_fault(const codec::EncodedNetwork& network) {
  for (std::size_t i = 0; i < network.grids.size(); ++i) {
    if (std::string fault = values_fault(network.grids[i], i); !fault.empty()) return fault;
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (std::string fault = values_fault(network.layers[i], i); !fault.empty()) return fault;
  }
  return network.training ? training_fault(network) : "";
}

}  // namespace txs::artifact
