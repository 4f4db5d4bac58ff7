#include "codecs/astc/search_inspection.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "codecs/astc/search_tables.h"
#include "shaders/interop/astc_search_trace.h"

namespace txs::astc {
namespace {

/// An AstcTrial::what, unpacked.
struct Way {
  std::uint32_t partitions, seed, channel;  ///< channel of a second plane; 4: there is none
  WeightGrid grid;
  std::uint32_t models;

  Way(std::uint32_t what, const Footprint& footprint)
      : partitions((what & 3) + 1), seed(what >> 2 & 1023), channel((what >> 12 & 7) == 0 ? 4 : (what >> 12 & 7) - 1) {
    const std::uint32_t place = what >> interop::astc_division_bits & ((1u << interop::astc_trial_mode_bits) - 1);
    const interop::AstcGrid& of = tables_of(footprint).search.grids[place / interop::astc_weight_ranges];
    grid = {of.width, of.height, place % interop::astc_weight_ranges, channel < 4};
    models = what >> (interop::astc_division_bits + interop::astc_trial_mode_bits);
  }

  /// "2 lines #210, A apart, 4x4 of 8, RGB": pattern, channel of the second plane, weights and their levels, model. Where
  /// models differ "6 + 4 values": of each line's ends.
  std::string name() const {
    const std::string lines = partitions == 1 ? "1 line" : fmt::format("{} lines #{}", partitions, seed);
    const std::string planes = channel < 4 ? fmt::format(", {} apart", "RGBA"[channel]) : "";
    return fmt::format("{}{}, {}x{} of {}, {}", lines, planes, grid.width, grid.height,
                       interop::astc_ranges[grid.range].levels, models_name());
  }

  bool models_differ() const { return models < interop::astc_one_model; }
  std::uint32_t class_of_part(std::uint32_t p) const { return (models >> 4) + (models >> p & 1); }

  std::string models_name() const {
    constexpr std::array one{"RGB", "scale", "grey", "", "RGBA", "scale, alpha", "grey, alpha"};
    if (!models_differ()) return one.at(models - interop::astc_one_model);
    std::string values;
    for (std::uint32_t p = 0; p < partitions; ++p)
      values += fmt::format("{}{}", p == 0 ? "" : " + ", 2 * (class_of_part(p) + 1));
    return values + " values";
  }

  bool is_of(const Block& block) const {
    if (block.kind != Block::Kind::lines || block.partitions != partitions || (partitions > 1 && block.seed != seed))
      return false;
    if (block.grid.width != grid.width || block.grid.height != grid.height || block.grid.range != grid.range ||
        block.grid.dual_plane != grid.dual_plane || (channel < 4 && block.second_plane_channel != channel))
      return false;
    if (models_differ() != block.modes_may_differ) return false;
    for (std::uint32_t p = 0; p < partitions; ++p)
      if (models_differ() ? std::uint32_t(block.modes[p]) / 4 != class_of_part(p)
                          : interop::astc_one_model + model_of(block.modes[p]) != models)
        return false;
    return true;
  }

  static std::uint32_t model_of(EndpointMode mode) {
    switch (mode) {
      case EndpointMode::luminance:
      case EndpointMode::luminance_offset: return interop::astc_model_luminance;
      case EndpointMode::luminance_alpha:
      case EndpointMode::luminance_alpha_offset: return interop::astc_model_luminance + interop::astc_model_alpha;
      case EndpointMode::rgb_scale: return interop::astc_model_scale;
      case EndpointMode::rgb_scale_alpha: return interop::astc_model_scale + interop::astc_model_alpha;
      case EndpointMode::rgba:
      case EndpointMode::rgba_offset: return interop::astc_model_rgb + interop::astc_model_alpha;
      default: return interop::astc_model_rgb;
    }
  }
};

}  // namespace

void add_candidates(codec::BlockInspection& inspection, std::span<const std::byte> trace, const Footprint& footprint) {
  interop::AstcSearchTrace told;
  std::memcpy(&told, trace.data(), sizeof told);
  const Block block = parse_block(BlockBytes(std::as_bytes(std::span(inspection.bits))), footprint);
  std::vector<interop::AstcTracedTrial> trials(std::begin(told.trials), std::end(told.trials));
  std::erase_if(trials, [](const auto& trial) { return trial.what == interop::astc_no_trial; });
  std::ranges::stable_sort(trials, {}, &interop::AstcTracedTrial::estimate);
  for (const interop::AstcTracedTrial& trial : trials) {
    const Way way(trial.what, footprint);
    const bool tried = trial.reached >= 0 && trial.reached != trial.estimate;
    inspection.candidates.push_back({.name = way.name(),
                                     .estimate = trial.estimate,
                                     .squared_error = tried ? trial.reached : -1,
                                     .chosen = tried && way.is_of(block)});
  }
}

void trace_candidates(block::Search& search, const Footprint& footprint) {
  search.trace_shader = "codecs/astc/trace.comp";
  search.trace_constants = search.stages.front().constants;
  search.trace_bytes = sizeof(interop::AstcSearchTrace);
  search.trace_stages = interop::astc_most_candidates;
  search.inspect_search = [inspect_before = std::move(search.inspect_search), footprint](
                              codec::BlockInspection& inspection, std::span<const std::byte> record,
                              std::span<const std::byte> trace) {
    if (inspect_before) inspect_before(inspection, record, trace);
    add_candidates(inspection, trace, footprint);
  };
}

}  // namespace txs::astc
