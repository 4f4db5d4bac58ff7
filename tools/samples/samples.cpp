#include "samples/samples.h"

#include <array>

namespace txs::samples {

std::span<const Sample> all() {
  static constexpr std::array<Sample, 7> samples = {{
      {"samples/garden.png", garden},
      {"samples/swatches.png", swatches},
      {"samples/leaf.png", leaf},
      {"samples/odd.png", odd},
      {"samples/tiny.png", tiny},
      {"icon.png", [] { return icon(256); }},
      {"icon-64.png", [] { return icon(64); }},
  }};
  return samples;
}

std::span<const LightSample> all_of_light() {
  static constexpr LightSample samples[] = {{"samples/dusk.hdr", dusk}, {"samples/ripples.exr", ripples}};
  return samples;
}

}  // namespace txs::samples
