#include "block/half_search.h"

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace txs::block {
namespace {

using codec::Parameter;

constexpr Parameter weight(std::string_view key, std::string_view title) {
  return {.key = key,
          .title = title,
          .help = "What the channel counts in the squared error that the search makes small. Equal weights make PSNR "
                  "best; rounded to 64ths.",
          .group = "Metric",
          .fallback = 1,
          .minimum = 0,
          .maximum = 1};
}

// What a stage costs a block, as measured on the floor device (the figures in the READMEs of bc1 and bc4): a unit is
// 10 CPU milliseconds a megapixel.
constexpr std::uint64_t start_units = 4, cuts_of_four_units = 13, cuts_of_three_units = 6, black_units = 45;
constexpr std::uint64_t step_round_units = 4, neighbourhood_units = 75;
constexpr std::uint64_t pairs_per_unit = 10;  // of a channel's ends

void add(HalfSearch& search, std::string_view title, std::string name, Stage stage, std::uint32_t axis,
         std::uint32_t reach) {
  const std::size_t number = search.stages.size();
  if (number == interop::half_most_stages) throw std::logic_error("a search of halves has too many stages");
  search.settings.axes[number] = axis;
  search.settings.reach[number] = reach;
  stage.title = title;
  search.stages.push_back(std::move(stage));
  search.stage_names.push_back(std::move(name));
}

/// Adds the stages of one colour half.
class ColourStages {
 public:
  ColourStages(HalfSearch& search, const HalfPlace& place, const ColourRules& colours)
      : search_(search), place_(place), colours_(colours) {}

  void cuts(std::uint32_t axis, std::uint32_t keep_of_four, std::uint32_t keep_of_three) {
    const std::string along = axis == interop::colour_axis_principal ? "the principal axis"
                              : axis == interop::colour_axis_line    ? "the best line"
                                                                     : "a turned axis";
    add(search_, "cutting along lines", "cuts into four along " + along,
        stage("block/colour_cuts_of_four.comp", keep_of_four, cuts_of_four_units), axis, 0);
    if (colours_.kind == interop::colour_kind_four || keep_of_three == 0) return;
    const std::uint64_t units = colours_.black ? black_units : cuts_of_three_units;
    add(search_, "cutting along lines", "cuts into three along " + along,
        stage("block/colour_cuts_of_three.comp", keep_of_three, units), axis, 0);
  }
  void steps(std::uint32_t rounds) {
    add(search_, "stepping endpoints", "endpoint steps",
        stage("block/colour_steps.comp", 0, step_round_units * rounds), 0, rounds);
  }
  void neighbourhoods(std::uint32_t rounds) {
    add(search_, "trying neighbours of endpoints", "endpoint neighbourhoods",
        stage("block/colour_steps.comp", 1, neighbourhood_units * rounds), 0, rounds);
  }

 private:
  Stage stage(std::string_view shader, std::uint32_t keep, std::uint64_t units) const {
    return {shader,
            {place_.halves, place_.number, colours_.kind, keep, 0, 0, colours_.black},
            {units, interop::half_search_group}};
  }
  HalfSearch& search_;
  HalfPlace place_;
  ColourRules colours_;
};

}  // namespace

const std::array<Parameter, 3> weight_parameters{weight("weight_red", "Weight of red"),
                                                 weight("weight_green", "Weight of green"),
                                                 weight("weight_blue", "Weight of blue")};
const Parameter signed_parameter{.key = "signed",
                                 .title = "Signed",
                                 .help = "Bytes 0 to 255 stand for -1 to 1 and are stored as signed ends (snorm): what "
                                         "shaders read of a normal map is then -1 to 1 itself.",
                                 .group = "Method",
                                 .type = Parameter::Type::boolean,
                                 .fallback = 0};

codec::View gain_map(std::string id, std::string title) {
  codec::View view = map_of_blocks(std::move(id), std::move(title),
                                   "How much smaller the squared error of each block's bits is than that of its first "
                                   "bits.");
  view.unit = "dB";
  view.maximum = 3;
  return view;
}

codec::View values_map(std::string id, std::string title) {
  return map_of_blocks(std::move(id), std::move(title),
                       "How many values lie on the line between the ends, told by their order: eight, or six beside 0 "
                       "and 255.",
                       {"8 values", "6 values and extremes"});
}

HalfSearch begin_halves(std::string_view start_shader, std::uint32_t halves, const ColourRules& colours,
                        std::uint32_t channel, bool is_signed) {
  HalfSearch search;
  search.settings.weights = search.settings.root_weights = {1, 1, 1, 0};
  search.settings.alpha_threshold = 128;
  add(search, "first bits", "first bits",
      {start_shader,
       {halves, 0, colours.kind, 0, channel, is_signed, colours.black},
       {start_units * halves, interop::half_search_group}},
      0, 0);
  return search;
}

void set_weights(HalfSearch& search, const codec::Parameters& parameters) {
  glm::vec4& weights = search.settings.weights;
  weights = {parameters.number("weight_red"), parameters.number("weight_green"), parameters.number("weight_blue"), 0};
  for (int c = 0; c < 3; ++c) {
    weights[c] = std::round(weights[c] * 64.0f) / 64.0f;
    search.settings.root_weights[c] = std::sqrt(weights[c]);
  }
}

// What each effort is worth: figures in engine/codecs/bc1/README.md.
void add_colour_stages(HalfSearch& search, const HalfPlace& place, const ColourRules& colours, Effort effort) {
  ColourStages add_stages(search, place, colours);
  switch (effort) {
    case Effort::fast:
      add_stages.cuts(interop::colour_axis_principal, 4, 2);
      add_stages.steps(1);
      break;
    case Effort::normal:
      add_stages.cuts(interop::colour_axis_principal, 8, 4);
      add_stages.cuts(interop::colour_axis_line, 8, 4);
      add_stages.steps(4);
      break;
    case Effort::slow:
      add_stages.cuts(interop::colour_axis_principal, 16, 8);
      add_stages.cuts(interop::colour_axis_line, 16, 8);
      add_stages.steps(8);
      add_stages.cuts(interop::colour_axis_line, 16, 8);
      add_stages.neighbourhoods(1);
      break;
    case Effort::exhaustive:
      add_stages.cuts(interop::colour_axis_principal, 16, 8);
      add_stages.cuts(interop::colour_axis_line, 16, 8);
      for (std::uint32_t turn = 0; turn < 6; ++turn) add_stages.cuts(interop::colour_axis_turned + turn, 16, 0);
      add_stages.steps(8);
      add_stages.neighbourhoods(4);
      break;
  }
}

void add_channel_stages(HalfSearch& search, const HalfPlace& place, std::uint32_t channel, bool is_signed,
                        Effort effort) {
  const auto pairs = [&](std::string_view title, const std::string& what, std::string_view shader, std::uint32_t reach,
                         std::uint64_t along) {
    add(search, title, what + " " + std::to_string(reach),
        {shader,
         {place.halves, place.number, 0, 0, channel, is_signed},
         {1 + 2 * along * along / pairs_per_unit, interop::half_search_group}},
        0, reach);
  };
  const auto lattice = [&](std::uint32_t reach) {
    pairs("trying coarse endpoints", "coarse ends within", "block/channel_lattice.comp", reach, reach + reach / 4 + 1);
  };
  const auto ends = [&](std::uint32_t reach) {
    pairs("trying endpoints", "all ends within", "block/channel_ends.comp", reach, 2 * reach + 1);
  };
  switch (effort) {
    case Effort::fast: lattice(4), ends(1); break;
    case Effort::normal: lattice(8), ends(2); break;
    case Effort::slow: lattice(16), ends(2), ends(5); break;
    case Effort::exhaustive: lattice(16), ends(2), ends(5), ends(40); break;
  }
}

Search finish_search(HalfSearch halves, const Format& format, TraceRules trace) {
  const auto count = std::uint32_t(trace.halves.size());
  Search search;
  search.format = format;
  search.stages = std::move(halves.stages);
  search.record_bytes = std::uint32_t(count * sizeof(interop::HalfRecord));
  search.settings.resize(sizeof(halves.settings));
  std::memcpy(search.settings.data(), &halves.settings, sizeof(halves.settings));
  search.trace_shader = trace.shader;
  search.trace_constants = {count,         count - 1,       trace.colours.kind,  interop::colour_trace_cuts,
                            trace.channel, trace.is_signed, trace.colours.black};
  search.trace_bytes = sizeof(interop::HalfTrace);
  search.inspect_search = [stages = std::move(halves.stage_names), names = std::move(trace.halves)](
                              codec::BlockInspection& inspection, std::span<const std::byte> records,
                              std::span<const std::byte> traced) {
    add_gains(inspection, records, names, stages);
    add_trace(inspection, records, traced, names);
  };
  return search;
}

}  // namespace txs::block
