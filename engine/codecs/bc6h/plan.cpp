#include "codecs/bc6h/plan.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "codecs/bc6h/bc6h_tables.h"

namespace txs::bc6h {
namespace {

/// Where 'done' is. Tried on Desk.exr and two photographs; README.md has what each reaches.
struct Effort {
  std::string_view key;
  std::uint32_t candidates;  ///< partitions that are tried
  std::uint32_t rounds;      ///< least-squares fits from each start
  std::uint32_t depth;       ///< passes of shifts that each candidate gets
  std::uint32_t passes;      ///< of shifts of the best bits
};
constexpr Effort efforts[] = {{"fast", 1, 2, 0, 0}, {"normal", 4, 3, 0, 1}, {"slow", 8, 4, 0, 5}, {"exhaustive", 32, 4, 2, 6}};

/// How far each pass of shifts moves ends, in palette entries.
constexpr std::array<float, interop::bc6h_most_shifts> shifts{1.5, 1, 2, 3, 0.7, 2.5, 1.2, 4};

const Effort& effort_of(std::string_view key) {
  for (const Effort& effort : efforts)
    if (effort.key == key) return effort;
  return efforts[1];
}

std::uint32_t allowed_modes(std::string_view choice) {
  if (choice == "all") return (1u << interop::bc6h_mode_count) - 1;
  std::uint32_t modes = 0;
  for (std::uint32_t row = 0; row < interop::bc6h_mode_count; ++row)
    if (tables.modes[row].subsets == (choice == "one_subset" ? 1u : 2u)) modes |= 1u << row;
  return modes;
}

// Relative costs of a block, measured on lavapipe.
constexpr std::uint64_t fit_units = 2, rank_units = 3, round_units = 1;

}  // namespace

Plan make_plan(const codec::Parameters& parameters, bool is_signed) {
  const Effort& effort = effort_of(parameters.choice("effort"));
  Plan plan;
  constexpr const char* weights[] = {"weight_red", "weight_green", "weight_blue"};
  for (std::size_t c = 0; c < 3; ++c) plan.settings.weights[c] = float(parameters.number(weights[c]));
  plan.settings.negative_weight = float(parameters.number("weight_negative"));
  plan.settings.modes = allowed_modes(parameters.choice("modes"));
  plan.settings.rounds = effort.rounds;
  plan.settings.depth = effort.depth;
  std::ranges::copy(shifts, plan.settings.shifts);

  const auto add = [&](std::string_view shader, std::vector<std::uint32_t> constants, std::uint64_t units) {
    plan.stages.push_back({shader, std::move(constants), {units, interop::bc6h_group}});
  };
  const std::uint64_t shift_units = 16 * effort.rounds * round_units;
  const std::uint64_t units = fit_units + effort.rounds * round_units + effort.depth * shift_units;
  add("codecs/bc6h/fit.comp", {is_signed, interop::bc6h_fit_first}, units);
  if (parameters.choice("modes") != "one_subset") {
    add("codecs/bc6h/rank.comp", {is_signed}, rank_units);
    plan.settings.candidates = effort.candidates;
    plan.settings.first_candidate = std::uint32_t(plan.stages.size());
    for (std::uint32_t i = 0; i < effort.candidates; ++i)
      add("codecs/bc6h/fit.comp", {is_signed, interop::bc6h_fit_candidate}, units);
  }
  plan.settings.first_shift = std::uint32_t(plan.stages.size());
  for (std::uint32_t i = 0; i < effort.passes; ++i) add("codecs/bc6h/shift.comp", {is_signed}, shift_units);
  return plan;
}

}  // namespace txs::bc6h
