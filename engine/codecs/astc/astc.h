#pragma once
#include "codec/codec.h"

namespace txs::astc {

/// For the registry.
const codec::CodecKind& kind();

}  // namespace txs::astc
