#include "codecs/bc5/bc5.h"

#include <vector>

#include "block/block_kind.h"
#include "block/half_search.h"
#include "codecs/bc5/bc5_block.h"
#include "codecs/bc5/normal_maps.h"

namespace txs::bc5 {
namespace {

using codec::TextureFormat;

const std::vector<codec::Parameter>& parameters() {
  static const std::vector<codec::Parameter> declared{block::effort_parameter, block::signed_parameter};
  return declared;
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const bool is_signed = values.boolean("signed");
  block::HalfSearch halves = block::begin_halves("block/channel_start.comp", 2, {}, 0, is_signed);
  const block::Effort effort = block::effort_of(values);
  block::add_channel_stages(halves, {.halves = 2, .number = 0}, 0, is_signed, effort);
  block::add_channel_stages(halves, {.halves = 2, .number = 1}, 1, is_signed, effort);

  block::Search search = block::finish_search(
      std::move(halves), format(is_signed ? TextureFormat::bc5_snorm : TextureFormat::bc5_unorm),
      {.shader = "block/channel_trace.comp", .halves = {{"red: "}, {"green: "}}, .is_signed = is_signed});
  search.opaque = true;
  search.provenance = {.codec = "bc5", .parameters = values.texts(), .seed = seed};
  search.view_shader = "block/gain_of_two_halves.comp";
  search.views = {block::gain_map("gain", "Gain in red over the first bits"),
                  block::gain_map("gain-green", "Gain in green over the first bits")};
  return with_normal_maps(device, source, block::start_search(device, source, std::move(search)));
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc5";
  kind.title = "BC5";
  kind.help = "Red and green in 128 bits a block of 4x4 texels, each as in BC4: for normal maps, whose z is rebuilt.";
  kind.parameters = parameters();
  kind.presets = {{"bc5", "BC5", "Good quality soon. The default.", {}},
                  {"bc5-signed", "BC5 signed", "Bytes stand for -1 to 1.", {{"signed", "true"}}},
                  {"bc5-best", "BC5 best", "All that the search has.", {{"effort", "exhaustive"}}}};
  kind.takes_alpha = false;
  kind.channels = 2;
  kind.start = start;
  block::complete_kind(kind, {TextureFormat::bc5_unorm, TextureFormat::bc5_snorm}, format);
  kind.adopt = [adopt = kind.adopt](gpu::Device& device, const codec::Source& source, const codec::Encoded& encoded) {
    return with_normal_maps(device, source, adopt(device, source, encoded));
  };
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::bc5
