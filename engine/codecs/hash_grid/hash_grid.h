#pragma once
#include "codec/codec.h"

namespace txs::hash_grid {

const codec::CodecKind& kind();

}  // namespace txs::hash_grid
