#pragma once
#include "codec/codec.h"

namespace txs::bc5 {

/// BC5: red and green, unsigned or signed, in two channel halves a block. For normal maps.
const codec::CodecKind& kind();

}  // namespace txs::bc5
