#include "codecs/astc/search_tables.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "codecs/astc/decode_tables.h"
#include "codecs/astc/integer_sequence.h"
#include "codecs/astc/least_squares.h"
#include "codecs/astc/quantisation.h"
#include "codecs/astc/snapping.h"

namespace txs::astc {
namespace {

using interop::astc_ranges;

/// Mean over the texels of the sum of the squares of what a grid's points give to one.
float noise_of(const WeightGrid& grid, const Footprint& footprint) {
  const auto along = [](std::uint32_t texels, std::uint32_t points) {
    double sum = 0;
    for (std::uint32_t t = 0; t < texels; ++t) {
      const double share = interop::astc_grid_position(t, texels, points) % 16 / 16.0;
      sum += share * share + (1 - share) * (1 - share);
    }
    return sum / texels;
  };
  return float(along(footprint.width, grid.width) * along(footprint.height, grid.height));
}

/// For every grid the first block mode that stores it by each range and number of planes.
void put_grids(interop::AstcSearchTables& tables, const interop::AstcTables& decode, const Footprint& footprint) {
  const std::vector<WeightGrid> grids = grids_of(footprint);
  tables.grid_count = std::uint32_t(grids.size());
  for (std::size_t g = 0; g < grids.size(); ++g) {
    interop::AstcGrid& grid = tables.grids[g];
    grid.width = grids[g].width;
    grid.height = grids[g].height;
    grid.noise = noise_of(grids[g], footprint);
    std::ranges::fill(grid.modes, interop::astc_no_mode);
  }
  for (std::uint32_t number = 2048; number-- > 0;) {
    if (decode.modes[number] == 0) continue;  // illegal in this block size
    const WeightGrid mode = *weight_grid(number);
    const auto found = std::ranges::find_if(
        grids, [&](const WeightGrid& grid) { return grid.width == mode.width && grid.height == mode.height; });
    tables.grids[found - grids.begin()].modes[(mode.dual_plane ? 12 : 0) + mode.range] = number | mode.bits() << 16;
  }
}

void put_solvers(float (&rows)[11][12][12], std::uint32_t texels) {
  for (std::uint32_t points = 2; points <= texels; ++points) {
    const std::vector<double> solver = row_solver(texels, points);
    for (std::uint32_t i = 0; i < points; ++i)
      for (std::uint32_t t = 0; t < texels; ++t) rows[points - 2][i][t] = float(solver[i * texels + t]);
  }
}

/// The energy of a frequency that the grid points keep; what they make of one frequency in others is left out, since
/// frequencies of a picture are about uncorrelated.
void put_cosines(float (&rows)[12][12], float (&kept)[11][12], std::uint32_t texels) {
  const std::vector<double> all = cosines(texels);
  for (std::uint32_t u = 0; u < texels; ++u)
    for (std::uint32_t t = 0; t < texels; ++t) rows[u][t] = float(all[u * texels + t]);
  for (std::uint32_t points = 2; points <= texels; ++points) {
    const std::vector<double> projector = row_projector(texels, points);
    for (std::uint32_t u = 0; u < texels; ++u) {
      double energy = 0;
      for (std::uint32_t a = 0; a < texels; ++a)
        for (std::uint32_t b = 0; b < texels; ++b) energy += rows[u][a] * projector[a * texels + b] * rows[u][b];
      kept[points - 2][u] = float(energy);
    }
  }
}

void put_weights(interop::AstcSearchTables& tables) {
  for (std::uint32_t range = 0; range < interop::astc_weight_ranges; ++range) {
    tables.weight_levels[range] = astc_ranges[range].levels;
    for (int wished = 0; wished <= 64; ++wished) {
      std::uint32_t nearest = 0;
      for (std::uint32_t q = 1; q < astc_ranges[range].levels; ++q)
        if (std::abs(weight_value(range, q) - wished) < std::abs(weight_value(range, nearest) - wished)) nearest = q;
      tables.weight_of[range][wished] = weight_value(range, nearest) | nearest << 8;
    }
  }
}

void put_colours(interop::AstcSearchTables& tables) {
  for (std::uint32_t range = interop::astc_first_colour_range; range < interop::astc_range_count; ++range) {
    tables.colour_levels[range] = astc_ranges[range].levels;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> levels;  // value, integer
    for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) levels.emplace_back(colour_value(range, q), q);
    std::ranges::sort(levels);
    for (std::uint32_t value = 0; value < 256; ++value) {
      const auto above = std::ranges::upper_bound(levels, value, {}, [](const auto& level) { return level.first; });
      const auto& [low, low_integer] = *(above - 1);  // every range has 0
      const auto& [high, high_integer] = above == levels.end() ? levels.back() : *above;
      tables.colour_of[range][value] = low | high << 8 | low_integer << 16 | high_integer << 24;
    }
  }
}

void put_packings(interop::AstcSearchTables& tables) {
  for (std::uint32_t number = 0; number < 243; ++number) {
    std::array<std::uint8_t, 5> trits{};
    for (std::uint32_t i = 0, left = number; i < 5; ++i, left /= 3) trits[i] = std::uint8_t(left % 3);
    put_byte(tables.trits, number, pack_trits(trits));
  }
  for (std::uint32_t number = 0; number < 125; ++number) {
    std::array<std::uint8_t, 3> quints{};
    for (std::uint32_t i = 0, left = number; i < 3; ++i, left /= 5) quints[i] = std::uint8_t(left % 5);
    put_byte(tables.quints, number, pack_quints(quints));
  }
}

void put_patterns(interop::AstcSearchTables& tables, const Footprint& footprint) {
  for (std::uint32_t partitions = 2; partitions <= interop::astc_most_partitions; ++partitions) {
    for (std::uint32_t seed = 0; seed < interop::astc_partition_seeds; ++seed) {
      std::uint32_t* words = &tables.patterns[((partitions - 2) * interop::astc_partition_seeds + seed) *
                                              interop::astc_pattern_words];
      const PartitionMap pattern = pattern_of(seed, partitions, footprint);
      for (std::uint32_t t = 0; t < pattern.size(); ++t) words[t / 16] |= std::uint32_t(pattern[t]) << (2 * (t % 16));
    }
    const std::vector<std::uint16_t> seeds = distinct_seeds(partitions, footprint);
    tables.seed_counts[partitions - 2] = std::uint32_t(seeds.size());
    std::ranges::copy(seeds, tables.seeds[partitions - 2]);
  }
}

void fill(Tables& tables, const Footprint& footprint) {
  tables.decode = make_tables(footprint);
  put_grids(tables.search, tables.decode, footprint);
  put_solvers(tables.search.across, footprint.width);
  put_solvers(tables.search.down, footprint.height);
  put_cosines(tables.search.cosines_across, tables.search.kept_across, footprint.width);
  put_cosines(tables.search.cosines_down, tables.search.kept_down, footprint.height);
  put_weights(tables.search);
  put_colours(tables.search);
  put_packings(tables.search);
  put_patterns(tables.search, footprint);
}

}  // namespace

std::vector<WeightGrid> grids_of(const Footprint& footprint) {
  std::vector<WeightGrid> grids;
  for (std::uint32_t width = 2; width <= footprint.width; ++width)
    for (std::uint32_t height = 2; height <= footprint.height; ++height)
      for (std::uint32_t number = 0; number < 2048; ++number) {
        const auto mode = weight_grid(number);
        if (!mode || mode->width != width || mode->height != height || !mode->legal_in(footprint)) continue;
        grids.push_back({width, height});
        break;
      }
  return grids;
}

const Tables& tables_of(const Footprint& footprint) {
  static std::mutex mutex;
  static std::map<std::pair<std::uint32_t, std::uint32_t>, std::unique_ptr<Tables>> made;
  const std::lock_guard lock(mutex);
  std::unique_ptr<Tables>& tables = made[{footprint.width, footprint.height}];
  if (!tables) {
    tables = std::make_unique<Tables>();
    fill(*tables, footprint);
  }
  return *tables;
}

}  // namespace txs::astc
