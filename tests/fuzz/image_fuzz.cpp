// Damaged image files: each is refused as input, in one line, or gives an image that is whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "../support/exr_files.h"
#include "../support/image_files.h"
#include "core/error.h"
#include "core/half.h"
#include "image/load.h"
#include "support/largest_allocation.h"
#include "support/mutate.h"

namespace txs {
namespace {

/// No file may give more texels than this for each of its bytes: what deflate packs of 1-bit texels.
constexpr std::size_t most_texels_a_byte = 8 * 1032;

void expect_well_formed(const Image& image, std::size_t file_size) {
  ASSERT_GE(image.width, 1);
  ASSERT_LE(image.width, max_image_side);
  ASSERT_GE(image.height, 1);
  ASSERT_LE(image.height, max_image_side);
  ASSERT_GE(image.channels, 1);
  ASSERT_LE(image.channels, 4);
  if (!image.is_hdr()) {
    ASSERT_LE(image.pixel_count(), most_texels_a_byte * (file_size + 1));
  }
  ASSERT_EQ(image.pixels.size(), image.pixel_count() * std::size_t(image.channels) * sample_size(image.samples));
  ASSERT_EQ(image.is_hdr(), image.colour_space == ColourSpace::linear);
  ASSERT_TRUE(image.alpha == Alpha::none || image.channels % 2 == 0);
  if (!image.is_hdr()) return;
  for (std::size_t i = 0; i < image.pixels.size(); i += sizeof(float)) {
    float value;
    std::memcpy(&value, image.pixels.data() + i, sizeof(value));
    ASSERT_TRUE(std::isfinite(value));
  }
}

void try_to_read(const test::Bytes& file) {
  try {
    const Image image = decode_image(file, "fuzzed");
    expect_well_formed(image, file.size());
    if (testing::Test::HasFailure()) return;
    if (image.pixel_count() > 100'000) return;
    ASSERT_EQ(to_rgba8(image).texels.size(), image.pixel_count() * 4);
    ASSERT_TRUE(std::ranges::all_of(to_rgba16f(image).texels, half_is_finite));
  } catch (const Error& error) {
    const std::string line = error.what();
    ASSERT_EQ(error.fault(), Fault::input) << line;
    ASSERT_TRUE(line.starts_with("fuzzed: ")) << line;
    ASSERT_EQ(line.find('\n'), std::string::npos) << line;
  }
}

/// Every compression, and the attributes that the reader hides from the library.
std::vector<test::Bytes> exr_samples() {
  std::vector<float> light;
  for (int i = 0; i < 24 * 20 * 4; ++i) light.push_back(static_cast<float>(i % 97) / 8);
  std::vector<test::Bytes> samples;
  for (const test::ExrForm& form : test::exr_forms())
    for (const int channels : {3, 4}) samples.push_back(test::exr_by_library(24, 20, channels, light, form));
  test::ExrFields fields{2, 2, {}, {"Y"}, {1, 2, 3, 4}};
  const test::Bytes preview = test::ByteWriter().u32_little(1).u32_little(1).u32_little(7).bytes();
  fields.more_attributes = test::exr_attribute("preview", "preview", preview);
  samples.push_back(test::exr_file(fields));
  return samples;
}

/// The largest piece of memory that a small file may ask for: a row of tiles, or 256 scanlines, in all its channels.
TEST(ImageFuzz, DamagedExrFilesAreRefusedOrWhole) {
  const std::vector<test::Bytes> samples = exr_samples();
  fuzz::run(100'000, std::chrono::seconds(10), [&](std::mt19937_64& random) {
    test::Bytes file = samples[fuzz::below(random, samples.size())];
    if (fuzz::below(random, 8) == 0) file = fuzz::splice(random, file, samples[fuzz::below(random, samples.size())]);
    fuzz::largest_allocation = 0;
    try_to_read(fuzz::mutate(random, std::move(file)));
    ASSERT_LE(fuzz::largest_allocation, std::size_t(1) << 29);
  });
}

TEST(ImageFuzz, DamagedFilesAreRefusedOrWhole) {
  const auto samples = test::sample_files();
  fuzz::run(150'000, std::chrono::seconds(10), [&](std::mt19937_64& random) {
    test::Bytes file = samples[fuzz::below(random, samples.size())].bytes;
    if (fuzz::below(random, 8) == 0)
      file = fuzz::splice(random, file, samples[fuzz::below(random, samples.size())].bytes);
    file = fuzz::mutate(random, std::move(file));
    // A PNG whose checksums fail ends there; the decoder behind them is to be tried too.
    if (fuzz::below(random, 4) != 0) test::repair_png_checksums(file);
    try_to_read(file);
  });
}

}  // namespace
}  // namespace txs
