// The colour maps as C++ evaluates them; tests/gpu/display_test.cpp holds the shaders to these.
#include "display/colour_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

namespace txs::display {
namespace {

using Colour = std::array<std::uint8_t, 3>;

struct Published {
  int index;  ///< of 256
  Colour colour;
};

// Every 32nd colour of the maps as Smith and van der Walt published them, in 8 bits.
constexpr Published published_inferno[] = {{0, {0, 0, 4}},      {32, {33, 12, 74}},   {64, {87, 16, 110}},
                                           {96, {138, 34, 106}}, {128, {188, 55, 84}}, {160, {228, 90, 49}},
                                           {192, {249, 142, 9}}, {224, {249, 203, 53}}, {255, {252, 255, 164}}};
constexpr Published published_viridis[] = {{0, {68, 1, 84}},     {32, {71, 45, 123}},  {64, {59, 82, 139}},
                                           {96, {44, 114, 142}}, {128, {33, 145, 140}}, {160, {40, 174, 128}},
                                           {192, {94, 201, 98}}, {224, {173, 220, 48}}, {255, {253, 231, 37}}};

void expect_near(std::span<const Published> published, Colour (*map)(float), int tolerance) {
  for (const auto& [index, colour] : published) {
    const Colour ours = map(float(index) / 255);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_LE(std::abs(ours[c] - colour[c]), tolerance) << index << ", " << c;
  }
}

TEST(ColourMap, InfernoFollowsThePublishedColours) { expect_near(published_inferno, inferno, 4); }
TEST(ColourMap, ViridisFollowsThePublishedColours) { expect_near(published_viridis, viridis, 2); }

TEST(ColourMap, LumaRisesAllAlong) {
  // What the maps were made for: more is brighter. One 8-bit step of slack for rounding.
  for (Colour (*map)(float) : {inferno, viridis}) {
    double before = -1;
    for (int i = 0; i <= 100; ++i) {
      const Colour c = map(float(i) / 100);
      const double luma = 0.2126 * std::pow(c[0] / 255.0, 2.2) + 0.7152 * std::pow(c[1] / 255.0, 2.2) +
                          0.0722 * std::pow(c[2] / 255.0, 2.2);
      EXPECT_GT(luma, before - 0.5 / 255) << i;
      before = luma;
    }
  }
}

TEST(ColourMap, ClampsItsArgument) {
  EXPECT_EQ(inferno(-3), inferno(0));
  EXPECT_EQ(inferno(7), inferno(1));
  EXPECT_EQ(viridis(std::numeric_limits<float>::infinity()), viridis(1));
  EXPECT_EQ(viridis(std::numeric_limits<float>::quiet_NaN()), viridis(0));
}

TEST(ColourMap, CategoriesDifferUntilTheyWrap) {
  std::set<Colour> colours;
  for (std::uint32_t i = 0; i < 24; ++i) colours.insert(category_colour(i));
  EXPECT_EQ(colours.size(), 24u);
  EXPECT_EQ(category_colour(24), category_colour(0));
  EXPECT_EQ(category_colour(1), (Colour{86, 180, 233}));  // Okabe and Ito's sky blue
}

TEST(ColourMap, CategoriesInOrderFollowIt) {
  for (std::uint32_t i = 0; i < 12; ++i) EXPECT_EQ(ordered_colour(i, 12, 1), viridis(float(i) / 11));
  EXPECT_EQ(ordered_colour(0, 1, 1), viridis(0)) << "the only one";

  std::set<Colour> colours;
  const auto luma = [](const Colour& c) { return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]; };
  for (std::uint32_t column = 0; column < 11; ++column) {
    for (std::uint32_t row = 0; row < 11; ++row) {
      const Colour colour = ordered_colour(column * 11 + row, 11, 11);
      colours.insert(colour);
      if (row > 0) {
        EXPECT_GT(luma(colour), luma(ordered_colour(column * 11 + row - 1, 11, 11)));
      }
      if (column > 0) {
        EXPECT_GT(luma(colour), luma(ordered_colour((column - 1) * 11 + row, 11, 11)));
      }
    }
  }
  EXPECT_EQ(colours.size(), 121u);
}

}  // namespace
}  // namespace txs::display
