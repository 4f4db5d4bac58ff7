#include "panels/health_text.h"

#include <gtest/gtest.h>

namespace txs::app {
namespace {

TEST(HealthText, SaysHowLargeThingsAreOrHowManyAreNoNumbers) {
  EXPECT_EQ(health_text({0, 0, 3.21, 1.1e-3}), "parameters up to 3.2, gradients up to 0.0011");
  EXPECT_EQ(health_text({12, 0, 1, 1}), "12 parameters NaN or infinite");
  EXPECT_EQ(health_text({1, 3000, 1, 1}), "1 parameter and 3\u2009000 gradients NaN or infinite");
}

}  // namespace
}  // namespace txs::app
