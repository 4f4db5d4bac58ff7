#include "codecs/bc1/bc1.h"

#include <vector>

#include "block/block_kind.h"
#include "block/half_search.h"
#include "codecs/bc1/bc1_block.h"

namespace txs::bc1 {
namespace {

using codec::Parameter;
using codec::TextureFormat;
using Type = codec::Parameter::Type;

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> declared{
      block::effort_parameter,
      {.key = "alpha_threshold",
       .title = "Alpha threshold",
       .help = "Texels with less alpha become transparent, which is black; all others stay fully opaque. Blocks with "
               "such texels have three colours. 0 makes all opaque.",
       .group = "Alpha",
       .type = Type::integer,
       .fallback = 128,
       .minimum = 0,
       .maximum = 255},
      {.key = "black",
       .title = "Transparent black",
       .help = "Dark texels may take the transparent entry, which is black: fewer errors in colour, but alpha decodes to "
               "0 there. For pictures whose alpha nobody reads.",
       .group = "Alpha",
       .type = Type::boolean,
       .fallback = 0},
      block::weight_parameters[0],
      block::weight_parameters[1],
      block::weight_parameters[2],
  };
  return declared;
}

TextureFormat format_of(const codec::Source& source) {
  return source.colour_space == ColourSpace::srgb ? TextureFormat::bc1_srgb : TextureFormat::bc1_unorm;
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const block::ColourRules colours{
      .kind = source.alpha == Alpha::none ? interop::colour_kind_opaque : interop::colour_kind_cutout,
      .black = values.boolean("black")};
  block::HalfSearch halves = block::begin_halves("block/colour_start.comp", 1, colours, 0, false);
  halves.settings.alpha_threshold = std::uint32_t(values.integer("alpha_threshold"));
  block::set_weights(halves, values);
  block::add_colour_stages(halves, {}, colours, block::effort_of(values));

  block::Search search = block::finish_search(
      std::move(halves), format(format_of(source)),
      {.shader = "block/colour_trace.comp", .halves = {{.colours = true}}, .colours = colours});
  search.opaque = source.alpha == Alpha::none && !colours.black;
  search.provenance = {.codec = "bc1", .parameters = values.texts(), .seed = seed};
  search.view_shader = "block/gain_of_one_half.comp";
  search.views = {block::gain_map("gain", "Gain over the first bits")};
  return block::start_search(device, source, std::move(search));
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc1";
  kind.title = "BC1";
  kind.help = "Blocks of 4x4 texels in 64 bits: a line of four colours, or of three beside transparent black.";
  kind.parameters = parameters();
  kind.presets = {{"bc1", "BC1", "Good quality soon. The default.", {}},
                  {"bc1-fast", "BC1 fast", "What costs little and gains most.", {{"effort", "fast"}}},
                  {"bc1-best", "BC1 best", "All that the search has.", {{"effort", "exhaustive"}}},
                  {"bc1-colour",
                   "BC1 colour alone",
                   "Slow, and dark texels may take the transparent entry: for pictures whose alpha nobody reads.",
                   {{"effort", "slow"}, {"black", "true"}}}};
  kind.cuts_alpha = true;
  kind.start = start;
  block::complete_kind(kind, {TextureFormat::bc1_unorm, TextureFormat::bc1_srgb}, format);
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::bc1
