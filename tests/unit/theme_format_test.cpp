#include <gtest/gtest.h>

#include <cmath>

#include "theme/format.h"

namespace txs::app {
namespace {

TEST(Format, OnePrecisionAQuantity) {
  EXPECT_EQ(format_db(39.974), "39.97 dB");
  EXPECT_EQ(format_db(INFINITY), "\u221E dB");
  EXPECT_EQ(format_db(std::optional<double>()), "\u2013");
  EXPECT_EQ(format_gain(1.594), "+1.59 dB");
  EXPECT_EQ(format_gain(-0.25), "\u22120.25 dB");
  EXPECT_EQ(format_bpp(8), "8.000 bpp");
  EXPECT_EQ(format_ratio(4), "4.00 : 1");
}

TEST(Format, BytesInBinaryUnits) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(1023), "1023 B");
  EXPECT_EQ(format_bytes(1024), "1.00 KiB");
  EXPECT_EQ(format_bytes(29286), "28.6 KiB");
  EXPECT_EQ(format_bytes(1048575), "1.00 MiB");
  EXPECT_EQ(format_bytes(std::uint64_t(1) << 30), "1.00 GiB");
}

TEST(Format, SecondsFromMillisecondsToHours) {
  EXPECT_EQ(format_seconds(0), "0 s");
  EXPECT_EQ(format_seconds(0.00084), "0.84 ms");
  EXPECT_EQ(format_seconds(0.0123), "12.3 ms");
  EXPECT_EQ(format_seconds(0.84), "0.84 s");
  EXPECT_EQ(format_seconds(12.34), "12.3 s");
  EXPECT_EQ(format_seconds(125), "2 min 05 s");
  EXPECT_EQ(format_seconds(3720), "1 h 02 min");
  EXPECT_EQ(format_seconds(NAN), "\u2013");
}

TEST(Format, NoNegativeZero) {
  EXPECT_EQ(format_fixed(-0.001, 2), "0.00");
  EXPECT_EQ(format_fixed(-0.006, 2), "\u22120.01");
  EXPECT_EQ(format_short(-0.0), "0");
  EXPECT_EQ(format_short(0.123456), "0.1235");
}

TEST(Format, CountsAreGrouped) {
  EXPECT_EQ(format_count(12), "12");
  EXPECT_EQ(format_count(1234567), "1\u2009234\u2009567");
}

TEST(Format, LossesShowTheirPowerOfTen) {
  EXPECT_EQ(format_scientific(1.75e-3), "1.750e-3");
  EXPECT_EQ(format_scientific(0.99999e-3), "1.000e-3");
  EXPECT_EQ(format_scientific(12.0), "1.200e1");
  EXPECT_EQ(format_scientific(-2.5e-5), "\u22122.500e-5");
  EXPECT_EQ(format_scientific(0), "0");
  EXPECT_EQ(format_scientific(NAN), "\u2013");
}

}  // namespace
}  // namespace txs::app
