#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "../support/exr_files.h"
#include "core/error.h"
#include "core/half.h"
#include "image/load.h"
#include "image/save.h"

namespace txs {
namespace {

using test::Bytes;
using test::ExrFields;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float no_number = std::numeric_limits<float>::quiet_NaN();

std::vector<float> samples_of(const Image& image) {
  std::vector<float> samples(image.pixels.size() / sizeof(float));
  std::memcpy(samples.data(), image.pixels.data(), image.pixels.size());
  return samples;
}

std::string refusal(const Bytes& file) {
  try {
    decode_image(file, "f");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input);
    return error.what();
  }
  return "was read";
}

/// Light over many octaves, negative too, exact in halves.
std::vector<float> smooth_light(int width, int height, int channels) {
  std::vector<float> light;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < channels; ++c) {
        const bool alpha = channels % 2 == 0 && c == channels - 1;
        const float value = std::exp2(float(x + y) / 8 - 3) * (c == 1 && y / 8 % 2 == 1 ? -1.0f : 1.0f);
        light.push_back(alpha ? 1.0f : half_to_float(float_to_half(value)));
      }
  return light;
}

TEST(Exr, ByteForByteFileIsReadAsItStands) {
  ExrFields fields{2, 2};
  fields.samples = {1, 2, -3, 4, 5.5f, 1e6f, /**/ 7, 8, 9, 1e-20f, 11, 0};  // B B G G R R of each row
  const Image image = decode_image(test::exr_file(fields), "a.exr");
  EXPECT_EQ(image.width, 2);
  EXPECT_EQ(image.height, 2);
  EXPECT_EQ(image.channels, 3);
  EXPECT_TRUE(image.is_hdr());
  EXPECT_EQ(image.colour_space, ColourSpace::linear);
  EXPECT_EQ(image.alpha, Alpha::none);
  EXPECT_TRUE(image.note.empty());
  EXPECT_EQ(samples_of(image), (std::vector<float>{5.5f, -3, 1, 1e6f, 4, 2, 11, 9, 7, 0, 1e-20f, 8}));
}

TEST(Exr, TheDataWindowIsThePicture) {
  for (const auto& corner : {std::array{-5, 7}, std::array{1000, -1000}}) {
    ExrFields fields{1, 2, corner, {"Y"}, {0.5f, 2}};
    const Image image = decode_image(test::exr_file(fields), "a.exr");
    EXPECT_EQ(image.channels, 1);
    EXPECT_EQ(samples_of(image), (std::vector<float>{0.5f, 2}));
  }
}

TEST(Exr, EveryFormIsRead) {
  for (const test::ExrForm& form : test::exr_forms())
    for (const int channels : {1, 2, 3, 4}) {
      SCOPED_TRACE(form.name + ", channels: " + std::to_string(channels));
      const int width = 37, height = 21;
      const std::vector<float> light = smooth_light(width, height, channels);
      const Image image = decode_image(test::exr_by_library(width, height, channels, light, form), "a.exr");
      ASSERT_EQ(image.width, width);
      ASSERT_EQ(image.height, height);
      ASSERT_EQ(image.channels, channels);
      ASSERT_EQ(image.alpha, Alpha::none) << "all opaque";
      const std::vector<float> read = samples_of(image);
      const bool lossy = form.compression >= 6;  // B44 and DWA
      for (std::size_t i = 0; i < light.size(); ++i)
        ASSERT_NEAR(read[i], light[i], lossy ? 0.05 * std::abs(light[i]) + 0.05 : 0) << i;
    }
}

TEST(Exr, ColoursAreDividedByAlpha) {
  ExrFields fields{4, 1, {}, {"A", "B", "G", "R"}, {0.5f, 0, 1, 2, /**/ 1, 1, 1, 1, /**/ 2, 2, 2, 2, /**/ -1, 3, 5, 7}};
  const Image image = decode_image(test::exr_file(fields), "a.exr");
  EXPECT_EQ(image.alpha, Alpha::straight);
  EXPECT_EQ(samples_of(image), (std::vector<float>{-2, 4, 2, 0.5f, /**/ 3, 2, 1, 0, /**/ 5, 2, 1, 1, /**/ 7, 2, 1, 1}))
      << "light without alpha stays; alpha is at most 1";
}

TEST(Exr, WhatIsNotFiniteIsReplacedAndToldOf) {
  ExrFields fields{2, 1, {}, {"B", "G", "R"}, {no_number, 1, infinity, -infinity, 2, no_number}};
  const Image image = decode_image(test::exr_file(fields), "a.exr");
  EXPECT_EQ(samples_of(image), (std::vector<float>{2, 65504, 0, 0, -65504, 1}));
  EXPECT_EQ(image.note,
            "2 of its values are no numbers (NaN) and taken as 0; 2 of its values are infinite and taken as 65504, the "
            "largest half float");
}

TEST(Exr, MissingColoursAreBlackAndOtherChannelsAreLeftOut) {
  ExrFields fields{1, 1, {}, {"G", "R", "Z", "diffuse.B"}, {1, 2, 3, 4}};
  EXPECT_EQ(samples_of(decode_image(test::exr_file(fields), "a.exr")), (std::vector<float>{2, 1, 0}));
}

TEST(Exr, AttributesThatSayNothingOfTexelsAreNotBelieved) {
  ExrFields fields{1, 1, {}, {"Y"}, {3}};
  test::ByteWriter preview;
  preview.u32_little(0x7FFFFFFF).u32_little(0x7FFFFFFF);
  fields.more_attributes = test::exr_attribute("preview", "preview", preview.bytes());
  EXPECT_EQ(samples_of(decode_image(test::exr_file(fields), "a.exr")), std::vector<float>{3});
}

TEST(Exr, RefusesWhatItDoesNotRead) {
  ExrFields fields{1, 1, {}, {"Y"}, {1}};
  fields.version = 2 | 0x1000;
  EXPECT_EQ(refusal(test::exr_file(fields)),
            "f: is a multi-part EXR; save the part that is wanted as a file of its own");
  fields.version = 2 | 0x800;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is a deep EXR; flatten it first");
  fields.version = 3;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is an EXR of an unknown version; version 2 is read");
  fields.version = 2 | 0x200;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is damaged: a tiled EXR without a size of its tiles");
  fields.version = 2;
  fields.channels = {"Z"};
  EXPECT_EQ(refusal(test::exr_file(fields)),
            "f: is an EXR with the channels Z; R, G, B and A, or Y and A are read");
  fields.channels = {"BY", "RY", "Y"};
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is an EXR of luminance and chroma; convert it to R, G, B");
  fields.channels = {"Y"};
  fields.x_sampling = 2;
  EXPECT_EQ(refusal(test::exr_file(fields)),
            "f: is an EXR whose channel Y is subsampled; one sample a texel is read");
  fields.x_sampling = 1;
  fields.compression = 10;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is damaged: an EXR without its size, or of an unknown compression");
}

TEST(Exr, RefusesClaimsThatTheFileCannotHold) {
  ExrFields fields{16384, 16384, {}, {"Y"}, {}};
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: is truncated");
  fields.width = fields.height = 20000;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: claims 20000 x 20000 texels; at most 16384 a side are read");
  fields.width = 0;
  EXPECT_EQ(refusal(test::exr_file(fields)), "f: claims 0 x 20000 texels; an image has at least 1 x 1");
}

TEST(Exr, EveryCutIsToldOf) {
  ExrFields fields{3, 3, {}, {"Y"}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
  const Bytes whole = test::exr_file(fields);
  for (std::size_t size = 4; size < whole.size(); ++size) {
    const std::string line = refusal({whole.begin(), whole.begin() + std::ptrdiff_t(size)});
    ASSERT_TRUE(line.starts_with("f: is truncated") || line.starts_with("f: is damaged")) << size << ": " << line;
  }
}

Rgba16fImage half_noise(int width, int height, bool opaque) {
  Rgba16fImage image{width, height, {}};
  std::uint32_t state = 1;
  for (int i = 0; i < width * height * 4; ++i) {
    state = state * 1664525 + 1013904223;
    const auto bits = std::uint16_t(state >> 16);
    const bool alpha = i % 4 == 3;
    image.texels.push_back(alpha ? (opaque ? float_to_half(1) : float_to_half(float(bits % 5) / 4))
                                 : half_is_finite(bits) ? bits : std::uint16_t(0));
  }
  return image;
}

TEST(SaveExr, HalvesComeBackBitForBit) {
  for (const auto& [width, height] : {std::pair(1, 1), std::pair(33, 17), std::pair(2, 300)}) {
    const Rgba16fImage image = half_noise(width, height, true);
    const Image read = decode_image(encode_exr(image), "a.exr");
    EXPECT_EQ(read.channels, 3);
    EXPECT_EQ(to_rgba16f(read).texels, image.texels);
  }
}

TEST(SaveExr, AlphaIsKept) {
  Rgba16fImage image{2, 1, {}};
  for (const float value : {1.0f, -2.0f, 4.0f, 0.25f, 3.0f, 5.0f, 6.0f, 1.0f})
    image.texels.push_back(float_to_half(value));
  const Image read = decode_image(encode_exr(image), "a.exr");
  EXPECT_EQ(read.alpha, Alpha::straight);
  EXPECT_EQ(to_rgba16f(read).texels, image.texels);
}

TEST(SaveHdr, IsWithinHalfAStepOfTheSharedExponent) {
  for (const auto& [width, height] : {std::pair(1, 3), std::pair(7, 2), std::pair(8, 2), std::pair(300, 20)}) {
    const Rgba16fImage image = half_noise(width, height, true);
    const Image read = decode_image(encode_hdr(image), "a.hdr");
    ASSERT_EQ(read.width, width);
    ASSERT_EQ(read.height, height);
    const std::vector<float> samples = samples_of(read);
    for (std::size_t texel = 0; texel < image.pixel_count(); ++texel) {
      float largest = 0;
      std::array<float, 3> light;
      for (std::size_t c = 0; c < 3; ++c) {
        light[c] = std::max(half_to_float(image.texels[texel * 4 + c]), 0.0f);
        largest = std::max(largest, light[c]);
      }
      for (std::size_t c = 0; c < 3; ++c) ASSERT_NEAR(samples[texel * 3 + c], light[c], largest / 256) << texel;
    }
  }
}

TEST(SaveLight, GoesByTheExtension) {
  const auto folder = std::filesystem::path(testing::TempDir());
  const Rgba16fImage image = half_noise(9, 5, true);
  for (const char* name : {"light.exr", "light.HDR", "light.png"}) {
    save_light(folder / name, image, {});
    EXPECT_EQ(load_image(folder / name).is_hdr(), std::string_view(name) != "light.png") << name;
    std::filesystem::remove(folder / name);
  }
  EXPECT_THROW(save_light(folder / "light.jpg", image, {}), Error);
}

TEST(SaveHdr, RunsArePacked) {
  Rgba16fImage flat{1000, 10, {}};
  for (int i = 0; i < 10000; ++i)
    for (const float value : {0.5f, 1.0f, 2.0f, 1.0f}) flat.texels.push_back(float_to_half(value));
  const Bytes file = encode_hdr(flat);
  EXPECT_LT(file.size(), 1000u);
  EXPECT_EQ(to_rgba16f(decode_image(file, "a.hdr")).texels, flat.texels);
}

TEST(ToRgba16f, RoundsFloatsToTheNearestHalfAndStaysFinite) {
  Image image;
  image.width = 8;
  image.height = 1;
  image.channels = 1;
  image.samples = SampleType::f32;
  image.colour_space = ColourSpace::linear;
  const std::vector<float> light = {1 + 0x1p-11f, 1 + 3 * 0x1p-11f, -1e9f, 65519, 0x1p-25f, 0x1.8p-25f, -0.0f, 1e-30f};
  image.pixels.resize(light.size() * sizeof(float));
  std::memcpy(image.pixels.data(), light.data(), image.pixels.size());
  const Rgba16fImage halves = to_rgba16f(image);
  const std::vector<std::uint16_t> expected = {0x3C00, 0x3C02, 0xFBFF, 0x7BFF, 0, 1, 0x8000, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(halves.texels[i * 4 + c], expected[i]) << i;
    EXPECT_EQ(halves.texels[i * 4 + 3], 0x3C00);
  }
}

TEST(ToRgba16f, StoredValuesBecomeLight) {
  const Rgba8Image stored{2, 1, {0, 128, 255, 51, 255, 255, 255, 255}};
  const Rgba16fImage srgb = to_rgba16f(stored, ColourSpace::srgb), linear = to_rgba16f(stored, ColourSpace::linear);
  EXPECT_NEAR(half_to_float(srgb.texels[1]), 0.21586, 1e-4);
  EXPECT_NEAR(half_to_float(linear.texels[1]), 128 / 255.0, 3e-4);
  EXPECT_EQ(srgb.texels[0], 0);
  EXPECT_EQ(srgb.texels[2], 0x3C00);
  EXPECT_EQ(srgb.texels[3], float_to_half(0.2f)) << "alpha is never decoded";
}

}  // namespace
}  // namespace txs
