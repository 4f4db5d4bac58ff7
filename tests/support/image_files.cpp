#include "image_files.h"

#include <zlib.h>

#include <algorithm>
#include <iterator>

#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

namespace txs::test {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1a\n";

void collect(void* target, void* data, int size) {
  const auto* bytes = static_cast<const std::byte*>(data);
  static_cast<Bytes*>(target)->insert(static_cast<Bytes*>(target)->end(), bytes, bytes + size);
}

std::uint32_t crc(const std::byte* data, std::size_t size) {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(data), size));
}

Bytes deflate(const std::vector<std::uint8_t>& raw) {
  uLongf size = compressBound(raw.size());
  Bytes packed(size);
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, raw.data(), raw.size());
  packed.resize(size);
  return packed;
}

ByteWriter bmp_headers(int width, int height, int bits, std::uint32_t compression, std::uint32_t extra) {
  ByteWriter writer;
  writer.text("BM").u32_little(0).u32_little(0).u32_little(14 + 40 + extra);
  writer.u32_little(40).u32_little(static_cast<std::uint32_t>(width)).u32_little(static_cast<std::uint32_t>(height));
  writer.u16_little(1).u16_little(static_cast<unsigned>(bits)).u32_little(compression).zeros(20);
  return writer;
}

ByteWriter psd_headers(const Picture& picture, int bits, int compression) {
  ByteWriter writer;
  writer.text("8BPS").u16_big(1).zeros(6).u16_big(static_cast<unsigned>(picture.channels));
  writer.u32_big(static_cast<std::uint32_t>(picture.height)).u32_big(static_cast<std::uint32_t>(picture.width));
  writer.u16_big(static_cast<unsigned>(bits)).u16_big(3);
  writer.u32_big(0).u32_big(6).text("8BIMxx").u32_big(0);  // no palette, some resources, no layers
  writer.u16_big(static_cast<unsigned>(compression));
  return writer;
}

}  // namespace

ByteWriter& ByteWriter::u8(unsigned value) {
  bytes_.push_back(static_cast<std::byte>(value));
  return *this;
}

ByteWriter& ByteWriter::text(std::string_view text) {
  for (const char c : text) u8(static_cast<unsigned char>(c));
  return *this;
}

ByteWriter& ByteWriter::append(const Bytes& bytes) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  return *this;
}

ByteWriter& ByteWriter::append(const std::vector<std::uint8_t>& bytes) {
  for (const std::uint8_t byte : bytes) u8(byte);
  return *this;
}

ByteWriter& ByteWriter::zeros(std::size_t count) {
  bytes_.resize(bytes_.size() + count);
  return *this;
}

Picture make_picture(int width, int height, int channels) {
  Picture picture{width, height, channels, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < channels; ++c)
        picture.samples.push_back(static_cast<std::uint8_t>(x * 13 + y * 29 + c * 71 + 5));
  return picture;
}

Bytes png_chunk(std::string_view type, const Bytes& data) {
  ByteWriter body;
  body.text(type).append(data);
  ByteWriter chunk;
  chunk.u32_big(static_cast<std::uint32_t>(data.size())).append(body.bytes());
  return chunk.u32_big(crc(body.bytes().data(), body.bytes().size())).bytes();
}

Bytes png_header(std::uint32_t width, std::uint32_t height, int bit_depth, int colour_type, bool interlaced) {
  ByteWriter data;
  data.u32_big(width).u32_big(height).u8(static_cast<unsigned>(bit_depth)).u8(static_cast<unsigned>(colour_type));
  data.u8(0).u8(0).u8(interlaced);
  ByteWriter file;
  return file.text(png_signature).append(png_chunk("IHDR", data.bytes())).bytes();
}

Bytes png_file(std::uint32_t width, std::uint32_t height, int bit_depth, int colour_type,
               const std::vector<std::uint8_t>& scanlines, const Bytes& chunks) {
  std::vector<std::uint8_t> filtered;
  const std::size_t stride = scanlines.size() / height;
  for (std::size_t y = 0; y < height; ++y) {
    filtered.push_back(0);
    filtered.insert(filtered.end(), scanlines.begin() + std::ptrdiff_t(y * stride),
                    scanlines.begin() + std::ptrdiff_t((y + 1) * stride));
  }
  ByteWriter file;
  file.append(png_header(width, height, bit_depth, colour_type)).append(chunks);
  return file.append(png_chunk("IDAT", deflate(filtered))).append(png_chunk("IEND", {})).bytes();
}

void repair_png_checksums(Bytes& file) {
  const auto byte_at = [&](std::size_t i) { return std::to_integer<std::size_t>(file[i]); };
  for (std::size_t at = png_signature.size(); at + 12 <= file.size();) {
    const std::size_t size = byte_at(at) << 24 | byte_at(at + 1) << 16 | byte_at(at + 2) << 8 | byte_at(at + 3);
    if (size > file.size() - at - 12) return;
    const std::uint32_t sum = crc(file.data() + at + 4, size + 4);
    for (std::size_t i = 0; i < 4; ++i) file[at + 8 + size + i] = static_cast<std::byte>(sum >> (24 - 8 * i));
    at += size + 12;
  }
}

Bytes jpeg_file(const Picture& picture, int quality) {
  Bytes file;
  stbi_write_jpg_to_func(collect, &file, picture.width, picture.height, picture.channels, picture.samples.data(),
                         quality);
  return file;
}

Bytes progressive_jpeg_file(int left, int right) {
  ByteWriter file;
  file.u16_big(0xFFD8);
  file.u16_big(0xFFDB).u16_big(67).u8(0);
  for (int i = 0; i < 64; ++i) file.u8(8);  // a DC step of one grey level
  file.u16_big(0xFFC2).u16_big(11).u8(8).u16_big(8).u16_big(16).u8(1).u8(1).u8(0x11).u8(0);
  file.u16_big(0xFFC4).u16_big(20).u8(0x00).u8(1).zeros(15).u8(7);     // DC: '0' is a difference of 7 bits
  file.u16_big(0xFFC4).u16_big(20).u8(0x10).u8(1).zeros(15).u8(0x10);  // AC: '0' is a run of 2 empty blocks, plus a bit
  // '0', 7 bits of difference (negative ones less 1), twice: 16 bits.
  const auto magnitude = [](int difference) {
    return static_cast<unsigned>(difference < 0 ? difference + 127 : difference);
  };
  file.u16_big(0xFFDA).u16_big(8).u8(1).u8(1).u8(0x00).u8(0).u8(0).u8(0);
  file.u8(magnitude(left - 128)).u8(magnitude(right - left));
  file.u16_big(0xFFDA).u16_big(8).u8(1).u8(1).u8(0x00).u8(1).u8(63).u8(0).u8(0x3F);  // '0' '0', padded by ones
  return file.u16_big(0xFFD9).bytes();
}

Bytes bmp_file(const Picture& picture) {
  Bytes file;
  stbi_write_bmp_to_func(collect, &file, picture.width, picture.height, picture.channels, picture.samples.data());
  return file;
}

Bytes bmp_palette_file(int width, int height, const std::vector<std::uint8_t>& indices,
                       const std::vector<std::uint32_t>& palette_xrgb) {
  ByteWriter file = bmp_headers(width, height, 8, 0, static_cast<std::uint32_t>(palette_xrgb.size() * 4));
  for (const std::uint32_t colour : palette_xrgb) file.u32_little(colour);
  for (int y = height - 1; y >= 0; --y) {
    for (int x = 0; x < width; ++x) file.u8(indices[static_cast<std::size_t>(y * width + x)]);
    file.zeros(static_cast<std::size_t>(-width & 3));
  }
  return file.bytes();
}

Bytes bmp_565_file(int width, int height, const std::vector<std::uint16_t>& texels) {
  ByteWriter file = bmp_headers(width, -height, 16, 3, 12);
  file.u32_little(0xF800).u32_little(0x07E0).u32_little(0x001F);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) file.u16_little(texels[static_cast<std::size_t>(y * width + x)]);
    file.zeros(static_cast<std::size_t>(-2 * width & 3));
  }
  return file.bytes();
}

Bytes tga_file(const Picture& picture, bool run_length) {
  Bytes file;
  stbi_write_tga_with_rle = run_length;
  stbi_write_tga_to_func(collect, &file, picture.width, picture.height, picture.channels, picture.samples.data());
  return file;
}

Bytes tga_palette_file(int width, int height, const std::vector<std::uint8_t>& indices,
                       const std::vector<std::uint32_t>& palette_xrgb) {
  ByteWriter file;
  file.u8(3).u8(1).u8(1).u16_little(0).u16_little(static_cast<unsigned>(palette_xrgb.size())).u8(24).zeros(4);
  file.u16_little(static_cast<unsigned>(width))
      .u16_little(static_cast<unsigned>(height))
      .u8(8)
      .u8(0x20);  // top row first
  file.text("id!");
  for (const std::uint32_t colour : palette_xrgb) file.u16_little(colour & 65535).u8(colour >> 16);
  return file.append(indices).bytes();
}

Bytes psd_file(const Picture& picture, bool run_length) {
  ByteWriter file = psd_headers(picture, 8, run_length);
  if (run_length) file.zeros(static_cast<std::size_t>(picture.channels * picture.height * 2));
  for (int c = 0; c < picture.channels; ++c)
    for (int y = 0; y < picture.height; ++y) {
      if (run_length) file.u8(static_cast<unsigned>(picture.width - 1));  // one literal run a row
      for (int x = 0; x < picture.width; ++x) file.u8(picture.at(x, y, c));
    }
  return file.bytes();
}

Bytes psd_16_bit_file(const Picture& picture) {
  ByteWriter file = psd_headers(picture, 16, 0);
  for (int c = 0; c < picture.channels; ++c)
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) file.u16_big(picture.at(x, y, c) * 257u + static_cast<unsigned>(y));
  return file.bytes();
}

Bytes hdr_file(int width, int height, const std::vector<float>& rgb) {
  Bytes file;
  stbi_write_hdr_to_func(collect, &file, width, height, 3, rgb.data());
  return file;
}

Bytes hdr_file_of(std::string_view size_line, const std::vector<std::uint8_t>& rgbe) {
  ByteWriter file;
  return file.text("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n").text(size_line).text("\n").append(rgbe).bytes();
}

std::vector<SampleFile> sample_files() {
  const Picture grey = make_picture(11, 7, 1), grey_alpha = make_picture(11, 7, 2);
  const Picture rgb = make_picture(19, 13, 3), rgba = make_picture(19, 13, 4);
  std::vector<std::uint8_t> indices(11 * 7), bits(2 * 7);
  for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = static_cast<std::uint8_t>(i % 3);
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = static_cast<std::uint8_t>(i * 37);
  const std::vector<std::uint32_t> palette = {0x102030, 0xFF8000, 0x20E0FF};
  ByteWriter palette_chunk;
  for (const std::uint32_t colour : palette) palette_chunk.u8(colour >> 16).u16_big(colour & 65535);
  std::vector<float> light;
  for (const std::uint8_t sample : rgb.samples)
    light.push_back(static_cast<float>(sample) * static_cast<float>(sample) / 500);

  return {
      {"grey.png", png_file(11, 7, 8, 0, grey.samples)},
      {"grey-alpha.png", png_file(11, 7, 8, 4, grey_alpha.samples)},
      {"rgb.png", png_file(19, 13, 8, 2, rgb.samples)},
      {"rgba.png", png_file(19, 13, 8, 6, rgba.samples)},
      {"16-bit.png", png_file(2, 13, 16, 2, std::vector(rgb.samples.begin(), rgb.samples.begin() + 2 * 6 * 13))},
      {"1-bit.png", png_file(11, 7, 1, 0, bits)},
      {"palette.png", png_file(11, 7, 8, 3, indices, png_chunk("PLTE", palette_chunk.bytes()))},
      {"baseline.jpg", jpeg_file(rgb)},
      {"progressive.jpg", progressive_jpeg_file(60, 150)},
      {"rgb.bmp", bmp_file(rgb)},
      {"rgba.bmp", bmp_file(rgba)},
      {"palette.bmp", bmp_palette_file(11, 7, indices, palette)},
      {"565.bmp", bmp_565_file(3, 2, {0xF800, 0x07E0, 0x001F, 0xFFFF, 0x0000, 0x8410})},
      {"grey.tga", tga_file(grey, false)},
      {"rgb.tga", tga_file(rgb, false)},
      {"rgba-run-length.tga", tga_file(rgba, true)},
      {"palette.tga", tga_palette_file(11, 7, indices, palette)},
      {"rgb.psd", psd_file(rgb, false)},
      {"rgba-run-length.psd", psd_file(rgba, true)},
      {"16-bit.psd", psd_16_bit_file(rgba)},
      {"run-length.hdr", hdr_file(19, 13, light)},
      {"flat.hdr", hdr_file_of("-Y 2 +X 3", {128, 64, 32, 129, 0, 0, 0, 0,   255, 255, 255, 140,
                                             1,   2,  3,  128, 9, 8, 7, 120, 200, 100, 50,  130})},
  };
}

}  // namespace txs::test
