// Numbers of light as the window writes them.
#include <gtest/gtest.h>

#include "view/texel_values.h"

namespace txs::app {
namespace {

TEST(LightText, HasFourDigitsThatCountAndNoMoreThanSixLetters) {
  EXPECT_EQ(light_text(0), "0.0000");
  EXPECT_EQ(light_text(0.01234f), "0.0123");
  EXPECT_EQ(light_text(1.25f), "1.250");
  EXPECT_EQ(light_text(-12.345f), "-12.35");
  EXPECT_EQ(light_text(123.456f), "123.5");
  EXPECT_EQ(light_text(65504), "65504");
  EXPECT_EQ(light_text(0.00001f), "1e-05");
  for (float value = 0x1p-24f; value < 65504; value *= 1.37f) EXPECT_LE(light_text(value).size(), 6u) << value;
}

}  // namespace
}  // namespace txs::app
