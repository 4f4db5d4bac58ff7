#include <algorithm>
#include <span>

#include "block/block_kind.h"
#include "codecs/astc/astc.h"
#include "codecs/astc/format.h"
#include "core/error.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

std::unique_ptr<codec::Encode> refuse_to_start(gpu::Device&, const codec::Source&, const codec::Parameters&, std::uint64_t) {
  throw Error(Fault::usage, "ASTC HDR: is decoded here, and not encoded; choose another codec, of light BC6H");
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "astc_hdr";
  kind.title = "ASTC HDR";
  kind.help = "Blocks of 4x4 to 12x12 texels of linear light in 128 bits, with alpha. Files are read; nothing is encoded to it.";
  kind.presets = {{"astc-hdr", "ASTC HDR", "Of files.", {}}};
  kind.hdr = true;
  kind.start = refuse_to_start;
  std::vector<codec::TextureFormat> formats;
  for (std::size_t i = 0; i < codec::texture_format_count; ++i) {
    const auto format = codec::TextureFormat(i);
    if (codec::is_astc(format) && profile_of(format) == Profile::hdr) formats.push_back(format);
  }
  block::complete_kind(kind, std::move(formats), format);
  kind.decode_light_on_cpu = [](const codec::Encoded& encoded) {
    return decode_light_image(std::get<codec::EncodedTexture>(encoded));
  };
  return kind;
}

}  // namespace

const codec::CodecKind& light_kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

void settle_range(codec::EncodedTexture& texture) {
  const Footprint footprint = footprint_of(texture.format);
  std::span<const std::byte> blocks = texture.blocks;
  bool is_hdr = false;
  for (; !is_hdr && blocks.size() >= interop::astc_block_bytes; blocks = blocks.subspan(interop::astc_block_bytes))
    is_hdr = needs_hdr(blocks.first<interop::astc_block_bytes>(), footprint);
  if (is_hdr) texture.format = texture_format(footprint, Profile::hdr, false);
  texture.range_open = false;
}

}  // namespace txs::astc
