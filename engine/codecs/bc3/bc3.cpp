#include "codecs/bc3/bc3.h"

#include <vector>

#include "block/block_kind.h"
#include "block/half_search.h"
#include "codecs/bc3/bc3_block.h"

namespace txs::bc3 {
namespace {

using codec::TextureFormat;

constexpr std::uint32_t alpha_channel = 3;

const std::vector<codec::Parameter>& parameters() {
  static const std::vector<codec::Parameter> declared{block::effort_parameter, block::weight_parameters[0],
                                                      block::weight_parameters[1], block::weight_parameters[2]};
  return declared;
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const block::Effort effort = block::effort_of(values);
  const block::ColourRules colours{.kind = interop::colour_kind_four};
  block::HalfSearch halves = block::begin_halves("codecs/bc3/start.comp", 2, colours, alpha_channel, false);
  block::set_weights(halves, values);
  block::add_colour_stages(halves, {.halves = 2, .number = 1}, colours, effort);
  // First bits are exact where all is opaque.
  if (source.alpha != Alpha::none)
    block::add_channel_stages(halves, {.halves = 2, .number = 0}, alpha_channel, false, effort);

  const bool srgb = source.colour_space == ColourSpace::srgb;
  block::Search search =
      block::finish_search(std::move(halves), format(srgb ? TextureFormat::bc3_srgb : TextureFormat::bc3_unorm),
                           {.shader = "codecs/bc3/trace.comp",
                            .halves = {{"alpha: ", false}, {"colour: ", true}},
                            .colours = colours,
                            .channel = alpha_channel});
  search.opaque = source.alpha == Alpha::none;
  search.provenance = {.codec = "bc3", .parameters = values.texts(), .seed = seed};
  search.view_shader = "block/gain_of_two_halves.comp";
  search.views = {block::gain_map("gain-alpha", "Gain in alpha over the first bits"),
                  block::gain_map("gain", "Gain over the first bits")};
  return block::start_search(device, source, std::move(search));
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc3";
  kind.title = "BC3";
  kind.help = "Blocks of 4x4 texels in 128 bits: a line of four colours, and alpha of its own as in BC4.";
  kind.parameters = parameters();
  kind.presets = {{"bc3", "BC3", "Good quality soon. The default.", {}},
                  {"bc3-fast", "BC3 fast", "What costs little and gains most.", {{"effort", "fast"}}},
                  {"bc3-best", "BC3 best", "All that the search has.", {{"effort", "exhaustive"}}}};
  kind.start = start;
  block::complete_kind(kind, {TextureFormat::bc3_unorm, TextureFormat::bc3_srgb}, format);
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::bc3
