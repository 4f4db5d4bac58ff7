#pragma once
#include "codec/codec.h"

namespace txs::bc6h {

/// BC6H, unsigned and signed, in all fourteen modes.
const codec::CodecKind& kind();

}  // namespace txs::bc6h
