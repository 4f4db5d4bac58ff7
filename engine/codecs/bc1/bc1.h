#pragma once
#include "codec/codec.h"

namespace txs::bc1 {

/// BC1, opaque or with transparent texels: a colour half a block, of four colours or of three.
const codec::CodecKind& kind();

}  // namespace txs::bc1
