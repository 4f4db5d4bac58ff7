// Every format comes out as the texels that went in, with its meaning.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "../support/image_files.h"
#include "image/load.h"

namespace txs {
namespace {

using namespace test;

template <class Sample>
std::vector<Sample> samples_of(const Image& image) {
  std::vector<Sample> samples(image.pixels.size() / sizeof(Sample));
  std::memcpy(samples.data(), image.pixels.data(), image.pixels.size());
  return samples;
}

void expect_picture(const Bytes& file, const Picture& picture, int tolerance = 0) {
  const Image image = decode_image(file, "picture");
  ASSERT_EQ(image.width, picture.width);
  ASSERT_EQ(image.height, picture.height);
  ASSERT_EQ(image.channels, picture.channels);
  EXPECT_EQ(image.samples, SampleType::u8);
  EXPECT_EQ(image.colour_space, ColourSpace::srgb);
  EXPECT_EQ(image.alpha, picture.channels % 2 == 0 ? Alpha::straight : Alpha::none);
  const auto samples = samples_of<std::uint8_t>(image);
  ASSERT_EQ(samples.size(), picture.samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i)
    ASSERT_NEAR(samples[i], picture.samples[i], tolerance) << "sample " << i;
}

TEST(LoadPng, KeepsEveryChannelCount) {
  for (const auto& [channels, colour_type] : {std::pair(1, 0), std::pair(2, 4), std::pair(3, 2), std::pair(4, 6)}) {
    const Picture picture = make_picture(13, 7, channels);
    expect_picture(png_file(13, 7, 8, colour_type, picture.samples), picture);
  }
}

TEST(LoadPng, Keeps16BitSamples) {
  const std::vector<std::uint8_t> scanlines = {0x12, 0x34, 0xFF, 0xFF, 0x00, 0x01, 0x80, 0x00};
  const Image image = decode_image(png_file(2, 1, 16, 4, scanlines), "16.png");
  EXPECT_EQ(image.samples, SampleType::u16);
  EXPECT_EQ(image.channels, 2);
  EXPECT_EQ(image.alpha, Alpha::straight);
  EXPECT_EQ(samples_of<std::uint16_t>(image), (std::vector<std::uint16_t>{0x1234, 0xFFFF, 0x0001, 0x8000}));
}

TEST(LoadPng, SpreadsSmallDepths) {
  const Image one = decode_image(png_file(9, 1, 1, 0, {0b10110000, 0b10000000}), "1.png");
  EXPECT_EQ(samples_of<std::uint8_t>(one), (std::vector<std::uint8_t>{255, 0, 255, 255, 0, 0, 0, 0, 255}));
  const Image four = decode_image(png_file(3, 1, 4, 0, {0x0F, 0x70}), "4.png");
  EXPECT_EQ(samples_of<std::uint8_t>(four), (std::vector<std::uint8_t>{0, 255, 7 * 17}));
}

TEST(LoadPng, LooksPalettesAndTheirAlphaUp) {
  ByteWriter palette, alpha;
  palette.u8(1).u8(2).u8(3).u8(200).u8(100).u8(50);
  alpha.u8(7);
  ByteWriter chunks;
  chunks.append(png_chunk("PLTE", palette.bytes()));
  const Image opaque = decode_image(png_file(3, 1, 8, 3, {1, 0, 1}, chunks.bytes()), "palette.png");
  EXPECT_EQ(samples_of<std::uint8_t>(opaque), (std::vector<std::uint8_t>{200, 100, 50, 1, 2, 3, 200, 100, 50}));
  chunks.append(png_chunk("tRNS", alpha.bytes()));
  const Image cut_out = decode_image(png_file(2, 1, 8, 3, {1, 0}, chunks.bytes()), "palette.png");
  EXPECT_EQ(samples_of<std::uint8_t>(cut_out), (std::vector<std::uint8_t>{200, 100, 50, 255, 1, 2, 3, 7}));
  EXPECT_EQ(cut_out.alpha, Alpha::straight);
}

TEST(LoadPng, AnAlphaThatIsOpaqueEverywhereMeansNothing) {
  Picture picture = make_picture(5, 4, 4);
  for (std::size_t i = 3; i < picture.samples.size(); i += 4) picture.samples[i] = 255;
  const Image opaque = decode_image(png_file(5, 4, 8, 6, picture.samples), "opaque.png");
  EXPECT_EQ(opaque.alpha, Alpha::none);
  EXPECT_EQ(opaque.channels, 4);
  picture.samples.back() = 254;
  EXPECT_EQ(decode_image(png_file(5, 4, 8, 6, picture.samples), "opaque.png").alpha, Alpha::straight);
}

TEST(LoadPng, IgnoresDamageInChunksThatDoNotDecidePixels) {
  const Picture picture = make_picture(4, 4, 3);
  Bytes comment = png_chunk("tEXt", ByteWriter().text("made by hand").bytes());
  comment.back() ^= std::byte{1};
  expect_picture(png_file(4, 4, 8, 2, picture.samples, comment), picture);
}

TEST(LoadJpeg, BaselineComesClose) {
  Picture gradient{24, 17, 3, {}};
  for (int y = 0; y < 17; ++y)
    for (int x = 0; x < 24; ++x)
      for (const int value : {x * 8, y * 10, 120}) gradient.samples.push_back(static_cast<std::uint8_t>(value));
  expect_picture(jpeg_file(gradient, 98), gradient, 6);
}

TEST(LoadJpeg, ProgressiveIsExactOnFlatBlocks) {
  const Image image = decode_image(progressive_jpeg_file(60, 150), "progressive.jpg");
  ASSERT_EQ(image.width, 16);
  ASSERT_EQ(image.height, 8);
  ASSERT_EQ(image.channels, 1);
  const auto samples = samples_of<std::uint8_t>(image);
  for (std::size_t i = 0; i < samples.size(); ++i) EXPECT_EQ(samples[i], i % 16 < 8 ? 60 : 150) << i;
}

TEST(LoadBmp, KeepsColourAndAlpha) {
  for (const int channels : {3, 4}) {
    const Picture picture = make_picture(6, 5, channels);
    expect_picture(bmp_file(picture), picture);
  }
}

TEST(LoadBmp, LooksPalettesUp) {
  const Image image = decode_image(bmp_palette_file(3, 2, {0, 1, 2, 2, 1, 0}, {0x0A0B0C, 0xFF0000, 0x00FF80}), "p.bmp");
  EXPECT_EQ(samples_of<std::uint8_t>(image), (std::vector<std::uint8_t>{10, 11, 12, 255, 0, 0, 0, 255, 128,  //
                                                                        0, 255, 128, 255, 0, 0, 10, 11, 12}));
}

TEST(LoadBmp, ReadsBitFieldsFromTheTop) {
  const Image image = decode_image(bmp_565_file(1, 3, {0xF800, 0x07E0, 0x0000}), "565.bmp");
  EXPECT_EQ(samples_of<std::uint8_t>(image), (std::vector<std::uint8_t>{255, 0, 0, 0, 255, 0, 0, 0, 0}));
}

TEST(LoadTga, KeepsEveryChannelCountRawAndRunLengthCoded) {
  for (const bool run_length : {false, true})
    for (const int channels : {1, 3, 4}) {
      const Picture picture = make_picture(23, 9, channels);
      expect_picture(tga_file(picture, run_length), picture);
    }
}

TEST(LoadTga, LooksPalettesUp) {
  const Image image = decode_image(tga_palette_file(2, 2, {2, 1, 0, 2}, {0x0A0B0C, 0xFF0000, 0x00FF80}), "p.tga");
  EXPECT_EQ(samples_of<std::uint8_t>(image),
            (std::vector<std::uint8_t>{0, 255, 128, 255, 0, 0, 10, 11, 12, 0, 255, 128}));
}

TEST(LoadPsd, KeepsColourRawAndRunLengthCoded) {
  const Picture picture = make_picture(21, 6, 3);
  expect_picture(psd_file(picture, false), picture);
  expect_picture(psd_file(picture, true), picture);
}

TEST(LoadPsd, TakesTheWhiteMatteOut) {
  Picture picture = make_picture(1, 1, 4);
  picture.samples = {191, 128, 223, 128};  // 127, 1, 191 at alpha 128 over white, as Photoshop stores it
  const auto samples = samples_of<std::uint8_t>(decode_image(psd_file(picture, false), "matte.psd"));
  EXPECT_NEAR(samples[0], 127, 2);
  EXPECT_NEAR(samples[1], 1, 2);
  EXPECT_NEAR(samples[2], 191, 2);
  EXPECT_EQ(samples[3], 128);
}

TEST(LoadPsd, Keeps16BitSamples) {
  const Picture picture = make_picture(3, 2, 3);
  const Image image = decode_image(psd_16_bit_file(picture), "16.psd");
  ASSERT_EQ(image.samples, SampleType::u16);
  ASSERT_EQ(image.channels, 3);
  const auto samples = samples_of<std::uint16_t>(image);
  for (std::size_t i = 0; i < samples.size(); ++i)
    EXPECT_EQ(samples[i], picture.samples[i] * 257 + (i >= 9 ? 1 : 0)) << i;
}

TEST(LoadHdr, FlatTexelsAreExact) {
  const Image image = decode_image(hdr_file_of("-Y 1 +X 2", {128, 64, 32, 129, 200, 100, 0, 0}), "flat.hdr");
  EXPECT_EQ(image.samples, SampleType::f32);
  EXPECT_EQ(image.colour_space, ColourSpace::linear);
  EXPECT_EQ(image.alpha, Alpha::none);
  // mantissa * 2^(exponent - 136); an exponent of 0 is black whatever the mantissas say
  EXPECT_EQ(samples_of<float>(image), (std::vector<float>{1.0f, 0.5f, 0.25f, 0, 0, 0}));
}

TEST(LoadHdr, RunLengthCodedTexelsComeWithinTheMantissa) {
  std::vector<float> light;
  for (int i = 0; i < 40 * 3 * 3; ++i)
    light.push_back(i < 60 ? 2.0f : std::exp2(static_cast<float>(i % 37) - 18) * 1.37f);
  const Image image = decode_image(hdr_file(40, 3, light), "run.hdr");
  const auto samples = samples_of<float>(image);
  ASSERT_EQ(samples.size(), light.size());
  for (std::size_t texel = 0; texel < light.size(); texel += 3) {
    const float largest = std::max({light[texel], light[texel + 1], light[texel + 2]});
    for (std::size_t c = texel; c < texel + 3; ++c) EXPECT_NEAR(samples[c], light[c], largest / 128) << c;
  }
}

TEST(Load, ReadsTheSampleFilesInPlace) {
  for (const SampleFile& sample : sample_files()) {
    const Image image = decode_image(sample.bytes, sample.name);
    EXPECT_EQ(image.pixels.size(), image.pixel_count() * std::size_t(image.channels) * sample_size(image.samples))
        << sample.name;
  }
}

TEST(Load, KnowsItsExtensions) {
  for (const char* name : {"a.png", "b.JPG", "dir.x/c.jpeg", "d.bmp", "e.Tga", "f.psd", "g.hdr", "h.EXR"})
    EXPECT_TRUE(has_image_extension(name)) << name;
  for (const char* name : {"a.txt", "png", ".png", "b.png.bak", "d.gif", ""})
    EXPECT_FALSE(has_image_extension(name)) << name;
}

}  // namespace
}  // namespace txs
