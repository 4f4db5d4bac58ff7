#include <gtest/gtest.h>

#include <cmath>

#include "plots/axis.h"

namespace txs::app {
namespace {

TEST(Eased, ComesNearerWithTimeAndArrives) {
  Range shown{0, 1};
  const Range wanted{10, 20};
  const Range next = eased(shown, wanted, 0.016);
  EXPECT_GT(next.low, 0);
  EXPECT_LT(next.low, 10);
  for (int frame = 0; frame < 120; ++frame) shown = eased(shown, wanted, 0.016);
  EXPECT_EQ(shown.low, 10);
  EXPECT_EQ(shown.high, 20);
}

TEST(Eased, RecoversFromARangeThatIsNone) {
  const Range shown = eased({std::nan(""), 1}, {0, 1}, 0.016);
  EXPECT_EQ(shown.low, 0);
}

}  // namespace
}  // namespace txs::app
