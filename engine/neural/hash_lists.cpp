#include "neural/hash_lists.h"

#include "shaders/interop/neural_model.h"

namespace txs::neural {
namespace {

void append(const GridShape& grid, std::vector<std::uint32_t>& words) {
  const std::size_t offsets = words.size(), corners = offsets + grid.entries + 1;
  words.resize(corners + std::size_t(grid.width) * grid.height);
  const auto for_each_corner = [&](const auto& take) {
    for (std::uint32_t y = 0; y < grid.height; ++y)
      for (std::uint32_t x = 0; x < grid.width; ++x) take(interop::hash_entry(x, y, grid.entries), y * grid.width + x);
  };
  // Counting sort: first how many each entry has, one place too high; then where each begins, which moves on by one
  // with every corner and so ends where the next begins.
  for_each_corner([&](std::uint32_t entry, std::uint32_t) { ++words[offsets + entry + 1]; });
  std::vector<std::uint32_t> next(grid.entries);
  for (std::uint32_t entry = 0; entry < grid.entries; ++entry) {
    next[entry] = words[offsets + entry];
    words[offsets + entry + 1] += words[offsets + entry];
  }
  for_each_corner([&](std::uint32_t entry, std::uint32_t corner) { words[corners + next[entry]++] = corner; });
}

}  // namespace

HashLists::HashLists(const ModelLayout& layout) {
  for (const GridLayout& grid : layout.grids) {
    first_word.push_back(grid.shape.hashed() ? std::uint32_t(words.size()) : 0);
    if (grid.shape.hashed()) append(grid.shape, words);
  }
}

}  // namespace txs::neural
