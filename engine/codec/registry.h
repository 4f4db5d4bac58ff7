#pragma once
#include <span>
#include <string_view>
#include <utility>

#include "codec/codec.h"

namespace txs::codec {

/// Every codec there is, in the order the window lists them. Filled by engine/codecs/registry.cpp, the one place that
/// names them all.
std::span<const CodecKind> registry();

/// By id. Throws Error(usage) naming the codecs there are.
const CodecKind& find_codec(std::string_view id);

/// The codec that owns a preset, and the preset. Throws Error(usage) naming the presets there are.
std::pair<const CodecKind*, const Preset*> find_preset(std::string_view id);

/// Decides by the bits what the file that held them left open: ASTC of which a block needs it is HDR. For all that was read
/// from containers, before a reader is looked for.
void settle(Encoded& encoded);

/// The codec that reads what a file holds, or null. It may be none of the registry's, which all encode: ASTC of the HDR
/// profile is decoded alone.
const CodecKind* find_reader(const Encoded& encoded);

/// The defaults of a codec with a preset's values over them.
Parameters preset_parameters(const CodecKind& kind, const Preset& preset);

}  // namespace txs::codec
