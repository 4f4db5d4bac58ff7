#include "codecs/astc/astc.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "block/block_kind.h"
#include "block/effort.h"
#include "block/search_encode.h"
#include "codecs/astc/descent.h"
#include "codecs/astc/format.h"
#include "codecs/astc/inspection.h"
#include "codecs/astc/likely_mode.h"
#include "codecs/astc/search_inspection.h"
#include "shaders/interop/astc_search.h"

namespace txs::astc {
namespace {

using codec::Choice;
using codec::Parameter;
using codec::TextureFormat;
using Type = Parameter::Type;

// In the order of TextureFormat.
constexpr std::array sizes{
    Choice{"4x4", "4x4", "8 bits a texel."},        Choice{"5x4", "5x4", "6.4 bits a texel."},
    Choice{"5x5", "5x5", "5.12 bits a texel."},     Choice{"6x5", "6x5", "4.27 bits a texel."},
    Choice{"6x6", "6x6", "3.56 bits a texel."},     Choice{"8x5", "8x5", "3.2 bits a texel."},
    Choice{"8x6", "8x6", "2.67 bits a texel."},     Choice{"8x8", "8x8", "2 bits a texel."},
    Choice{"10x5", "10x5", "2.56 bits a texel."},   Choice{"10x6", "10x6", "2.13 bits a texel."},
    Choice{"10x8", "10x8", "1.6 bits a texel."},    Choice{"10x10", "10x10", "1.28 bits a texel."},
    Choice{"12x10", "12x10", "1.07 bits a texel."}, Choice{"12x12", "12x12", "0.89 bits a texel."},
};
constexpr std::array searches{
    Choice{"ranked", "Ranked divisions", "Patterns near the ideal division are ranked by what is left off their lines."},
    Choice{"descent", "Descent",
           "The published coordinate descent, which can be watched: lines and divisions in turn, snapped to patterns in the "
           "end."},
};
const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> own{
      {.key = "block",
       .title = "Block size",
       .help = "Texels that share the 128 bits of a block.",
       .group = "Bits",
       .type = Type::choice,
       .choices = sizes},
      {.key = "search",
       .title = "Search",
       .help = "What finds the divisions of a block into lines. Either way they are tried as real blocks.",
       .group = "Method",
       .type = Type::choice,
       .choices = searches},
      block::effort_parameter,
      {.key = "partitions",
       .title = "Most lines",
       .help = "Into how many lines of colours a block may be divided.",
       .group = "Method",
       .type = Type::integer,
       .fallback = 4,
       .minimum = 1,
       .maximum = 4},
      {.key = "two_planes",
       .title = "Two planes",
       .help = "Whether one channel may have weights of its own.",
       .group = "Method",
       .type = Type::boolean,
       .fallback = 1},
  };
  static const std::vector<Parameter> declared = [] {
    std::vector<Parameter> all = own;
    all.insert(all.end(), descent_parameters().begin(), descent_parameters().end());
    return all;
  }();
  return declared;
}

/// What an effort spends.
struct Plan {
  std::array<std::uint32_t, 5> kept;  ///< candidates of 2 partitions, of two planes, of both, of 3 and of 4 partitions
  std::uint32_t seeds;                ///< patterns measured to choose those
  std::uint32_t modes_each, trials;   ///< modes of a candidate that may come on the list, and its length
  std::uint32_t trial_rounds;
  std::uint32_t refined, refined_rounds, starts;  ///< of the list's best
};
// Found by trial on three photographs at 4x4, 6x6, 8x8 and 12x12; what the parts are worth: README.
constexpr std::array<Plan, 4> plans{{{{1, 1, 0, 0, 0}, 6, 2, 2, 1, 0, 2, 1},
                                     {{2, 2, 0, 1, 0}, 16, 3, 6, 1, 1, 2, 9},
                                     {{4, 3, 3, 4, 2}, 256, 8, 64, 1, 6, 3, 9},
                                     {{6, 3, 3, 5, 2}, 512, 8, 64, 2, 16, 4, 25}}};

/// Lists of all blocks together take 448 MiB at most, so that 8192 x 8192 fits 2 GiB: that leaves 14 trials of a 4x4 block.
std::uint32_t most_trials(const codec::Source& source, const Footprint& footprint) {
  constexpr std::uint64_t list_bytes = 448 << 20;
  const std::uint64_t blocks = std::uint64_t(gpu::divide_up(std::uint32_t(source.picture->width), footprint.width)) *
                               gpu::divide_up(std::uint32_t(source.picture->height), footprint.height);
  return std::uint32_t(std::clamp<std::uint64_t>(list_bytes / (blocks * sizeof(interop::AstcTrial)), 4, 64));
}

/// Starts that one stage of a refinement may try: llvmpipe ends loops silently after 65535 rounds of an invocation in all, and
/// whatever is packed after that is none of the block's bits. Counted for two planes, and for eight blocks that run together:
/// a loop goes on while any of them does, so that narrow grids run through the wide ones' columns and high ones' rows.
std::uint32_t starts_of_a_stage(std::uint32_t rounds, std::uint32_t texels) {
  constexpr std::uint32_t most_loop_rounds = 65535;
  const std::uint32_t solving = 52 * texels;                     // both planes' rows, then columns, once a start
  const std::uint32_t fitting = 62 * texels + 9 * texels + 800;  // sweeps over the points; ends, error; packing
  return std::max(most_loop_rounds / (solving + rounds * fitting), 1u);
}

void add_stages(block::Search& search, interop::AstcSettings& settings, const Plan& plan,
                const std::vector<std::uint32_t>& constants, std::uint32_t texels) {
  const auto add = [&](std::string_view title, std::string_view shader, std::uint64_t units) {
    search.stages.push_back({shader, constants, {units, interop::astc_search_group}, {}, title});
  };
  const auto tries = [&](std::string_view title, std::uint32_t count, std::uint32_t fits) {
    for (std::uint32_t i = 0; i < count; ++i) add(title, "codecs/astc/try.comp", 1 + std::uint64_t(texels) * fits / 16);
  };
  std::uint32_t candidates = 1;
  for (const std::uint32_t kept : plan.kept) candidates += kept;
  tries("first bits", 1, 1);
  for (std::uint32_t i = 1; i < interop::astc_first_modes; ++i)
    add("ranking divisions", "codecs/astc/rank.comp", 1 + texels / 2);
  for (std::uint32_t i = 0; i < candidates; ++i) add("listing modes", "codecs/astc/modes.comp", 1 + texels / 2);
  settings.first_trial = std::uint32_t(search.stages.size());
  tries("trying modes", plan.trials, plan.trial_rounds);
  add("sorting what was tried", "codecs/astc/sort.comp", 1);
  settings.first_refined = std::uint32_t(search.stages.size());
  settings.starts_each = std::min(starts_of_a_stage(plan.refined_rounds, texels), plan.starts);
  tries("refining the best", plan.refined * gpu::divide_up(plan.starts, settings.starts_each),
        plan.refined_rounds * settings.starts_each);
  settings.seeds = plan.seeds;
  std::ranges::copy(plan.kept, settings.kept);
  settings.trials = plan.trials;
  settings.modes_each = plan.modes_each;
  settings.trial_rounds = plan.trial_rounds;
  settings.refined_rounds = plan.refined_rounds;
  settings.starts = plan.starts;
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const bool srgb = source.colour_space == ColourSpace::srgb;
  const auto texture_format = TextureFormat(std::uint32_t(TextureFormat::astc_4x4_unorm) +
                                            2 * std::uint32_t(values.number("block")) + (srgb ? 1 : 0));
  const Footprint footprint = footprint_of(texture_format);
  const bool has_alpha = source.alpha != Alpha::none;
  Plan plan = plans.at(std::size_t(block::effort_of(values)));
  if (!values.boolean("two_planes")) plan.kept[1] = plan.kept[2] = 0;
  for (const auto& [partitions, place] : {std::pair{2, 0}, {2, 2}, {3, 3}, {4, 4}})
    if (values.integer("partitions") < partitions) plan.kept[std::size_t(place)] = 0;

  plan.trials = std::min(plan.trials, most_trials(source, footprint));

  block::Search search;
  search.format = format(texture_format);
  interop::AstcSettings settings{};
  settings.first_mode = likely_mode(footprint, has_alpha);
  add_stages(search, settings, plan, {footprint.width, footprint.height, srgb, has_alpha}, footprint.texels());
  search.record_bytes = sizeof(interop::AstcRecord);
  search.state_bytes = std::uint32_t(sizeof(interop::AstcState) + settings.trials * sizeof(interop::AstcTrial));
  const auto bytes = std::as_bytes(std::span(&settings, 1));
  search.settings.assign(bytes.begin(), bytes.end());
  search.opaque = !has_alpha;
  search.provenance = {.codec = "astc", .parameters = values.texts(), .seed = seed};
  search.view_shader = "codecs/astc/gain.comp";
  search.views = {block::map_of_blocks("gain", "Gain over the first bits",
                                       "How much smaller the squared error of each block's bits is than that of its "
                                       "first bits.")};
  search.views[0].unit = "dB";
  search.views[0].maximum = 6;
  search.inspect_search = [](codec::BlockInspection& inspection, std::span<const std::byte> record,
                             std::span<const std::byte>) { add_gains(inspection, record); };
  if (values.choice("search") == "descent") descend(search, device, source, footprint, values, seed);
  else trace_candidates(search, footprint);
  return block::start_search(device, source, std::move(search));
}

std::vector<TextureFormat> formats() {
  std::vector<TextureFormat> all;
  for (std::size_t i = 0; i < codec::texture_format_count; ++i)
    if (codec::is_astc(TextureFormat(i)) && !codec::traits(TextureFormat(i)).hdr) all.push_back(TextureFormat(i));
  return all;
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "astc";
  kind.title = "ASTC";
  kind.help = "Blocks of 4x4 to 12x12 texels in 128 bits: up to four lines of colours, and weights on a grid of their own.";
  kind.parameters = parameters();
  kind.presets = {{"astc", "ASTC 4x4", "Good quality soon. The default.", {}},
                  {"astc-5x5", "ASTC 5x5", "5.12 bits a texel.", {{"block", "5x5"}}},
                  {"astc-6x6", "ASTC 6x6", "3.56 bits a texel.", {{"block", "6x6"}}},
                  {"astc-8x8", "ASTC 8x8", "2 bits a texel.", {{"block", "8x8"}}},
                  {"astc-10x10", "ASTC 10x10", "1.28 bits a texel.", {{"block", "10x10"}}},
                  {"astc-12x12", "ASTC 12x12", "0.89 bits a texel.", {{"block", "12x12"}}},
                  {"tinyastc", "Descent 4x4", "The published descent, with exact solvers and the ensemble of 1 to 4 lines.",
                   {{"search", "descent"}}},
                  {"tinyastc-published", "Descent, as published",
                   "Gradient descent from one start, snapped to the nearest pattern alone.",
                   {{"search", "descent"}, {"solver", "gd"}, {"starts", "1"}, {"patterns", "1"}, {"snapping", "0.5"}}}};
  kind.start = start;
  block::complete_kind(kind, formats(), format);
  kind.told_by = [](const codec::Encoded& encoded) -> std::map<std::string, std::string> {
    const Footprint footprint = footprint_of(std::get<codec::EncodedTexture>(encoded).format);
    return {{"block", std::to_string(footprint.width) + "x" + std::to_string(footprint.height)}};
  };
  kind.decode_on_cpu = [](const codec::Encoded& encoded) { return decode_image(std::get<codec::EncodedTexture>(encoded)); };
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::astc
