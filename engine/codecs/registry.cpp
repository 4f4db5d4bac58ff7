#include "codec/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "codecs/astc/astc.h"
#include "codecs/bc1/bc1.h"
#include "codecs/bc3/bc3.h"
#include "codecs/bc4/bc4.h"
#include "codecs/bc5/bc5.h"
#include "codecs/bc6h/bc6h.h"
#include "codecs/bc7/bc7.h"
#include "codecs/hash_grid/hash_grid.h"
#include "codecs/latent_texture/latent_texture.h"
#include "core/error.h"

namespace txs::codec {

std::span<const CodecKind> registry() {
  static const std::vector<CodecKind> kinds{bc7::kind(),  bc1::kind(),  bc3::kind(),
                                            bc4::kind(),  bc5::kind(),  bc6h::kind(),
                                            astc::kind(), latent_texture::kind(), hash_grid::kind()};
  return kinds;
}

const CodecKind& find_codec(std::string_view id) {
  const auto found = std::ranges::find(registry(), id, &CodecKind::id);
  if (found != registry().end()) return *found;

  std::vector<std::string_view> ids;
  for (const CodecKind& kind : registry()) ids.push_back(kind.id);
  throw Error(Fault::usage, fmt::format("'{}' is no codec; there are: {}", id, fmt::join(ids, ", ")));
}

std::pair<const CodecKind*, const Preset*> find_preset(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const CodecKind& kind : registry()) {
    for (const Preset& preset : kind.presets) {
      if (preset.id == id) return {&kind, &preset};
      ids.push_back(preset.id);
    }
  }
  throw Error(Fault::usage, fmt::format("'{}' is no preset; there are: {}", id, fmt::join(ids, ", ")));
}

void settle(Encoded& encoded) {
  auto* texture = std::get_if<EncodedTexture>(&encoded);
  if (texture != nullptr && texture->range_open) astc::settle_range(*texture);
}

const CodecKind* find_reader(const Encoded& encoded) {
  const auto reads = [&encoded](const CodecKind& kind) { return kind.reads && kind.reads(encoded); };
  if (reads(astc::light_kind())) return &astc::light_kind();
  const auto found = std::ranges::find_if(registry(), reads);
  return found == registry().end() ? nullptr : &*found;
}

Parameters preset_parameters(const CodecKind& kind, const Preset& preset) {
  Parameters parameters(kind.parameters);
  for (const auto& [key, value] : preset.values) parameters.set_text(key, value);
  return parameters;
}

}  // namespace txs::codec
