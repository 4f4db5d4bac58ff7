#pragma once
#include "block/format.h"

namespace txs::bc6h {

/// BC6H as engine/block takes it; `texture_format` is bc6h_ufloat or bc6h_sfloat.
block::Format format(codec::TextureFormat texture_format);

}  // namespace txs::bc6h
