#include "codecs/bc4/bc4.h"

#include <vector>

#include "block/block_kind.h"
#include "block/half_search.h"
#include "codecs/bc4/bc4_block.h"

namespace txs::bc4 {
namespace {

using codec::TextureFormat;

const std::vector<codec::Parameter>& parameters() {
  static const std::vector<codec::Parameter> declared{block::effort_parameter, block::signed_parameter};
  return declared;
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const bool is_signed = values.boolean("signed");
  block::HalfSearch halves = block::begin_halves("block/channel_start.comp", 1, {}, 0, is_signed);
  block::add_channel_stages(halves, {}, 0, is_signed, block::effort_of(values));

  block::Search search = block::finish_search(
      std::move(halves), format(is_signed ? TextureFormat::bc4_snorm : TextureFormat::bc4_unorm),
      {.shader = "block/channel_trace.comp", .halves = {{}}, .is_signed = is_signed});
  search.opaque = true;
  search.provenance = {.codec = "bc4", .parameters = values.texts(), .seed = seed};
  search.view_shader = "block/gain_of_one_half.comp";
  search.views = {block::gain_map("gain", "Gain over the first bits")};
  return block::start_search(device, source, std::move(search));
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc4";
  kind.title = "BC4";
  kind.help = "Red in 64 bits a block of 4x4 texels: eight values between two ends, or six and the extremes.";
  kind.parameters = parameters();
  kind.presets = {{"bc4", "BC4", "Good quality soon. The default.", {}},
                  {"bc4-signed", "BC4 signed", "Bytes stand for -1 to 1.", {{"signed", "true"}}},
                  {"bc4-best", "BC4 best", "All that the search has.", {{"effort", "exhaustive"}}}};
  kind.takes_alpha = false;
  kind.channels = 1;
  kind.start = start;
  block::complete_kind(kind, {TextureFormat::bc4_unorm, TextureFormat::bc4_snorm}, format);
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::bc4
