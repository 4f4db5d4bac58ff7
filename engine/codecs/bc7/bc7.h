#pragma once
#include "codec/codec.h"

namespace txs::bc7 {

/// BC7, encoded in mode 6 by principal components and the simplex search of Nelder and Mead; all modes are decoded.
const codec::CodecKind& kind();

}  // namespace txs::bc7
