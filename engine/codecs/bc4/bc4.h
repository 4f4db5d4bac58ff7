#pragma once
#include "codec/codec.h"

namespace txs::bc4 {

/// BC4: the red channel, unsigned or signed, in a channel's half a block.
const codec::CodecKind& kind();

}  // namespace txs::bc4
