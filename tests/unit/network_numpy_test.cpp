// .npy and .npz: values that come back, and what is refused. That NumPy reads ours and we NumPy's is the witness' part.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "../support/network_bytes.h"
#include "../support/random_network.h"
#include "artifact/network_file.h"
#include "core/error.h"
#include "core/half.h"

namespace txs::artifact {
namespace {

using codec::FeatureGrid;
using test::Bytes;

/// A dense one and one of 32 shared entries.
std::vector<FeatureGrid> sample_grids(std::uint32_t bits) {
  std::mt19937_64 random(bits);
  return {test::random_grid(random, 12, 7, 5, 84, bits), test::random_grid(random, 9, 9, 2, 32, bits)};
}

FeatureGrid empty_like(const FeatureGrid& grid) {
  return {grid.width, grid.height, grid.channels, grid.entries, 16, {}, {}, {}};
}

double value(const FeatureGrid& grid, std::size_t i) {
  if (grid.bits == 16) return half_to_float(grid.values[i]);
  const std::size_t c = i % grid.channels;
  return grid.low[c] + grid.values[i] * (double(grid.high[c]) - grid.low[c]) / ((1u << grid.bits) - 1);
}

template <typename Read>
std::string refusal(Read read) {
  try {
    read();
  } catch (const Error& error) {
    if (error.fault() == Fault::input) return error.what();
  }
  return {};
}

std::string npy_refusal(const Bytes& file, FeatureGrid grid = {12, 7, 5, 84, 16, {}, {}, {}}) {
  return refusal([&] { read_npy(file, "x.npy", grid); });
}

std::string npz_refusal(const Bytes& file, std::vector<FeatureGrid> grids = sample_grids(8)) {
  return refusal([&] { read_npz(file, "x.npz", grids); });
}

/// The first `from` in the file replaced by as many bytes.
Bytes with_text(Bytes file, std::string_view from, std::string_view to) {
  std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  const std::size_t at = text.find(from);
  EXPECT_TRUE(at != text.npos && from.size() == to.size()) << from;
  std::memcpy(file.data() + at, to.data(), to.size());
  return file;
}

TEST(Half, EveryOneComesBackAndMidpointsGoToTheEvenOne) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = half_to_float(half);
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(half_to_float(float_to_half(value)))) << bits;
      continue;
    }
    ASSERT_EQ(float_to_half(value), half);
    if (!half_is_finite(half)) continue;
    // Of the last finite one the neighbour would be 65536.
    const auto magnitude = static_cast<std::uint16_t>(half & 0x7FFF);
    const float up = magnitude == 0x7BFF ? 65536.0f : half_to_float(static_cast<std::uint16_t>(magnitude + 1));
    const float middle = std::copysign((std::abs(value) + up) / 2, value);
    const auto away = static_cast<std::uint16_t>(half + 1);
    ASSERT_EQ(float_to_half(middle), bits % 2 == 0 ? half : away) << bits;
    ASSERT_EQ(float_to_half(std::nextafter(middle, 0.0f)), half) << bits;
    ASSERT_EQ(float_to_half(std::nextafter(middle, std::copysign(INFINITY, value))), away) << bits;
  }
  EXPECT_EQ(half_to_float(0x3C00), 1.0f);
  EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);
  EXPECT_EQ(float_to_half(1e30f), 0x7C00);
}

TEST(NumPy, HalvesComeBackFromNpy) {
  for (const FeatureGrid& grid : sample_grids(16)) {
    FeatureGrid read = empty_like(grid);
    read.bits = 8;
    read.low = read.high = {1, 2};
    read_npy(write_npy(grid), "x.npy", read);
    EXPECT_EQ(read.values, grid.values);
    EXPECT_EQ(read.bits, 16u);
    EXPECT_TRUE(read.low.empty() && read.high.empty());
  }
}

TEST(NumPy, IntegersGoToTheNearestHalf) {
  for (const std::uint32_t bits : {2u, 3u, 8u}) {
    for (const FeatureGrid& grid : sample_grids(bits)) {
      FeatureGrid read = empty_like(grid);
      read_npy(write_npy(grid), "x.npy", read);
      for (std::size_t i = 0; i < grid.values.size(); ++i)
        EXPECT_EQ(read.values[i], float_to_half(static_cast<float>(value(grid, i)))) << i;
    }
  }
}

TEST(NumPy, IntegersComeBackFromNpzAtTheNearestOf255) {
  for (const std::uint32_t bits : {2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
    const std::vector<FeatureGrid> grids = sample_grids(bits);
    std::vector<FeatureGrid> read = {empty_like(grids[0]), empty_like(grids[1])};
    read_npz(write_npz(grids), "x.npz", read);
    for (std::size_t g = 0; g < grids.size(); ++g) {
      EXPECT_EQ(read[g].bits, 8u);
      EXPECT_EQ(read[g].low, grids[g].low);
      EXPECT_EQ(read[g].high, grids[g].high);
      EXPECT_EQ(read[g].values == grids[g].values, bits == 8);
      for (std::size_t i = 0; i < grids[g].values.size(); ++i) {
        const std::size_t c = i % grids[g].channels;
        const double level = (double(grids[g].high[c]) - grids[g].low[c]) / 255;
        // 255 is a multiple of 3 and 15, but of no other 2^bits - 1 below it.
        const double most = bits == 2 || bits == 4 || bits == 8 ? 1e-9 : level * 0.5000001;
        ASSERT_LE(std::abs(value(read[g], i) - value(grids[g], i)), most) << bits << " bits, value " << i;
      }
    }
  }
}

TEST(NumPy, HalvesComeBackFromNpzWithinHalfALevel) {
  std::vector<FeatureGrid> grids = sample_grids(16);
  for (std::size_t i = 1; i < grids[0].values.size(); i += grids[0].channels) grids[0].values[i] = 0xB800;  // -0.5
  std::vector<FeatureGrid> read = {empty_like(grids[0]), empty_like(grids[1])};
  read_npz(write_npz(grids), "x.npz", read);
  EXPECT_EQ(read[0].low[1], -0.5f);
  EXPECT_EQ(read[0].high[1], -0.5f);
  for (std::size_t g = 0; g < grids.size(); ++g) {
    for (std::size_t i = 0; i < grids[g].values.size(); ++i) {
      const std::size_t c = i % grids[g].channels;
      const double level = (double(read[g].high[c]) - read[g].low[c]) / 255;
      ASSERT_LE(std::abs(value(read[g], i) - value(grids[g], i)), level * 0.5000001) << i;
    }
  }
}

TEST(NumPyRefusal, Npy) {
  const Bytes file = write_npy(sample_grids(16)[0]);
  EXPECT_EQ(npy_refusal(file), "");
  EXPECT_EQ(npy_refusal({}), "x.npy: is no array of NumPy (.npy): its magic bytes are not at its start");
  EXPECT_EQ(npy_refusal(file, {6, 14, 5, 84, 16, {}, {}, {}}),
            "x.npy: is an array '<f2' (5, 7, 12); '<f2' (5, 14, 6) in C order is needed");
  EXPECT_EQ(npy_refusal(with_text(file, "<f2", ">f2")),
            "x.npy: is an array '>f2' (5, 7, 12); '<f2' (5, 7, 12) in C order is needed");
  EXPECT_EQ(npy_refusal(with_text(file, "<f2",
                                  "\n\xff"
                                  "2")),
            "x.npy: is an array '..2' (5, 7, 12); '<f2' (5, 7, 12) in C order is needed");
  EXPECT_EQ(npy_refusal(with_text(file, "False", "True ")),
            "x.npy: is an array '<f2' (5, 7, 12) in Fortran order; '<f2' (5, 7, 12) in C order is needed");
  for (const auto& [from, to] :
       {std::pair{"{'descr", "['descr"}, {"shape", "ships"}, {"5, 7,", "5; 7,"}, {"False", "Maybe"}}) {
    EXPECT_EQ(npy_refusal(with_text(file, from, to)),
              "x.npy: has an .npy header that is no dictionary of descr, fortran_order and shape");
  }
  Bytes later = file;
  later[6] = std::byte{4};
  EXPECT_EQ(npy_refusal(later), "x.npy: is an .npy file of version 4; 1 to 3 are read");
  Bytes shorter(file.begin(), file.end() - 2), longer = file;
  EXPECT_EQ(npy_refusal(shorter), "x.npy: has 838 bytes of data; an array '<f2' (5, 7, 12) has 840");
  longer.push_back({});
  EXPECT_EQ(npy_refusal(longer), "x.npy: has 841 bytes of data; an array '<f2' (5, 7, 12) has 840");
  Bytes infinite = file;
  test::set_number<std::uint16_t>(infinite, file.size() - 2, 0xFC00);
  EXPECT_EQ(npy_refusal(infinite), "x.npy: has values that are NaN or infinite");
}

TEST(NumPyRefusal, Npz) {
  const std::vector<FeatureGrid> grids = sample_grids(8);
  const Bytes file = write_npz(grids);
  EXPECT_EQ(npz_refusal(file), "");
  EXPECT_EQ(npz_refusal(Bytes(file.begin(), file.end() - 1)),
            "x.npz: is no .npz file: it has no directory of a zip archive at its end");
  EXPECT_EQ(npz_refusal(file, {grids[0]}), "x.npz: holds an array data_1.npy for a network of 1 grids");
  EXPECT_EQ(npz_refusal(file, {grids[0], grids[1], grids[1]}), "x.npz: holds no array data_2.npy");
  EXPECT_EQ(npz_refusal(file, {grids[1], grids[1]}),
            "x.npz: data.npy: is an array '|u1' (5, 7, 12); '|u1' (2, 4, 8) in C order is needed");
  Bytes damaged = file;
  damaged[200] ^= std::byte{1};
  EXPECT_EQ(npz_refusal(damaged), "x.npz: data.npy: is damaged: its CRC-32 does not fit its bytes");

  for (const float bad : {NAN, INFINITY}) {
    std::vector<FeatureGrid> broken = grids;
    broken[1].high[0] = bad;
    EXPECT_EQ(npz_refusal(write_npz(broken)),
              "x.npz: has a channel 0 whose range in lo_1.npy and hi_1.npy is not finite");
  }
}

/// Fields of the first entry of the directory, which begins where the end record says.
TEST(NumPyRefusal, ZipsOfOtherKinds) {
  const Bytes file = write_npz(sample_grids(8));
  const std::size_t directory = test::number_at<std::uint32_t>(file, file.size() - 6);
  const auto refused = [&](std::size_t at, auto number) {
    Bytes changed = file;
    test::set_number(changed, at, number);
    return npz_refusal(changed);
  };
  using u16 = std::uint16_t;
  using u32 = std::uint32_t;
  const std::string zip64 = "x.npz: is a zip64 archive; files of less than 4 GiB in a plain one are read";
  EXPECT_EQ(refused(file.size() - 12, u16(0xFFFF)), zip64);
  EXPECT_EQ(refused(directory + 24, u32(0xFFFFFFFF)), zip64);
  EXPECT_EQ(refused(directory + 8, u16(1)), "x.npz: is an encrypted zip archive; plain ones are read");
  EXPECT_EQ(refused(directory + 10, u16(12)),
            "x.npz: holds files of zip method 12; 0 (stored) and 8 (deflated) are read");
  EXPECT_EQ(refused(directory + 10, u16(8)), "x.npz: data.npy: does not inflate to 548 bytes");
  EXPECT_EQ(refused(directory + 24, u32(1000000000)),
            "x.npz: data.npy: takes 1000000000 bytes; at most 65968 are expected");
  EXPECT_EQ(refused(directory + 24, u32(500)), "x.npz: data.npy: is stored in 548 bytes but takes 500");
  EXPECT_EQ(refused(directory + 42, u32(1)), "x.npz: is no sound zip archive: no file where its directory says");
  EXPECT_EQ(refused(file.size() - 18, u16(1)), "x.npz: is one part of a zip archive; whole ones are read");
}

TEST(NumPyRefusal, LeavesTheGridsAsTheyWere) {
  const std::vector<FeatureGrid> grids = sample_grids(8);
  std::vector<FeatureGrid> other = grids;
  other[0].values.assign(other[0].values.size(), 1);
  other[1].high[1] = NAN;
  std::vector<FeatureGrid> kept = grids;
  EXPECT_NE(refusal([&] { read_npz(write_npz(other), "x.npz", kept); }), "");
  EXPECT_EQ(kept[0].values, grids[0].values);
}

}  // namespace
}  // namespace txs::artifact
