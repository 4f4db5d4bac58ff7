#include "block/block_kind.h"

#include <algorithm>
#include <utility>

#include "block/adopted_encode.h"

namespace txs::block {

void complete_kind(codec::CodecKind& kind, std::vector<codec::TextureFormat> formats,
                   std::function<Format(codec::TextureFormat)> format_of) {
  kind.work_unit = "block units";
  kind.step_name = "stages";
  if (!kind.hdr)
    kind.decode_on_cpu = [format_of](const codec::Encoded& encoded) {
      const auto& texture = std::get<codec::EncodedTexture>(encoded);
      return decode_texture<Rgba8Image>(texture, format_of(texture.format).decode_block);
    };
  kind.reads = [formats](const codec::Encoded& encoded) {
    const auto* texture = std::get_if<codec::EncodedTexture>(&encoded);
    return texture != nullptr && std::ranges::find(formats, texture->format) != formats.end();
  };
  kind.formats = std::move(formats);
  kind.adopt = [format_of = std::move(format_of)](gpu::Device& device, const codec::Source& source,
                                                  const codec::Encoded& encoded) {
    const auto& texture = std::get<codec::EncodedTexture>(encoded);
    return adopt(device, source, texture, format_of(texture.format));
  };
}

}  // namespace txs::block
