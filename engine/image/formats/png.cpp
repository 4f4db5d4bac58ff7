// Portable Network Graphics, W3C Recommendation (Second Edition) = ISO/IEC 15948.
#include <zlib.h>

#include <algorithm>
#include <string>

#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

constexpr std::size_t signature_size = 8;

struct Chunk {
  std::string_view type;
  std::span<const std::byte> data;
  bool crc_matches;
};

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

Chunk next_chunk(ByteReader& reader) {
  const std::uint32_t length = reader.u32_big();
  if (reader.left() < 4 || length > reader.left() - 4) throw Unreadable("is truncated");
  const auto type_and_data = reader.take(4 + std::size_t(length));
  const uLong crc = crc32_z(0, reinterpret_cast<const Bytef*>(type_and_data.data()), type_and_data.size());
  const std::string_view type(reinterpret_cast<const char*>(type_and_data.data()), 4);
  if (!std::all_of(type.begin(), type.end(), is_letter))
    throw Unreadable("is damaged: a PNG chunk's type is no four letters");
  return {type, type_and_data.subspan(4), reader.u32_big() == crc};
}

/// Chunks without which the pixels would come out wrong: those that PNG calls critical, and transparency.
bool decides_pixels(std::string_view type) { return (type[0] & 0x20) == 0 || type == "tRNS"; }

bool recognises(std::span<const std::byte> file) { return starts_with(file, "\x89PNG\r\n\x1a\n"); }

ImageHeader read_header(std::span<const std::byte> file) {
  ByteReader reader(file.subspan(signature_size));
  if (reader.u32_big() != 13 || reader.u32_big() != 0x49484452) throw Unreadable("is damaged: a PNG starts with IHDR");
  ImageHeader header;
  header.width = reader.u32_big();
  header.height = reader.u32_big();
  header.samples = reader.u8() == 16 ? SampleType::u16 : SampleType::u8;
  const bool is_colour = (reader.u8() & 2) != 0;
  header.max_channels = is_colour ? 4 : 2;  // tRNS may add alpha
  return header;
}

void check_body(std::span<const std::byte> file) {
  ByteReader reader(file.subspan(signature_size));
  while (true) {
    const Chunk chunk = next_chunk(reader);
    if (!chunk.crc_matches && decides_pixels(chunk.type))
      throw Unreadable("is damaged: its PNG chunk " + std::string(chunk.type) + " fails the checksum");
    if (chunk.type == "IEND") return;
  }
}

}  // namespace

// Deflate makes at most 258 bytes of 2 bits (1032:1), and a byte holds at most 8 texels.
const ImageFormat png_format = {recognises, read_header, check_body, 8 * 1032, decode_with_stb};

}  // namespace txs
