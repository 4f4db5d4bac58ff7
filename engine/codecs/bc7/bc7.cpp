#include "codecs/bc7/bc7.h"

#include <array>

#include "block/block_kind.h"
#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/encode.h"
#include "codecs/bc7/format.h"
#include "codecs/bc7/ranked_encode.h"
#include "codecs/bc7/settings.h"
#include "core/error.h"

namespace txs::bc7 {
namespace {

using codec::Choice;
using codec::Effect;
using codec::Parameter;
using Type = codec::Parameter::Type;

// In the order of StartKind, Objective, Refit.
constexpr std::array starts{
    Choice{"principal", "Principal axis", "The main axis of the block's colours, found exactly (PCA)."},
    Choice{
        "published", "Published",
        "The quick estimate of the published code. It loses the signs of the axis: where two channels run against each "
        "other, its line crosses the colours."},
};
constexpr std::array searches{
    Choice{"pca", "Start only", "Mode 6 alone. The start's endpoints are quantised and refitted, nothing is searched."},
    Choice{"nelder_mead", "Nelder-Mead",
           "Mode 6 alone. The simplex method, which needs no derivative: it can search what quantisation has made a "
           "staircase."},
    Choice{"ranked", "Ranked modes",
           "All modes, partitions and rotations: estimates rank them for each block, the best are tried, the best of "
           "these refined."},
};
constexpr std::array efforts{
    Choice{"fast", "Fast", "A few candidates a block."},
    Choice{"normal", "Normal", "What most of the quality costs."},
    Choice{"slow", "Slow", "More candidates, refined from more lines."},
    Choice{"exhaustive", "Exhaustive", "Nearly every candidate that could win."},
};
constexpr std::array refiners{
    Choice{"none", "None", "Endpoints are only rounded."},
    Choice{"least_squares", "Least squares", "Refits of the endpoints to their indices, from several lines."},
    Choice{"local", "Least squares + steps", "The same, then steps of single channels for as long as they help."},
    Choice{"nelder_mead", "Nelder-Mead",
           "The simplex method on each subset's endpoints, from its least-squares line, with the parameters "
           "of its group."},
};
constexpr std::array metrics{
    Choice{"rgb", "RGB", "Squared differences of the channels, each with its weight."},
    Choice{"luma", "Perceptual",
           "The channels' weights are multiplied by their parts in luma (BT.709), so that errors lie where eyes "
           "see them least. PSNR falls."},
};
constexpr std::array objectives{
    Choice{"quantised", "Quantised",
           "The error that the block will have: 7-bit endpoints, p-bits, sixteen weights, 8-bit interpolation."},
    Choice{
        "relaxed", "Relaxed",
        "Continuous endpoints and weights, as the published method has it: smooth, but not what the block can hold."},
};
constexpr std::array alphas{
    Choice{"exact", "Kept at 255",
           "A block whose texels are all opaque decodes to alpha 255 exactly. It costs both p-bits, which are then 1."},
    Choice{"channel", "As a channel",
           "Alpha is searched like red, green and blue: p-bits are free (about 0.06 dB), but opaque texels may decode "
           "to 254."},
};
constexpr std::array refits{
    Choice{"off", "Off", "The endpoints are only rounded."},
    Choice{"least_squares", "Least squares", "The endpoints that fit the chosen indices best, both rounded together."},
    Choice{"thorough", "Thorough",
           "Least squares from 25 lines (the ends moved by up to two palette entries in or out), then steps of single "
           "channels."},
};
constexpr const char *method = "Method", *nelder_mead = "Nelder-Mead", *bits = "Bits", *ranked = "Ranked modes";

// What does nothing with the others' values is not shown.
bool is_ranked(const codec::Parameters& values) { return values.choice("search") == "ranked"; }
bool is_of_mode_6(const codec::Parameters& values) { return !is_ranked(values); }
bool is_of_one_simplex(const codec::Parameters& values) { return values.choice("search") == "nelder_mead"; }
bool uses_simplex(const codec::Parameters& values) {
  return is_of_one_simplex(values) || (is_ranked(values) && values.choice("refiner") == "nelder_mead");
}

constexpr std::array parameters{
    Parameter{.key = "search", .title = "Search",
              .help = "What improves the endpoints after the start.",
              .group = method, .type = Type::choice, .fallback = 1, .choices = searches},
    Parameter{.key = "init", .title = "Start",
              .help = "Where the search starts: a line through the colours of the block, cut at their extremes.",
              .group = method, .type = Type::choice, .choices = starts, .applies = is_of_mode_6},
    Parameter{.key = "objective", .title = "Objective",
              .help = "What the search makes small: the sum over 16 texels and RGBA of squared differences in [0, 1].",
              .group = method, .type = Type::choice, .choices = objectives, .applies = is_of_one_simplex},

    Parameter{.key = "max_iterations", .title = "Most iterations",
              .help = "A block's search ends here at the latest. Raised while it runs, the search goes on; lowered, it "
                      "stops.",
              .group = nelder_mead, .type = Type::integer, .fallback = 64, .minimum = 0,
              .maximum = interop::bc7_most_iterations, .effect = Effect::live, .applies = uses_simplex},
    Parameter{.key = "iterations_per_frame", .title = "Iterations a frame",
              .help = "How fast the search is shown. The result is the same.",
              .group = nelder_mead, .type = Type::integer, .fallback = 1, .minimum = 1, .maximum = 64,
              .effect = Effect::live, .applies = is_of_one_simplex},
    Parameter{.key = "reflection", .title = "Reflection",
              .help = "How far beyond the centroid the worst vertex is mirrored; 1 is as far as it was before it. More "
                      "explores, less settles.",
              .group = nelder_mead, .fallback = 1.3, .minimum = 0.1, .maximum = 4, .applies = uses_simplex},
    Parameter{.key = "expansion", .title = "Expansion",
              .help = "How much further than the reflection the simplex reaches when that was better than all "
                      "vertices.",
              .group = nelder_mead, .fallback = 2.2, .minimum = 1, .maximum = 8, .applies = uses_simplex},
    Parameter{.key = "contraction", .title = "Contraction",
              .help = "How far from the centroid it looks, towards the reflected or the worst vertex, when the "
                      "reflection did not help.",
              .group = nelder_mead, .fallback = 0.55, .minimum = 0.05, .maximum = 0.95, .applies = uses_simplex},
    Parameter{.key = "shrink", .title = "Shrink",
              .help = "What remains of all distances to the best vertex when even a contraction did not help.",
              .group = nelder_mead, .fallback = 0.45, .minimum = 0.05, .maximum = 0.95, .applies = uses_simplex},
    Parameter{.key = "initial_step", .title = "Initial step",
              .help = "Each vertex of the first simplex lies this far from the start in one of the eight dimensions; 1 "
                      "is the whole range of a channel.",
              .group = nelder_mead, .fallback = 0.1, .minimum = 0.001, .maximum = 0.5,
              .scale = codec::Scale::logarithmic, .applies = uses_simplex},
    Parameter{.key = "loss_threshold", .title = "Loss threshold",
              .help = "A block is searched while its loss is above this. 0.004 is an error of 2.3 of 255 in every "
                      "colour channel; 0 searches all blocks.",
              .group = nelder_mead, .fallback = 0.004, .minimum = 0, .maximum = 1,
              .scale = codec::Scale::logarithmic, .applies = uses_simplex},

    Parameter{.key = "alpha", .title = "Opaque alpha",
              .help = "What becomes of alpha in blocks that are opaque. Blocks that are not treat it as a channel.",
              .group = bits, .type = Type::choice, .choices = alphas},
    Parameter{.key = "refit", .title = "Endpoint refit",
              .help = "What is done to the endpoints once a block's indices are known: at the start, and when the "
                      "search has ended.",
              .group = bits, .type = Type::choice, .fallback = 2, .choices = refits, .applies = is_of_mode_6},
    Parameter{.key = "effort", .title = "Effort",
              .help = "How many candidates of each block are tried and refined: where the search is done.",
              .group = ranked, .type = Type::choice, .fallback = 1, .choices = efforts, .applies = is_ranked},
    Parameter{.key = "refiner", .title = "Refiner",
              .help = "What finds the endpoints of the candidates.",
              .group = ranked, .type = Type::choice, .fallback = 2, .choices = refiners, .applies = is_ranked},
    Parameter{.key = "metric", .title = "Metric",
              .help = "What the ranked search makes small.",
              .group = ranked, .type = Type::choice, .choices = metrics, .applies = is_ranked},
    Parameter{.key = "mode0", .title = "Mode 0",
              .help = "Three subsets (16 partitions), 8 colours each of coarse endpoints.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode1", .title = "Mode 1",
              .help = "Two subsets, 8 colours each: what most blocks of photographs take.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode2", .title = "Mode 2",
              .help = "Three subsets, 4 colours each.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode3", .title = "Mode 3",
              .help = "Two subsets, 4 colours each of exact endpoints.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode4", .title = "Mode 4",
              .help = "A line of colours and one channel apart, coarse endpoints.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode5", .title = "Mode 5",
              .help = "A line of colours and one channel apart, fine endpoints.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode6", .title = "Mode 6",
              .help = "One line of 16 RGBA colours.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "mode7", .title = "Mode 7",
              .help = "Two subsets of RGBA, 4 colours each: where alpha changes.",
              .group = ranked, .type = Type::boolean, .fallback = 1, .applies = is_ranked},
    Parameter{.key = "weight_red", .title = "Weight of red",
              .help = "Of its squared error. 0: the channel does not count.",
              .group = ranked, .fallback = 1, .minimum = 0, .maximum = 16, .applies = is_ranked},
    Parameter{.key = "weight_green", .title = "Weight of green",
              .help = "Of its squared error. 0: the channel does not count.",
              .group = ranked, .fallback = 1, .minimum = 0, .maximum = 16, .applies = is_ranked},
    Parameter{.key = "weight_blue", .title = "Weight of blue",
              .help = "Of its squared error. 0: the channel does not count.",
              .group = ranked, .fallback = 1, .minimum = 0, .maximum = 16, .applies = is_ranked},
    Parameter{.key = "weight_alpha", .title = "Weight of alpha",
              .help = "Of its squared error. 0: the channel does not count.",
              .group = ranked, .fallback = 1, .minimum = 0, .maximum = 16, .applies = is_ranked},
};

std::vector<codec::Preset> presets() {
  return {
      {"tinybc",
       "PCA + Nelder-Mead",
       "Exact PCA, then Nelder-Mead on the error that the block will have.",
       {}},
      {"tinybc-published",
       "As published",
       "The published start and relaxed objective.",
       {{"init", "published"}, {"objective", "relaxed"}}},
      {"tinybc-pca", "PCA only", "Exact PCA and the refit, without a search.", {{"search", "pca"}}},
      {"bc7-normal", "All modes, normal", "The ranked search of all modes.", {{"search", "ranked"}}},
      {"bc7-fast",
       "All modes, fast",
       "The ranked search with few candidates a block.",
       {{"search", "ranked"}, {"effort", "fast"}}},
      {"bc7-slow",
       "All modes, slow",
       "The ranked search with more candidates, refined from more lines.",
       {{"search", "ranked"}, {"effort", "slow"}}},
      {"bc7-exhaustive",
       "All modes, exhaustive",
       "The ranked search with nearly every candidate that could win.",
       {{"search", "ranked"}, {"effort", "exhaustive"}}},
  };
}

// Where each effort ends. README.md says what they cost and reach.
RankedSettings of_effort(std::string_view effort) {
  RankedSettings s;
  if (effort == "fast") {
    s.trials = 3;
    s.refinements = 1;
    s.refinement = {.repeats = 1, .starts = 9, .polish_rounds = 0, .worth = 1.2f};
  } else if (effort == "normal") {
    s.trials = 8;
    s.refinements = 3;
    s.refinement = {.repeats = 1, .starts = 9, .polish_rounds = 1, .worth = 1.2f};
  } else if (effort == "slow") {
    s.trials = 32;
    s.trial.worth = 3;
    s.refinements = 8;
    s.refinement = {.repeats = 1, .starts = 49, .polish_rounds = 3, .worth = 1.4f};
  } else {
    s.trials = 64;
    s.trial = {.repeats = 1, .starts = 9, .polish_rounds = 0, .worth = 4};
    s.refinements = 16;
    s.refinement = {.repeats = 2, .starts = 49, .polish_rounds = 4, .worth = 1.5f};
  }
  return s;
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc7";
  kind.title = "BC7";
  kind.help = "Blocks of 4x4 texels in 128 bits, read by every desktop GPU. Encoded and decoded in all modes.";
  kind.family = codec::Family::block;
  kind.parameters = parameters;
  kind.presets = presets();
  kind.start = [](gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                  std::uint64_t seed) {
    return ranked_settings_of(values) ? start_ranked(device, source, values, seed)
                                      : start_encode(device, source, values, seed);
  };
  block::complete_kind(kind, {codec::TextureFormat::bc7_unorm, codec::TextureFormat::bc7_srgb}, format_of);
  kind.work_unit = "block iterations";
  kind.step_name = "iterations";
  kind.decode_on_cpu = [](const codec::Encoded& encoded) {
    return decode_image(std::get<codec::EncodedTexture>(encoded));
  };
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

Settings settings_of(const codec::Parameters& values) {
  const auto index = [&](std::string_view key) { return static_cast<std::uint32_t>(values.number(key)); };
  const auto real = [&](std::string_view key) { return static_cast<float>(values.number(key)); };
  Settings s;
  s.start = static_cast<StartKind>(index("init"));
  s.nelder_mead = values.choice("search") == "nelder_mead";
  s.objective = static_cast<Objective>(index("objective"));
  s.max_iterations = index("max_iterations");
  s.iterations_per_frame = index("iterations_per_frame");
  s.reflection = real("reflection");
  s.expansion = real("expansion");
  s.contraction = real("contraction");
  s.shrink = real("shrink");
  s.initial_step = real("initial_step");
  s.loss_threshold = real("loss_threshold");
  s.exact_alpha = values.choice("alpha") == "exact";
  s.refit = static_cast<Refit>(index("refit"));
  return s;
}

std::optional<RankedSettings> ranked_settings_of(const codec::Parameters& values) {
  if (values.choice("search") != "ranked") return {};
  RankedSettings s = of_effort(values.choice("effort"));
  s.refiner = static_cast<RankedSettings::Refiner>(values.integer("refiner"));
  if (s.refiner == RankedSettings::Refiner::none) s.trial.repeats = s.refinement.repeats = s.refit_rounds = 0;
  if (s.refiner != RankedSettings::Refiner::steps) s.refinement.polish_rounds = 0;
  s.simplex = settings_of(values);
  s.modes = 0;
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode)
    s.modes |= std::uint32_t(values.boolean("mode" + std::to_string(mode))) << mode;
  if (s.modes == 0) throw Error(Fault::usage, "BC7: no mode is allowed; at least one of mode0 to mode7 has to be on");
  s.exact_alpha = values.choice("alpha") == "exact";
  const bool luma = values.choice("metric") == "luma";
  const std::array<float, 4> parts{0.2126f * 3, 0.7152f * 3, 0.0722f * 3, 1};  // BT.709, sum as of equal weights
  const std::array keys{"weight_red", "weight_green", "weight_blue", "weight_alpha"};
  for (std::size_t c = 0; c < 4; ++c) s.weights[c] = float(values.number(keys[c])) * (luma ? parts[c] : 1);
  return s;
}

}  // namespace txs::bc7
