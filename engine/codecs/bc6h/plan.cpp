#include "codecs/bc6h/plan.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace txs::bc6h {
namespace {

/// Where 'done' is. Tried on Desk.exr and two photographs; README.md has what each reaches.
struct Effort {
  std::string_view key;
  std::uint32_t candidates;  ///< partitions that are tried
  std::uint32_t rounds;      ///< least-squares fits from each start
  std::uint32_t deep;        ///< candidates, of the first, that get a pass of shifts each
  std::uint32_t passes;      ///< of shifts of the best bits
};
constexpr Effort efforts[] = {
    {"fast", 1, 2, 0, 0}, {"normal", 4, 3, 0, 1}, {"slow", 8, 4, 0, 5}, {"exhaustive", 32, 4, 16, 8}};

/// How far each pass of shifts moves ends, in palette entries.
constexpr std::array<float, interop::bc6h_most_shifts> shifts{1.5f, 1, 2, 3, 0.7f, 2.5f, 1.2f, 4};

const Effort& effort_of(std::string_view key) {
  for (const Effort& effort : efforts)
    if (effort.key == key) return effort;
  return efforts[1];
}

/// A bit for each row.
std::uint32_t allowed_modes(std::string_view choice) {
  constexpr std::uint32_t all = (1u << interop::bc6h_mode_count) - 1;
  constexpr std::uint32_t two = (1u << interop::bc6h_first_of_one_subset) - 1;
  return choice == "one_subset" ? all & ~two : choice == "two_subsets" ? two : all;
}

// Relative costs of a block, measured on lavapipe: about 8 ms of CPU time a megapixel each.
constexpr std::uint64_t fit_units = 3, rank_units = 6, round_units = 1;

}  // namespace

Plan make_plan(const codec::Parameters& parameters, bool is_signed) {
  const Effort& effort = effort_of(parameters.choice("effort"));
  Plan plan;
  constexpr const char* weights[] = {"weight_red", "weight_green", "weight_blue"};
  for (std::size_t c = 0; c < 3; ++c) plan.settings.weights[c] = float(parameters.number(weights[c]));
  plan.settings.negative_weight = float(parameters.number("weight_negative"));
  plan.settings.modes = allowed_modes(parameters.choice("modes"));
  plan.settings.rounds = effort.rounds;
  plan.settings.deep_candidates = effort.deep;
  std::ranges::copy(shifts, plan.settings.shifts);

  const auto add = [&](std::string_view title, std::string_view shader, std::vector<std::uint32_t> constants,
                       std::uint64_t units) {
    plan.stages.push_back({shader, std::move(constants), {units, interop::bc6h_group}, {}, title});
  };
  const std::uint64_t shift_units = 16 * effort.rounds * round_units;
  const auto units = [&](std::uint32_t rank) {
    return fit_units + effort.rounds * round_units + (rank < effort.deep ? shift_units : 0);
  };
  add("first bits", "codecs/bc6h/fit.comp", {is_signed, interop::bc6h_fit_first}, units(0));
  if (parameters.choice("modes") != "one_subset") {
    add("ranking partitions", "codecs/bc6h/rank.comp", {is_signed, effort.candidates}, rank_units);
    plan.settings.candidates = effort.candidates;
    plan.settings.first_candidate = std::uint32_t(plan.stages.size());
    for (std::uint32_t i = 0; i < effort.candidates; ++i)
      add("fitting candidates", "codecs/bc6h/fit.comp", {is_signed, interop::bc6h_fit_candidate}, units(i));
  }
  plan.candidates = plan.settings.candidates + (parameters.choice("modes") == "two_subsets" ? 0 : 1);
  plan.settings.first_shift = std::uint32_t(plan.stages.size());
  for (std::uint32_t i = 0; i < effort.passes; ++i) add("shifting endpoints", "codecs/bc6h/shift.comp", {is_signed}, shift_units);
  return plan;
}

}  // namespace txs::bc6h
