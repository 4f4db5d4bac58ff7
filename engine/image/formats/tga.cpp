// Truevision TGA File Format Specification, version 2.0. There is no magic number at the start.
#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

constexpr std::size_t header_size = 18;

struct TgaHeader {
  int id_length, colour_map_type, image_type;
  int map_start, map_length, map_bits;
  int width, height, bits, descriptor;

  bool run_length_coded() const { return image_type >= 8; }
  bool right_to_left() const { return (descriptor & 0x10) != 0; }
};

TgaHeader parse(std::span<const std::byte> file) {
  ByteReader reader(file);
  TgaHeader header{};
  header.id_length = reader.u8();
  header.colour_map_type = reader.u8();
  header.image_type = reader.u8();
  header.map_start = reader.u16_little();
  header.map_length = reader.u16_little();
  header.map_bits = reader.u8();
  reader.skip(4);  // origin on the screen
  header.width = reader.u16_little();
  header.height = reader.u16_little();
  header.bits = reader.u8();
  header.descriptor = reader.u8();
  return header;
}

bool is_colour_depth(int bits) { return bits == 15 || bits == 16 || bits == 24 || bits == 32; }

/// All fields must fit together. A text never passes: its second byte is no 0 or 1.
bool recognises(std::span<const std::byte> file) {
  if (file.size() < header_size) return false;
  const TgaHeader header = parse(file);
  if (header.width == 0 || header.height == 0 || (header.descriptor & 0xC0) != 0) return false;
  const int kind = header.image_type & ~8;  // 1 colour-mapped, 2 true colour, 3 grey; +8 run-length coded
  if (kind == 1)
    return header.colour_map_type == 1 && header.map_length > 0 && is_colour_depth(header.map_bits) &&
           (header.bits == 8 || header.bits == 16);
  if (header.colour_map_type != 0 || header.map_start != 0 || header.map_length != 0) return false;
  return (kind == 2 && is_colour_depth(header.bits)) || (kind == 3 && (header.bits == 8 || header.bits == 16));
}

ImageHeader read_header(std::span<const std::byte> file) {
  const TgaHeader header = parse(file);
  if (header.right_to_left()) throw Unreadable("is a TGA stored from right to left; left to right is read");
  if (header.map_start != 0)
    throw Unreadable("is a TGA whose palette does not start at entry 0, as it must to be read");
  return {header.width, header.height};
}

void check_body(std::span<const std::byte> file) {
  const TgaHeader header = parse(file);
  ByteReader reader(file);
  reader.skip(header_size + std::size_t(header.id_length));
  reader.skip(std::size_t(header.map_length) * ((std::size_t(header.map_bits) + 7) / 8));
  if (!header.run_length_coded())
    reader.skip(std::size_t(header.width) * std::size_t(header.height) * ((std::size_t(header.bits) + 7) / 8));
}

}  // namespace

// A run-length packet holds up to 128 texels in at least two bytes.
const ImageFormat tga_format = {recognises, read_header, check_body, 64, decode_with_stb};

}  // namespace txs
