// What is refused, and in which words. A message is one line: the file, what is wrong, what would be right.
#include <gtest/gtest.h>

#include <algorithm>

#include "../support/image_files.h"
#include "core/error.h"
#include "image/load.h"

namespace txs {
namespace {

using namespace test;

/// The line that a refusal says; empty if the file is read.
std::string refusal(const Bytes& file) {
  try {
    decode_image(file, "f");
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input) << error.what();
    return error.what();
  }
}

Bytes text(std::string_view line) { return ByteWriter().text(line).bytes(); }

Bytes with_byte(Bytes file, std::size_t at, unsigned value) {
  file.at(at) = static_cast<std::byte>(value);
  return file;
}

/// An 8x8 JPEG whose frame header claims another size, a side.
Bytes jpeg_that_claims(unsigned side) {
  Bytes file = jpeg_file(make_picture(8, 8, 1));
  const Bytes frame = ByteWriter().u16_big(0xFFC0).u16_big(17).u8(8).bytes();
  const Bytes size = ByteWriter().u16_big(side).u16_big(side).bytes();
  const auto found = std::search(file.begin(), file.end(), frame.begin(), frame.end());
  std::copy(size.begin(), size.end(), found + std::ptrdiff_t(frame.size()));
  return file;
}

constexpr const char* no_image = "f: is no image that can be read (PNG, JPEG, BMP, TGA, PSD, HDR, EXR)";
constexpr const char* truncated = "f: is truncated";

TEST(Refuse, WhatIsNoImage) {
  EXPECT_EQ(refusal({}), "f: is empty");
  EXPECT_EQ(refusal(text("x")), no_image);
  EXPECT_EQ(refusal(text("BMW builds cars, and this line is long enough for a header to be taken from it.")), no_image);
  EXPECT_EQ(refusal(text("#?RADIANCE is a program, this is not its output")), no_image);
  EXPECT_EQ(refusal(text("GIF89a" + std::string(100, 'x'))), no_image);
  EXPECT_EQ(refusal(text("P6 1 1 255 abc")), no_image);
  EXPECT_EQ(refusal(Bytes(1000)), no_image);
  Bytes cursor = ByteWriter().u16_little(0).u16_little(2).u16_little(1).u8(32).u8(32).zeros(200).bytes();
  EXPECT_EQ(refusal(cursor), no_image) << "a Windows cursor looks like a TGA at its first three bytes";
}

TEST(Refuse, WhatIsNoFile) {
  const auto message = [](const std::filesystem::path& path) -> std::string {
    try {
      load_image(path);
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::input);
      return error.what();
    }
  };
  EXPECT_EQ(message("/nonexistent/x.png"), "/nonexistent/x.png: no such file");
  EXPECT_EQ(message("/"), "/: is not a regular file");
}

TEST(Refuse, ClaimsOverTheLimitInEveryFormat) {
  const std::string claim = "f: claims 100000 x 100000 texels; at most 16384 a side are read";
  EXPECT_EQ(refusal(png_header(100000, 100000, 8, 6)), claim);
  EXPECT_EQ(refusal(hdr_file_of("-Y 100000 +X 100000", {})), claim);
  ByteWriter psd;
  psd.text("8BPS").u16_big(1).zeros(6).u16_big(3).u32_big(100000).u32_big(100000).u16_big(8).u16_big(3);
  EXPECT_EQ(refusal(psd.bytes()), claim);
  ByteWriter bmp;
  bmp.text("BM").zeros(8).u32_little(54).u32_little(40).u32_little(100000).u32_little(100000).u16_little(1).u16_little(
      24);
  EXPECT_EQ(refusal(bmp.zeros(24).bytes()), claim);
  ByteWriter tga;
  tga.u8(0).u8(0).u8(2).zeros(9).u16_little(65535).u16_little(20000).u8(24).u8(0);
  EXPECT_EQ(refusal(tga.bytes()), "f: claims 65535 x 20000 texels; at most 16384 a side are read");
  EXPECT_EQ(refusal(jpeg_that_claims(65535)), "f: claims 65535 x 65535 texels; at most 16384 a side are read");
}

TEST(Refuse, ClaimsThatAreNoSize) {
  EXPECT_EQ(refusal(png_header(0, 5, 8, 6)), "f: claims 0 x 5 texels; an image has at least 1 x 1");
  EXPECT_EQ(refusal(hdr_file_of("-Y -3 +X 4", {})), "f: claims 4 x -3 texels; an image has at least 1 x 1");
  EXPECT_EQ(refusal(png_header(0xFFFFFFFF, 1, 8, 6)), "f: claims 4294967295 x 1 texels; at most 16384 a side are read");
}

TEST(Refuse, MoreBytesThanDecodedImagesMayHave) {
  EXPECT_EQ(refusal(png_header(16384, 16384, 16, 6)),
            "f: claims 16384 x 16384 texels; at 8 bytes each they exceed the 2147483647 that are read");
  EXPECT_EQ(refusal(hdr_file_of("-Y 16384 +X 16384", {})),
            "f: claims 16384 x 16384 texels; at 12 bytes each they exceed the 2147483647 that are read");
}

TEST(Refuse, ClaimsThatTheFilesSizeBelies) {
  // Inside the limits, but a gigabyte would be allocated for a few bytes.
  EXPECT_EQ(refusal(png_header(16384, 16384, 8, 6)), truncated);
  EXPECT_EQ(refusal(hdr_file_of("-Y 8192 +X 8192", {})), truncated);
  EXPECT_EQ(refusal(jpeg_that_claims(8192)), truncated);
}

TEST(Refuse, AnInflationBeyondTheClaim) {
  // A 1 x 1 PNG whose stream holds 64 MiB: read for its one texel within the decoder's bound, or refused, never kept.
  const std::vector<std::uint8_t> zeros(std::size_t(64) << 20);
  EXPECT_EQ(refusal(png_file(1, 1, 8, 0, zeros)), "f: is damaged");
}

// Cut anywhere, a file is refused; where only what follows the picture is missing, the texels are those of the whole.
TEST(Refuse, EveryTruncationOfEveryFormat) {
  for (const SampleFile& sample : sample_files()) {
    const Image whole = decode_image(sample.bytes, sample.name);
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
      const Bytes cut(sample.bytes.begin(), sample.bytes.begin() + std::ptrdiff_t(size));
      std::string said;
      try {
        const Image part = decode_image(cut, sample.name);
        ASSERT_EQ(part.pixels, whole.pixels) << sample.name << " cut to " << size << " of " << sample.bytes.size();
        continue;
      } catch (const Error& error) {
        ASSERT_EQ(error.fault(), Fault::input);
        said = error.what();
      }
      if (size == 0) {
        EXPECT_EQ(said, sample.name + ": is empty");
      } else if (size >= 18) {  // long enough for the format to show
        EXPECT_EQ(said, sample.name + ": is truncated") << "cut to " << size << " of " << sample.bytes.size();
      }
    }
  }
}

TEST(Refuse, DamagedPng) {
  const Bytes file = png_file(4, 4, 8, 2, make_picture(4, 4, 3).samples);
  Bytes flipped = file;
  flipped[flipped.size() - 20] ^= std::byte{1};
  EXPECT_EQ(refusal(flipped), "f: is damaged: its PNG chunk IDAT fails the checksum");
  repair_png_checksums(flipped);
  EXPECT_NE(refusal(flipped), "f: is damaged: its PNG chunk IDAT fails the checksum");
  EXPECT_EQ(refusal(with_byte(file, 12, 'J')), "f: is damaged: a PNG starts with IHDR");
}

TEST(Refuse, DamagedJpeg) {
  Bytes file = progressive_jpeg_file(60, 150);
  const Bytes table = ByteWriter().u16_big(0xFFC4).bytes();
  const auto counts = std::search(file.begin(), file.end(), table.begin(), table.end()) + 5;
  *counts = std::byte{100};
  EXPECT_EQ(refusal(file), truncated) << "the table claims more symbols than its segment holds";
  std::fill_n(counts, 16, std::byte{255});
  EXPECT_EQ(refusal(file), "f: is damaged: a JPEG Huffman table has more than 256 symbols");
}

TEST(Refuse, AJpegOfEndlessScans) {
  ByteWriter file;
  file.u16_big(0xFFD8).u16_big(0xFFC2).u16_big(11).u8(8).u16_big(8).u16_big(8).u8(1).u8(1).u8(0x11).u8(0);
  for (int scan = 0; scan < 1000; ++scan) file.u16_big(0xFFDA).u16_big(8).u8(1).u8(1).zeros(4).u8(0);
  EXPECT_EQ(refusal(file.u16_big(0xFFD9).bytes()), "f: has more than 256 JPEG scans");
}

TEST(Refuse, VariantsThatAreNotRead) {
  const auto jpeg_of = [](unsigned frame, unsigned bits) {
    return ByteWriter().u16_big(0xFFD8).u16_big(frame).u16_big(11).u8(bits).zeros(8).u16_big(0xFFD9).bytes();
  };
  EXPECT_EQ(refusal(jpeg_of(0xFFC9, 8)),
            "f: is a lossless, hierarchical or arithmetic-coded JPEG; baseline and progressive are read");
  EXPECT_EQ(refusal(jpeg_of(0xFFC1, 12)), "f: is a JPEG of 12 bits a sample; 8 are read");

  const Bytes bmp = bmp_palette_file(4, 1, {0, 0, 0, 0}, {0});
  EXPECT_EQ(refusal(with_byte(bmp, 30, 1)), "f: is a compressed BMP; uncompressed ones are read");
  EXPECT_EQ(refusal(with_byte(bmp, 14, 64)), "f: is a BMP with a header of 64 bytes; 12, 40, 56, 108 and 124 are read");
  EXPECT_EQ(refusal(with_byte(bmp, 10, 20)), "f: is damaged: the BMP's pixels lie inside its header");
  EXPECT_EQ(refusal(ByteWriter()
                        .text("BM")
                        .zeros(8)
                        .u32_little(32)
                        .u32_little(12)
                        .u16_little(4)
                        .u16_little(1)
                        .u16_little(1)
                        .u16_little(8)
                        .zeros(40)
                        .bytes()),
            "f: is an OS/2 BMP with a palette; 24-bit ones are read");

  const Bytes tga = tga_palette_file(2, 2, {0, 0, 0, 0}, {0});
  EXPECT_EQ(refusal(with_byte(tga, 17, 0x30)), "f: is a TGA stored from right to left; left to right is read");
  EXPECT_EQ(refusal(with_byte(tga, 3, 1)),
            "f: is a TGA whose palette does not start at entry 0, as it must to be read");

  const Bytes psd = psd_file(make_picture(4, 4, 3), false);
  EXPECT_EQ(refusal(with_byte(psd, 5, 2)), "f: is a PSB or unknown version of PSD; version 1 is read");
  EXPECT_EQ(refusal(with_byte(psd, 25, 4)), "f: is a PSD in another colour mode than RGB; convert it to RGB");
  EXPECT_EQ(refusal(with_byte(psd, 23, 32)), "f: is a PSD of 32 bits a channel; 8 and 16 are read");
  EXPECT_EQ(refusal(with_byte(psd, 13, 2)), "f: is damaged: an RGB PSD has 3 to 16 channels");
  EXPECT_EQ(refusal(with_byte(psd, 45, 3)), "f: is a PSD with ZIP compression; raw and run-length coded ones are read");
  EXPECT_EQ(refusal(with_byte(with_byte(psd, 23, 16), 45, 1)),
            "f: is a run-length coded 16-bit PSD; raw 16-bit ones are read");

  EXPECT_EQ(refusal(text("#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\nabcd")),
            "f: is an HDR without FORMAT=32-bit_rle_rgbe, the one that is read");
  EXPECT_EQ(refusal(hdr_file_of("+X 1 -Y 1", {1, 2, 3, 4})),
            "f: is an HDR whose size line is not '-Y height +X width', the order that is read");
}

}  // namespace
}  // namespace txs
