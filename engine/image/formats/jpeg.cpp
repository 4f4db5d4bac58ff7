// JPEG: ITU-T T.81, annex B (the marker segments).
#include <string>

#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

enum Marker : std::uint8_t {
  tem = 0x01,
  sof0_baseline = 0xC0,
  sof2_progressive = 0xC2,
  dht = 0xC4,
  jpg = 0xC8,
  dac = 0xCC,
  sof15 = 0xCF,
  rst0 = 0xD0,
  rst7 = 0xD7,
  soi = 0xD8,
  eoi = 0xD9,
  sos = 0xDA,
};

/// A progressive JPEG needs about ten scans. Each costs a walk over all blocks however few bytes it has,
/// so that a small file with thousands of them would take minutes.
constexpr int max_scans = 256;

struct Segment {
  std::uint8_t marker;
  std::span<const std::byte> data;
};

/// The next marker and what belongs to it. Entropy-coded data, in which FF is followed by 0 or a restart, is passed
/// over.
Segment next_segment(ByteReader& reader) {
  std::uint8_t marker = 0;
  do {
    reader.skip_past(std::byte{0xFF});
    do marker = reader.u8();
    while (marker == 0xFF);
  } while (marker == 0 || (marker >= rst0 && marker <= rst7));
  if (marker == soi || marker == eoi || marker == tem) return {marker, {}};
  const std::uint16_t length = reader.u16_big();
  if (length < 2) throw Unreadable("is damaged: a JPEG segment is shorter than its own length field");
  return {marker, reader.take(length - 2u)};
}

bool is_frame_header(std::uint8_t marker) {
  return marker >= sof0_baseline && marker <= sof15 && marker != dht && marker != jpg && marker != dac;
}

/// stb_image 2.27 trusts the 16 counts of a Huffman table, which may claim up to 4080 symbols for its 256 places.
void check_huffman_tables(ByteReader reader) {
  while (reader.left() > 0) {
    reader.skip(1);  // class and destination
    std::size_t symbols = 0;
    for (const std::byte count : reader.take(16)) symbols += std::to_integer<std::size_t>(count);
    if (symbols > 256) throw Unreadable("is damaged: a JPEG Huffman table has more than 256 symbols");
    reader.skip(symbols);
  }
}

bool recognises(std::span<const std::byte> file) { return starts_with(file, "\xFF\xD8\xFF"); }

ImageHeader read_header(std::span<const std::byte> file) {
  ByteReader reader(file);
  while (true) {
    const Segment segment = next_segment(reader);
    if (segment.marker == eoi || segment.marker == sos) throw Unreadable("is damaged: a JPEG without a frame header");
    if (!is_frame_header(segment.marker)) continue;
    if (segment.marker > sof2_progressive)
      throw Unreadable("is a lossless, hierarchical or arithmetic-coded JPEG; baseline and progressive are read");
    ByteReader frame(segment.data);
    if (const int bits = frame.u8(); bits != 8)
      throw Unreadable("is a JPEG of " + std::to_string(bits) + " bits a sample; 8 are read");
    ImageHeader header;
    header.height = frame.u16_big();
    header.width = frame.u16_big();
    return header;
  }
}

void check_body(std::span<const std::byte> file) {
  ByteReader reader(file);
  int scans = 0;
  while (true) {
    const Segment segment = next_segment(reader);
    if (segment.marker == eoi) return;
    if (segment.marker == dht) check_huffman_tables(ByteReader(segment.data));
    if (segment.marker == sos && ++scans > max_scans)
      throw Unreadable("has more than " + std::to_string(max_scans) + " JPEG scans");
  }
}

}  // namespace

// An 8x8 block takes at least one bit in the component that is not subsampled, and there may be none such in either
// direction (factors 4x1 and 1x4): two bits for 4 blocks. The bound is twice as wide.
const ImageFormat jpeg_format = {recognises, read_header, check_body, 2048, decode_with_stb};

}  // namespace txs
