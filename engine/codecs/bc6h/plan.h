#pragma once
#include "block/search_encode.h"
#include "codec/parameters.h"
#include "shaders/interop/bc6h_search.h"

namespace txs::bc6h {

/// What the parameters ask of the kernels.
struct Plan {
  std::vector<block::Stage> stages;
  interop::Bc6hSettings settings{};
};
Plan make_plan(const codec::Parameters& parameters, bool is_signed);

}  // namespace txs::bc6h
