// Text on pictures: measured as it is drawn, wrapped within its width, kerned, clipped at the picture's edge.
#include <gtest/gtest.h>

#include <algorithm>

#include "artifact/text.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

constexpr Rgb white{255, 255, 255};

Rgba8Image black_picture(int width, int height) {
  Rgba8Image image{width, height, {}};
  image.texels.resize(image.pixel_count() * 4);
  return image;
}

/// The columns that have ink, first and last; {width, -1} without any.
std::pair<int, int> ink_columns(const Rgba8Image& image) {
  int first = image.width, last = -1;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      if (image.at(x, y)[0] == 0) continue;
      first = std::min(first, x);
      last = std::max(last, x);
    }
  }
  return {first, last};
}

TEST(Text, IsAntialiasedAndAsWideAsMeasured) {
  const Font& font = Font::regular();
  Rgba8Image image = black_picture(200, 40);
  font.draw(image, 20, 30, "HHHHHH", 16, white);
  const auto [first, last] = ink_columns(image);
  const float width = font.width("HHHHHH", 16);
  EXPECT_GE(first, 20);
  EXPECT_LE(first, 23);
  EXPECT_LE(static_cast<float>(last), 20 + width);
  EXPECT_GE(static_cast<float>(last), 20 + width - 4);
  const auto is_between = [](std::uint8_t value) { return value > 20 && value < 235; };
  EXPECT_TRUE(std::ranges::any_of(image.texels, is_between));
  EXPECT_TRUE(std::ranges::any_of(image.texels, [](std::uint8_t value) { return value == 255; }));
}

TEST(Text, IsKernedWithTabularFigures) {
  const Font& font = Font::regular();
  EXPECT_LT(font.width("AV", 100), font.width("A", 100) + font.width("V", 100) - 1);
  EXPECT_FLOAT_EQ(font.width("1111", 16), font.width("0000", 16));
  EXPECT_GT(Font::medium().width("medium", 100), font.width("medium", 100));
}

TEST(Text, IsClippedAtThePicture) {
  Rgba8Image image = black_picture(20, 10);
  for (const auto& [x, y] :
       std::vector<std::pair<float, int>>{{-30, 5}, {15, 5}, {5, -3}, {5, 14}, {-500, -500}, {500, 500}}) {
    Font::regular().draw(image, x, y, "Mg\xC3\xA9", 24, white);
  }
  EXPECT_LE(ink_columns(image).second, 19);
}

TEST(Text, WrapsAtSpacesAndInsideLongWords) {
  const Font& font = Font::regular();
  const std::string text = "a device with a long name and/a/very/long/path/without/any/space/in/it/at/all end";
  const auto lines = font.wrap(text, 15, 90);
  EXPECT_GT(lines.size(), 5u);
  std::string letters, expected = text;
  for (const std::string& line : lines) {
    EXPECT_LE(font.width(line, 15), 90) << line;
    EXPECT_FALSE(line.empty());
    letters += line;
  }
  std::erase(letters, ' ');
  std::erase(expected, ' ');
  EXPECT_EQ(letters, expected);

  EXPECT_EQ(font.wrap("two words", 15, 500), std::vector<std::string>{"two words"});
  EXPECT_EQ(font.wrap("", 15, 500), std::vector<std::string>{""});
  EXPECT_EQ(font.wrap("ab", 15, 1), (std::vector<std::string>{"a", "b"}));
}

TEST(Text, BrokenUtf8BecomesReplacementGlyphs) {
  const Font& font = Font::regular();
  const float replacement = font.width("\xEF\xBF\xBD", 16);
  EXPECT_GT(replacement, 0);
  EXPECT_FLOAT_EQ(font.width("\xFF", 16), replacement);
  EXPECT_FLOAT_EQ(font.width("\xE2\x82", 16), 2 * replacement);  // cut short: each byte on its own
  EXPECT_FLOAT_EQ(font.width("\xC3(", 16), replacement + font.width("(", 16));
  EXPECT_NE(font.width("\xC3\xA9", 16), replacement);
}

TEST(Text, AMissingFontNamesItsPackage) {
  try {
    Font font("no/such/font.ttf");
    ADD_FAILURE() << "a font was made of nothing";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::internal);
    EXPECT_NE(std::string(error.what()).find("no/such/font.ttf: "), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("fonts-roboto-unhinted"), std::string::npos);
  }
}

}  // namespace
}  // namespace txs::artifact
