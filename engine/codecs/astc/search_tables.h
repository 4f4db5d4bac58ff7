#pragma once
#include <cstddef>
#include <span>

#include "codecs/astc/astc_block.h"
#include "shaders/interop/astc_search.h"

namespace txs::astc {

/// What the kernels look up for blocks of one size: of a decoder, and of a search.
struct Tables {
  interop::AstcTables decode;
  interop::AstcSearchTables search;
};

/// Made once for each size, which takes some milliseconds; of static life.
const Tables& tables_of(const Footprint& footprint);

/// The weight grids of a block size that some block mode stores, wide ones last.
std::vector<WeightGrid> grids_of(const Footprint& footprint);

}  // namespace txs::astc
