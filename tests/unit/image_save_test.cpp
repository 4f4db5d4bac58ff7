#include <gtest/gtest.h>

#include <random>

#include "core/error.h"
#include "image/load.h"
#include "image/save.h"

namespace txs {
namespace {

Rgba8Image noise(int width, int height, bool opaque) {
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4)};
  std::mt19937 generator(5);
  for (std::size_t i = 0; i < image.texels.size(); ++i)
    image.texels[i] = opaque && i % 4 == 3 ? 255 : static_cast<std::uint8_t>(generator());
  return image;
}

TEST(SavePng, ComesBackAsItWas) {
  for (const auto& [width, height] : {std::pair(1, 1), std::pair(3, 5), std::pair(64, 31), std::pair(1, 200)}) {
    for (const bool opaque : {false, true}) {
      const Rgba8Image image = noise(width, height, opaque);
      const Image loaded = decode_image(encode_png(image), "saved.png");
      EXPECT_EQ(loaded.channels, opaque ? 3 : 4);
      EXPECT_EQ(loaded.alpha, opaque ? Alpha::none : Alpha::straight);
      EXPECT_EQ(to_rgba8(loaded).texels, image.texels);
    }
  }
}

TEST(SavePng, PacksWhatIsFlat) {
  const Rgba8Image flat{256, 256, std::vector<std::uint8_t>(256 * 256 * 4, 255)};
  EXPECT_LT(encode_png(flat).size(), 2000u);
}

TEST(SavePng, WritesAFileOrSaysWhyNot) {
  const auto path = std::filesystem::path(testing::TempDir()) / "image_save_test.png";
  const Rgba8Image image = noise(9, 9, false);
  save_png(path, image);
  EXPECT_EQ(to_rgba8(load_image(path)).texels, image.texels);
  std::filesystem::remove(path);
  try {
    save_png("/nonexistent/folder/x.png", image);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::internal);
    EXPECT_EQ(std::string(error.what()), "/nonexistent/folder/x.png: cannot be written: No such file or directory");
  }
}

}  // namespace
}  // namespace txs
