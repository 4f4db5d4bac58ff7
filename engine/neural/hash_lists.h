#pragma once
#include <cstdint>
#include <vector>

#include "neural/model.h"

namespace txs::neural {

/// Which corners of a hashed level share each entry: the inverse of its hash, so that gradients can be gathered.
struct HashLists {
  explicit HashLists(const ModelLayout& layout);

  /// Of each hashed grid from its first word on: entries + 1 offsets, then the corners (y * width + x), by entry and
  /// ascending.
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> first_word;  ///< a grid each; 0 for dense ones
};

}  // namespace txs::neural
