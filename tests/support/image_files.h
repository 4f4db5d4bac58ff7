// Small valid files of every image format that is read, made byte by byte from the formats' specifications.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace txs::test {

using Bytes = std::vector<std::byte>;

/// Builds a file field by field.
class ByteWriter {
 public:
  ByteWriter& u8(unsigned value);
  ByteWriter& u16_little(unsigned value) { return u8(value & 255).u8(value >> 8); }
  ByteWriter& u32_little(std::uint32_t value) { return u16_little(value & 65535).u16_little(value >> 16); }
  ByteWriter& u16_big(unsigned value) { return u8(value >> 8).u8(value & 255); }
  ByteWriter& u32_big(std::uint32_t value) { return u16_big(value >> 16).u16_big(value & 65535); }
  ByteWriter& text(std::string_view text);
  ByteWriter& append(const Bytes& bytes);
  ByteWriter& append(const std::vector<std::uint8_t>& bytes);
  ByteWriter& zeros(std::size_t count);

  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

/// 8-bit samples, `channels` a texel, in which every texel differs from its neighbours.
struct Picture {
  int width, height, channels;
  std::vector<std::uint8_t> samples;

  std::uint8_t at(int x, int y, int channel) const {
    return samples[static_cast<std::size_t>((y * width + x) * channels + channel)];
  }
};
Picture make_picture(int width, int height, int channels);

/// PNG chunk: length, type, data, CRC.
Bytes png_chunk(std::string_view type, const Bytes& data);
Bytes png_header(std::uint32_t width, std::uint32_t height, int bit_depth, int colour_type, bool interlaced = false);
/// PNG from scanlines without their filter bytes; `chunks` (PLTE, tRNS, ...) go between IHDR and IDAT.
Bytes png_file(std::uint32_t width, std::uint32_t height, int bit_depth, int colour_type,
               const std::vector<std::uint8_t>& scanlines, const Bytes& chunks = {});
/// Sets every chunk's CRC to what its bytes ask for, as far as the chunks can be walked.
void repair_png_checksums(Bytes& file);

Bytes jpeg_file(const Picture& picture, int quality = 90);
/// 16x8 grey, progressive, in two blocks of one value each; |left - 128| and |right - left| lie in 64..127.
Bytes progressive_jpeg_file(int left, int right);

Bytes bmp_file(const Picture& picture);  ///< 24-bit, or 32-bit with alpha
Bytes bmp_palette_file(int width, int height, const std::vector<std::uint8_t>& indices,
                       const std::vector<std::uint32_t>& palette_xrgb);
Bytes bmp_565_file(int width, int height, const std::vector<std::uint16_t>& texels);  ///< BI_BITFIELDS, top row first

Bytes tga_file(const Picture& picture, bool run_length);
Bytes tga_palette_file(int width, int height, const std::vector<std::uint8_t>& indices,
                       const std::vector<std::uint32_t>& palette_xrgb);

Bytes psd_file(const Picture& picture, bool run_length);
/// 16-bit samples are the picture's times 257, plus the texel's row.
Bytes psd_16_bit_file(const Picture& picture);

Bytes hdr_file(int width, int height, const std::vector<float>& rgb);  ///< run-length coded from a width of 8 on
Bytes hdr_file_of(std::string_view size_line, const std::vector<std::uint8_t>& rgbe);

/// One small file of every kind above.
struct SampleFile {
  std::string name;
  Bytes bytes;
};
std::vector<SampleFile> sample_files();

}  // namespace txs::test
