// The inverse of the hash, which gradients are gathered by.
#include "neural/hash_lists.h"

#include <gtest/gtest.h>

#include "neural/grids.h"
#include "shaders/interop/neural_model.h"

namespace txs::neural {
namespace {

TEST(HashLists, HaveEveryCornerOfEveryLevelUnderItsEntry) {
  for (const std::uint32_t log2_table : {4u, 10u, 12u, 14u}) {
    const ModelLayout layout({.grids = hash_levels(16, 2, log2_table, 16, 512)});
    const HashLists lists(layout);
    ASSERT_EQ(lists.first_word.size(), layout.grids.size());
    std::size_t words = 0, hashed = 0;
    for (std::size_t level = 0; level < layout.grids.size(); ++level) {
      SCOPED_TRACE(testing::Message() << "table of 2^" << log2_table << ", level " << level);
      const GridShape& grid = layout.grids[level].shape;
      if (!grid.hashed()) {
        EXPECT_EQ(lists.first_word[level], 0u);
        continue;
      }
      ++hashed;
      EXPECT_EQ(lists.first_word[level], words);
      const std::uint32_t* offsets = lists.words.data() + lists.first_word[level];
      const std::uint32_t* corners = offsets + grid.entries + 1;
      ASSERT_EQ(offsets[0], 0u);
      ASSERT_EQ(offsets[grid.entries], grid.width * grid.height) << "every corner is somewhere";
      for (std::uint32_t entry = 0; entry < grid.entries; ++entry) {
        ASSERT_LE(offsets[entry], offsets[entry + 1]);
        for (std::uint32_t i = offsets[entry]; i < offsets[entry + 1]; ++i) {
          const std::uint32_t x = corners[i] % grid.width, y = corners[i] / grid.width;
          ASSERT_LT(y, grid.height);
          ASSERT_EQ((x * 2654435761u ^ y * 805459861u) % grid.entries, entry);
          if (i > offsets[entry]) {
            ASSERT_LT(corners[i - 1], corners[i]) << "none twice, and in their order";
          }
        }
      }
      words += grid.entries + 1 + std::size_t(grid.width) * grid.height;
    }
    EXPECT_EQ(lists.words.size(), words);
    EXPECT_GT(hashed, 3u);
  }
}

TEST(HashLists, OfDenseGridsAreEmpty) {
  const HashLists lists(ModelLayout({.grids = latent_grids(64, 40, 16, 8, 2, 4)}));
  EXPECT_TRUE(lists.words.empty());
  EXPECT_EQ(lists.first_word, std::vector<std::uint32_t>(2, 0u));
}

}  // namespace
}  // namespace txs::neural
