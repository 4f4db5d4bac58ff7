#pragma once
#include "codec/codec.h"

namespace txs::bc3 {

/// BC3: alpha in a channel half, colour in a colour half that always has four colours.
const codec::CodecKind& kind();

}  // namespace txs::bc3
