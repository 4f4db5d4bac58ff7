#pragma once
#include "codecs/astc/astc_block.h"
#include "shaders/interop/astc_decode.h"

namespace txs::astc {

/// What the decode kernels look up for blocks of this size.
interop::AstcTables make_tables(const Footprint& footprint);

}  // namespace txs::astc
