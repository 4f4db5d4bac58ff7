#pragma once
#include "block/search_encode.h"
#include "codec/parameters.h"
#include "shaders/interop/bc6h_search.h"

namespace txs::bc6h {

/// What the parameters ask of the kernels.
struct Plan {
  std::vector<block::Stage> stages;
  interop::Bc6hSettings settings{};
  std::size_t candidates = 0;  ///< that a trace lists: one subset where allowed, and the partitions that are tried
};
Plan make_plan(const codec::Parameters& parameters, bool is_signed);

}  // namespace txs::bc6h
