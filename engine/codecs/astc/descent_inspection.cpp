#include "codecs/astc/descent_inspection.h"

#include <algorithm>

#include "codecs/astc/snapping.h"

namespace txs::astc {
namespace {

using codec::Descent;
using codec::DescentStep;

codec::Colour colour_of(const std::uint32_t words[2], bool has_alpha) {
  const auto channel = [&](std::size_t c) { return float(words[c / 2] >> (c % 2 * 16) & 0xffff) / 65535.0f; };
  return {channel(0), channel(1), channel(2), has_alpha ? channel(3) : 1.0f};
}

PartitionMap map_of(std::span<const std::uint32_t> words, std::uint32_t texels) {
  PartitionMap map(texels);
  for (std::uint32_t t = 0; t < texels; ++t) map[t] = std::uint8_t(words[t / 16] >> (2 * (t % 16)) & 3);
  return map;
}

DescentStep step_of(const interop::AstcDescentStep& from, std::uint32_t partitions, std::uint32_t texels, bool has_alpha) {
  DescentStep step;
  step.kind = DescentStep::Kind(from.kind);
  for (std::uint32_t p = 0; p < partitions; ++p) {
    step.low.push_back(colour_of(&from.lines[4 * p], has_alpha));
    step.high.push_back(colour_of(&from.lines[4 * p + 2], has_alpha));
  }
  step.line_of = map_of(from.map, texels);
  step.loss = from.loss;
  return step;
}

/// The patterns that steps are compared with.
class Patterns {
 public:
  Patterns(std::uint32_t partitions, const Footprint& footprint) : partitions_(partitions) {
    if (partitions == 1) return;
    seeds_ = distinct_seeds(partitions, footprint);
    for (const std::uint16_t seed : seeds_) maps_.push_back(pattern_of(seed, partitions, footprint));
  }
  void find_nearest(DescentStep& step) const {
    step.distance = partitions_ == 1 ? 0 : std::uint32_t(step.line_of.size()) + 1;
    step.nearest = step.line_of;
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < maps_.size(); ++i) {
      const std::uint32_t distance = distance_of(step.line_of, maps_[i], partitions_);
      if (distance >= step.distance) continue;
      step.distance = distance;
      nearest = i;
    }
    if (maps_.empty()) return;
    step.nearest_seed = seeds_[nearest];
    step.nearest = named_like(step.line_of, maps_[nearest], partitions_);
  }

 private:
  std::uint32_t partitions_;
  std::vector<std::uint16_t> seeds_;
  std::vector<PartitionMap> maps_;
};

}  // namespace

DescentFigures descent_figures(std::span<const std::byte> bytes, double blocks) {
  DescentFigures figures;
  double loss_blocks = 0, hamming = 0, hamming_blocks = 0, best_blocks = 0;
  const auto* sums = reinterpret_cast<const interop::AstcDescentSums*>(bytes.data());
  for (const interop::AstcDescentSums& sum : std::span(sums, bytes.size() / sizeof *sums)) {
    figures.loss += double(sum.loss);
    loss_blocks += double(sum.loss_blocks);
    hamming += double(sum.hamming);
    hamming_blocks += double(sum.hamming_blocks);
    for (std::size_t p = 0; p < 4; ++p) {
      figures.losses[p] += double(sum.results[p]) / blocks;
      figures.hamming_errors[p] += double(sum.hamming_errors[p]) / blocks;
    }
    figures.best += double(sum.best);
    best_blocks += double(sum.best_blocks);
  }
  figures.loss /= std::max(loss_blocks, 1.0);
  figures.best /= std::max(best_blocks, 1.0);
  if (hamming_blocks == blocks) figures.hamming = hamming / blocks;
  return figures;
}

void add_descents(codec::BlockInspection& inspection, const interop::AstcDescentTrace& trace,
                  const interop::AstcDescentSettings& settings, const Footprint& footprint) {
  const std::uint32_t texels = footprint.texels();
  const bool has_alpha = std::ranges::any_of(inspection.original, [](const codec::Texel& t) { return t[3] != 255; });
  const std::uint32_t steps = std::min(trace.steps_a_start, interop::astc_descent_most_steps);  // a live parameter
  for (std::uint32_t partitions = 1; partitions <= settings.most_partitions; ++partitions) {
    const Patterns patterns(partitions, footprint);
    const std::size_t first = inspection.descents.size();
    for (std::uint32_t start = 0; start < (partitions == 1 ? 1 : settings.starts); ++start) {
      const interop::AstcDescentResult& result = trace.starts[partitions - 1][start];
      Descent descent;
      descent.partitions = partitions;
      descent.start = start;
      descent.loss = result.loss;
      descent.seed = result.what & 1023;
      descent.hamming = result.what >> 10 & 255;
      descent.names = result.what >> 18 & 255;
      descent.ideal = map_of(trace.ideal[partitions - 1][start], texels);
      for (std::uint32_t step = 0; step <= steps; ++step) {
        const std::uint32_t slot = std::min(start * (steps + 1) + step, interop::astc_descent_most_slots - 1);
        descent.steps.push_back(step_of(trace.steps[partitions - 1][slot], partitions, texels, has_alpha));
        patterns.find_nearest(descent.steps.back());
      }
      inspection.descents.push_back(std::move(descent));
    }
    std::ranges::min_element(inspection.descents.begin() + std::ptrdiff_t(first), inspection.descents.end(), {},
                             &Descent::loss)
        ->best_of_its_lines = true;
  }
}

}  // namespace txs::astc
