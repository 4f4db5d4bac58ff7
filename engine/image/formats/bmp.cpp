// Windows bitmap: BITMAPFILEHEADER, then BITMAPCOREHEADER (12 bytes), BITMAPINFOHEADER (40) or its successors.
#include <cstdlib>
#include <string>

#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

constexpr std::uint32_t file_header_size = 14, core_header_size = 12, info_header_size = 40;
constexpr std::uint32_t uncompressed = 0, bit_fields = 3;

std::uint32_t info_size(std::span<const std::byte> file) {
  ByteReader reader(file);
  reader.skip(file_header_size);
  return reader.u32_little();
}

/// 'BM' alone starts many a text; a size that a header can have does not follow there.
bool recognises(std::span<const std::byte> file) {
  if (!starts_with(file, "BM") || file.size() < file_header_size + 4) return false;
  const std::uint32_t size = info_size(file);
  return size >= core_header_size && size <= 124;
}

ImageHeader read_header(std::span<const std::byte> file) {
  const std::uint32_t size = info_size(file);
  if (size != core_header_size && size != info_header_size && size != 56 && size != 108 && size != 124)
    throw Unreadable("is a BMP with a header of " + std::to_string(size) + " bytes; 12, 40, 56, 108 and 124 are read");

  ByteReader reader(file);
  reader.skip(10);
  const std::uint32_t pixel_offset = reader.u32_little();
  reader.skip(4);
  ImageHeader header;
  const bool core = size == core_header_size;
  header.width = core ? reader.u16_little() : static_cast<std::int32_t>(reader.u32_little());
  header.height = core ? reader.u16_little() : static_cast<std::int32_t>(reader.u32_little());
  header.height = std::abs(header.height);  // negative: rows from the top
  reader.skip(2);
  const int bits = reader.u16_little();
  const std::uint32_t compression = core ? uncompressed : reader.u32_little();

  if (compression != uncompressed && compression != bit_fields)
    throw Unreadable("is a compressed BMP; uncompressed ones are read");
  // stb_image 2.27 miscounts the palette behind a core header.
  if (core && bits < 24) throw Unreadable("is an OS/2 BMP with a palette; 24-bit ones are read");
  if (pixel_offset < file_header_size + size) throw Unreadable("is damaged: the BMP's pixels lie inside its header");
  return header;
}

}  // namespace

const ImageFormat bmp_format = {recognises, read_header, nullptr, 8, decode_with_stb};  // one bit a texel

}  // namespace txs
