#pragma once
#include "block/format.h"
#include "codec/codec.h"

namespace txs::bc7 {

/// BC7 as engine/block handles it: how its bits are decoded, drawn as maps, counted and inspected.
block::Format format_of(codec::TextureFormat format);
/// The one that a picture of this colour space is encoded in.
block::Format format_for(ColourSpace colour_space);

}  // namespace txs::bc7
