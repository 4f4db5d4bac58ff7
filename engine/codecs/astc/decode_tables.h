#pragma once
#include "codecs/astc/astc_block.h"
#include "shaders/interop/astc_decode.h"

namespace txs::astc {

/// What the decode kernels look up for blocks of this size.
interop::AstcTables make_tables(const Footprint& footprint);

/// Sets byte `index`, 0 so far, of words that hold four each, lowest first, as astc_byte of the kernels reads them.
void put_byte(std::uint32_t* words, std::uint32_t index, std::uint32_t byte);

}  // namespace txs::astc
