#include <algorithm>
#include <cmath>

#include "neural/reference/network.h"

namespace txs::neural::reference {

void Adam::update(std::span<double> parameters, std::span<const double> gradient,
                  std::span<const double> learning_rates, std::uint64_t step) {
  const double beta1 = interop::adam_beta1, beta2 = interop::adam_beta2;
  const double correction1 = 1 - std::pow(beta1, double(step)), correction2 = 1 - std::pow(beta2, double(step));
  first.resize(parameters.size(), 0.0);
  second.resize(parameters.size(), 0.0);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
    second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i];
    parameters[i] -= learning_rates[i] * (first[i] / correction1) /
                     (std::sqrt(second[i] / correction2) + double(interop::adam_epsilon));
  }
}

void fake_quantise(Network& network, std::uint32_t bits) {
  const auto steps = float((1u << bits) - 1);
  for (const GridLayout& grid : network.layout.grids)
    for (std::uint32_t channel = 0; channel < grid.shape.channels; ++channel) {
      const auto value = [&](std::uint32_t entry) -> double& {
        return network.parameters[grid.values + entry * grid.shape.channels + channel];
      };
      auto low = float(value(0)), high = low;
      for (std::uint32_t entry = 1; entry < grid.shape.entries; ++entry) {
        low = std::min(low, float(value(entry)));
        high = std::max(high, float(value(entry)));
      }
      for (std::uint32_t entry = 0; entry < grid.shape.entries; ++entry) {
        const float level = interop::quantised_level(float(value(entry)), low, high, steps);
        value(entry) = double(interop::level_value(level, low, high, 1 / steps));
      }
    }
}

std::vector<Sample> stratified_batch(const Rgba8Image& picture, std::uint32_t channels, std::uint32_t cells_x,
                                     std::uint32_t cells_y, std::uint64_t seed, std::uint32_t step) {
  const interop::uvec2 image(picture.width, picture.height), cells(cells_x, cells_y);
  std::vector<Sample> samples;
  samples.reserve(std::size_t(cells_x) * cells_y);
  for (std::uint32_t i = 0; i < cells_x * cells_y; ++i) {
    const interop::uvec2 pixel = interop::stratified_pixel(image, cells, interop::seed_words(seed), step, i);
    Sample sample{.x = pixel.x, .y = pixel.y};
    const auto texel = picture.at(int(pixel.x), int(pixel.y));
    for (std::uint32_t channel = 0; channel < channels; ++channel) sample.colour[channel] = texel[channel] / 255.0;
    samples.push_back(sample);
  }
  return samples;
}

}  // namespace txs::neural::reference
