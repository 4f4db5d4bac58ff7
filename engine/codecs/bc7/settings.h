#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "codec/parameters.h"
#include "shaders/interop/bc7_search.h"

namespace txs::bc7 {

enum class StartKind : std::uint32_t {
  principal = interop::bc7_start_principal,
  published = interop::bc7_start_published
};
enum class Objective : std::uint32_t {
  quantised = interop::bc7_objective_quantised,
  relaxed = interop::bc7_objective_relaxed
};
enum class Refit { off, least_squares, thorough };

/// The codec's parameters, as driver and CPU reference take them.
struct Settings {
  StartKind start = StartKind::principal;
  bool nelder_mead = true;  ///< else the start alone
  Objective objective = Objective::quantised;
  std::uint32_t max_iterations = 64;
  std::uint32_t iterations_per_frame = 1;
  float reflection = 1.3f, expansion = 2.2f, contraction = 0.55f, shrink = 0.45f;
  float initial_step = 0.1f;
  float loss_threshold = 0.004f;
  bool exact_alpha = true;
  Refit refit = Refit::thorough;

  std::uint32_t planned_iterations() const { return nelder_mead ? max_iterations : 0; }
  std::uint32_t refit_rounds() const { return refit == Refit::off ? 0 : 2; }
  std::uint32_t finish_starts() const { return refit == Refit::off ? 0 : refit == Refit::least_squares ? 1 : 25; }
  std::uint32_t polish_rounds() const { return refit == Refit::thorough ? 2 : 0; }
};

/// What the ranked search of all modes is asked for.
struct RankedSettings {
  enum class Refiner { none, least_squares, steps, nelder_mead };
  /// What is done to a candidate, as Bc7RankedPush has it.
  struct Thoroughness {
    std::uint32_t repeats = 0, starts = 9, polish_rounds = 0;
    float worth = 1.5f;
  };
  std::uint32_t modes = 0xff;    ///< bit m: mode m is allowed
  std::uint32_t trials = 3;      ///< candidates of a block that get a quick trial, by rank of their estimates
  Thoroughness trial;
  std::uint32_t refinements = 1;  ///< candidates that are refined, by the errors of their trials
  Thoroughness refinement;
  std::uint32_t refit_rounds = 2;
  bool exact_alpha = true;
  Refiner refiner = Refiner::steps;
  Settings simplex;  ///< of the refiner nelder_mead
  std::array<float, 4> weights{1, 1, 1, 1};
};

/// `parameters` are those that bc7.cpp declares.
Settings settings_of(const codec::Parameters& parameters);
/// None if the parameters ask for the search of mode 6 alone.
std::optional<RankedSettings> ranked_settings_of(const codec::Parameters& parameters);

}  // namespace txs::bc7
