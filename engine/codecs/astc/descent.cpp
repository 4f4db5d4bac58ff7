#include "codecs/astc/descent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "block/block_texture.h"
#include "codecs/astc/descent_inspection.h"
#include "codecs/astc/snapping_memory.h"
#include "gpu/kernel.h"
#include "shaders/interop/astc_descent.h"

namespace txs::astc {
namespace {

using codec::Choice;
using codec::Effect;
using codec::Parameter;
using Type = Parameter::Type;

// In the order of interop::astc_solver_*.
constexpr std::array solvers{
    Choice{"gd", "Gradient descent", "The published step: down the gradient of the squared error."},
    Choice{"pca", "PCA", "Mean and main axis of a line's texels, cut where the outermost lie."},
    Choice{"least_squares", "Least squares", "The ends that fit a line's weights best."},
};

constexpr const char* group = "Descent";
bool descends(const codec::Parameters& values) { return values.choice("search") == "descent"; }
constexpr std::array parameters{
    Parameter{.key = "solver", .title = "Solver", .help = "What fits a line to its texels in each step.",
              .group = group, .type = Type::choice, .fallback = 2, .choices = solvers, .applies = descends},
    Parameter{.key = "steps", .title = "Steps",
              .help = "Of each number of lines, shared among its starts. The last tenth of them keeps the pattern that it finds.",
              .group = group, .type = Type::integer, .fallback = 40, .minimum = 4,
              .maximum = interop::astc_descent_most_steps, .effect = Effect::live, .applies = descends},
    Parameter{.key = "snapping", .title = "Snapping steps",
              .help = "The share of the steps in which the division is snapped to a pattern, the last ones; 0.5 is the published "
                      "way.",
              .group = group, .fallback = 0.3, .minimum = 0.1, .maximum = 0.9, .effect = Effect::live, .applies = descends},
    Parameter{.key = "starts", .title = "Starts",
              .help = "Of each number of lines, from ends that are texels taken at random. The best is kept.",
              .group = group, .type = Type::integer, .fallback = 4, .minimum = 1,
              .maximum = interop::astc_descent_most_starts, .applies = descends},
    Parameter{.key = "learning_rate", .title = "Learning rate",
              .help = "Of gradient descent: the share of the gradient that a step goes.",
              .group = group, .fallback = 0.1, .minimum = 0.001, .maximum = 1, .scale = codec::Scale::logarithmic,
              .effect = Effect::live,
              .applies = [](const codec::Parameters& v) { return descends(v) && v.choice("solver") == "gd"; }},
    Parameter{.key = "patterns", .title = "Patterns measured",
              .help = "Of the patterns nearest to a division this many are measured, and the best is taken; 1 is the published "
                      "way.",
              .group = group, .type = Type::integer, .fallback = 4, .minimum = 1,
              .maximum = interop::astc_descent_most_patterns, .applies = descends},
};

void set_steps(interop::AstcDescentSettings& settings, const codec::Parameters& values) {
  const auto steps = std::uint32_t(std::max<std::int64_t>(values.integer("steps") / values.integer("starts"), 2));
  settings.steps = steps;
  settings.snap_step = steps - std::clamp(std::uint32_t(steps * values.number("snapping") + 1e-6), 1u, steps - 1);
  settings.fixed_step = steps - steps / 10;
}

/// Stages of a start. A stage does few steps, so that each can be seen, however many are asked for while it runs. Of large blocks
/// one: llvmpipe ends loops silently after 65535 rounds of an invocation, and to snap one to the best of 8 patterns takes 20000.
std::uint32_t parts_of_a_start(std::uint32_t starts, const Footprint& footprint) {
  const std::uint32_t steps_seen = footprint.texels() > 64 ? 1 : 3;
  return gpu::divide_up(interop::astc_descent_most_steps / starts, steps_seen);
}

interop::AstcDescentSettings settings_of(const codec::Parameters& values, const Footprint& footprint) {
  interop::AstcDescentSettings settings{};
  settings.most_partitions = std::uint32_t(values.integer("partitions"));
  set_steps(settings, values);
  settings.starts = std::uint32_t(values.integer("starts"));
  settings.parts = parts_of_a_start(settings.starts, footprint);
  settings.patterns = std::uint32_t(values.integer("patterns"));
  settings.learning_rate = float(values.number("learning_rate"));
  return settings;
}

/// Behind those of the search for bits, as the kernels have them: without any gap.
std::vector<std::byte> joined(std::span<const std::byte> search, const interop::AstcDescentSettings& settings) {
  std::vector<std::byte> bytes(sizeof(interop::AstcSettings) + sizeof settings);
  std::memcpy(bytes.data(), search.data(), sizeof(interop::AstcSettings));
  std::memcpy(bytes.data() + sizeof(interop::AstcSettings), &settings, sizeof settings);
  return bytes;
}

std::uint32_t words_of_a_block(const Footprint& footprint) {
  return interop::astc_descent_fixed_words + 5 * ((footprint.texels() + 15) / 16);
}

// Work units of about 2 kFLOP: of a step some 60 a texel and line; of looking at some 400 patterns 60000 a word.
std::uint64_t part_units(std::uint32_t partitions, std::uint32_t steps, std::uint32_t snaps, const Footprint& footprint) {
  const std::uint32_t texels = footprint.texels();
  return 1 + std::uint64_t(texels) * partitions * steps / 32 + 30 * snaps * ((texels + 15) / 16);
}

std::vector<block::Stage> descent_stages(const interop::AstcDescentSettings& settings, const Footprint& footprint,
                                         const std::vector<std::uint32_t>& constants) {
  std::vector<block::Stage> stages;
  const std::uint32_t descents = 1 + (settings.most_partitions - 1) * settings.starts;
  for (std::uint32_t number = 0; number < descents; ++number)
    for (std::uint32_t part = 0; part < settings.parts; ++part) {
      const std::uint32_t partitions = number == 0 ? 1 : 2 + (number - 1) / settings.starts;
      const std::uint32_t from = settings.steps * part / settings.parts, to = settings.steps * (part + 1) / settings.parts;
      const std::uint32_t first_snap = std::max(from, settings.snap_step), end_of_snaps = std::min(to, settings.fixed_step);
      const std::uint32_t snaps = partitions > 1 && first_snap < end_of_snaps ? end_of_snaps - first_snap : 0;
      stages.push_back({"codecs/astc/descent/descent.comp", constants,
                        {part_units(partitions, to - from, snaps, footprint), interop::astc_descent_group},
                        std::uint32_t(stages.size()), "descending"});
    }
  stages.push_back({"codecs/astc/descent/hand_over.comp", constants, {1, interop::astc_descent_group},
                    std::uint32_t(stages.size()), "handing over divisions"});
  return stages;
}

std::vector<codec::View> maps(std::vector<codec::View> before) {
  codec::View loss = block::map_of_blocks("relaxed_loss", "Relaxed error",
                                          "What the descent's best lines leave: root mean square of a channel, ends and "
                                          "weights at 8 bits, before any block's bits.");
  loss.unit = "of 255";
  loss.maximum = 8;
  codec::View hamming = block::map_of_blocks(
      "hamming", "Hamming error",
      "Texels that the snapped pattern puts on another line than the one they are nearest to, or equally near.");
  hamming.maximum = 8;
  before.push_back(block::map_of_blocks("descent_partitions", "Lines, relaxed",
                                        "How many lines leave the least error, before any block's bits.",
                                        {"1 line", "2 lines", "3 lines", "4 lines"}));
  before.push_back(std::move(loss));
  before.push_back(std::move(hamming));
  return before;
}

std::vector<codec::View> texel_maps() {
  const std::vector<std::string> lines{"line 1", "line 2", "line 3", "line 4"};
  return {block::map_of_blocks("ideal_division", "Ideal division", "The line that each texel is nearest to.", lines),
          block::map_of_blocks("snapped_division", "Snapped division",
                               "The line that each texel has in the pattern nearest to the ideal division.", lines)};
}

double psnr(double loss, double samples) { return loss > 0 ? 10 * std::log10(samples / loss) : INFINITY; }

void add_figures(block::Search& search, std::uint32_t blocks, double samples_a_block) {
  search.figures_shader = "codecs/astc/descent/sums.comp";
  const auto sums = gpu::divide_up(blocks, interop::astc_descent_sum_blocks);
  search.figures_groups = gpu::divide_up(sums, 64);
  search.figures_bytes = sums * std::uint32_t(sizeof(interop::AstcDescentSums));
  search.read_figures = [blocks = double(blocks), samples_a_block](std::span<const std::byte> bytes) {
    const DescentFigures all = descent_figures(bytes, blocks);
    codec::CodecFigures figures;
    // Memory is zero before the first descent.
    if (all.loss > 0) {
      figures.loss = all.loss;
      figures.hamming = all.hamming;
    }
    if (all.best > 0) figures.psnr_relaxed_db = psnr(all.best, samples_a_block);
    return figures;
  };
}

// Of rank.comp: second planes for the block's candidate 0, which is one line, and for candidate 1, the best of two lines.
constexpr std::array<std::uint32_t, 2> stages_of_planes{2, 3};

/// Candidates that the stages of `search` can look at, but for those with two planes.
std::uint32_t candidates_of_divisions(const block::Search& search) {
  interop::AstcSettings settings;
  std::memcpy(&settings, search.settings.data(), sizeof settings);
  auto candidates =
      std::uint32_t(std::ranges::count(search.stages, std::string_view("codecs/astc/modes.comp"), &block::Stage::shader));
  for (const std::uint32_t stage : stages_of_planes) candidates -= settings.kept[stage - 1];
  return candidates;
}

}  // namespace

std::span<const codec::Parameter> descent_parameters() { return parameters; }

void descend(block::Search& search, gpu::Device& device, const codec::Source& source, const Footprint& footprint,
             const codec::Parameters& values, std::uint64_t seed) {
  static_assert(sizeof(interop::AstcRecord) == 2 * sizeof(std::uint32_t), "descents lie behind records of two words");
  const bool has_alpha = source.alpha != Alpha::none;
  const auto snapping = std::make_shared<SnappingMemory>(device, footprint);
  interop::AstcDescentSettings settings = settings_of(values, footprint);
  settings.snapping = snapping->address();
  settings.seed = std::uint32_t(seed);

  // The kernels that try candidates know their stages by number: they keep those of the ranked search.
  for (std::uint32_t number = 0; block::Stage& stage : search.stages) stage.number = number++;
  // Of the stages that rank, those of second planes stay, behind the descents; the other candidates are the descents'.
  const auto ranks_divisions = [](const block::Stage& stage) {
    const bool of_planes = std::ranges::find(stages_of_planes, stage.number) != stages_of_planes.end();
    return stage.shader == "codecs/astc/rank.comp" && !of_planes;
  };
  settings.candidates = candidates_of_divisions(search);
  const auto place = std::ranges::find_if(search.stages, ranks_divisions) - search.stages.begin();
  std::erase_if(search.stages, ranks_divisions);
  const std::vector<std::uint32_t> size{footprint.width, footprint.height, has_alpha};
  std::vector<std::uint32_t> constants = size;
  constants.push_back(std::uint32_t(values.number("solver")));
  constants.push_back(0);
  const auto stages = descent_stages(settings, footprint, constants);
  search.stages.insert(search.stages.begin() + place, stages.begin(), stages.end());

  search.prepared = [snapping] { return snapping->ready(); };
  search.live_settings = [search_settings = search.settings, settings](const codec::Parameters& changed) {
    interop::AstcDescentSettings now = settings;
    set_steps(now, changed);
    now.learning_rate = float(changed.number("learning_rate"));
    return joined(search_settings, now);
  };
  search.settings = joined(search.settings, settings);
  search.record_bytes = std::uint32_t(sizeof(interop::AstcRecord)) + words_of_a_block(footprint) * 4;

  search.view_shader = "codecs/astc/descent/maps.comp";
  search.view_constants = size;
  search.views = maps(std::move(search.views));
  search.texel_view_shader = "codecs/astc/descent/divisions.comp";
  search.texel_views = texel_maps();
  const block::Grid grid(source.texture->width(), source.texture->height(), codec::traits(search.format.format));
  add_figures(search, grid.blocks(), (has_alpha ? 4.0 : 3.0) * footprint.texels());

  constants.back() = 1;
  search.trace_shader = "codecs/astc/descent/descent.comp";
  search.trace_constants = constants;
  search.trace_bytes = sizeof(interop::AstcDescentTrace);
  search.trace_stages = settings.parts;
  // Records of all blocks lie before all descents: the trace brings the block's own.
  search.inspect_search = [settings, footprint, of_any_search = std::move(search.inspect_search)](
                              codec::BlockInspection& inspection, std::span<const std::byte>,
                              std::span<const std::byte> trace) {
    const auto& told = *reinterpret_cast<const interop::AstcDescentTrace*>(trace.data());
    of_any_search(inspection, std::as_bytes(std::span(&told.record, 1)), trace);
    add_descents(inspection, told, settings, footprint);
  };
}

}  // namespace txs::astc
