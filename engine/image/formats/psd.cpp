// Adobe Photoshop File Formats Specification: the composite picture at the end of a PSD.
#include <algorithm>
#include <string>

#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

constexpr int rgb_mode = 3;

struct PsdHeader {
  int version, channels, bits, mode;
  std::int64_t width, height;
};

PsdHeader parse(ByteReader& reader) {
  PsdHeader header{};
  reader.skip(4);
  header.version = reader.u16_big();
  reader.skip(6);
  header.channels = reader.u16_big();
  header.height = reader.u32_big();
  header.width = reader.u32_big();
  header.bits = reader.u16_big();
  header.mode = reader.u16_big();
  return header;
}

bool recognises(std::span<const std::byte> file) { return starts_with(file, "8BPS"); }

ImageHeader read_header(std::span<const std::byte> file) {
  ByteReader reader(file);
  const PsdHeader psd = parse(reader);
  if (psd.version != 1) throw Unreadable("is a PSB or unknown version of PSD; version 1 is read");
  if (psd.mode != rgb_mode) throw Unreadable("is a PSD in another colour mode than RGB; convert it to RGB");
  if (psd.bits != 8 && psd.bits != 16)
    throw Unreadable("is a PSD of " + std::to_string(psd.bits) + " bits a channel; 8 and 16 are read");
  if (psd.channels < 3 || psd.channels > 16) throw Unreadable("is damaged: an RGB PSD has 3 to 16 channels");
  const int channels = std::min(psd.channels, 4);  // stb_image makes RGBA of RGB unless it is asked not to
  return {psd.width, psd.height, psd.bits == 16 ? SampleType::u16 : SampleType::u8, 4, channels};
}

void check_body(std::span<const std::byte> file) {
  ByteReader reader(file);
  const PsdHeader psd = parse(reader);
  for (int section = 0; section < 3; ++section) reader.skip(reader.u32_big());  // palette, resources, layers
  const int compression = reader.u16_big();
  if (compression > 1) throw Unreadable("is a PSD with ZIP compression; raw and run-length coded ones are read");
  // stb_image 2.27 takes the bytes of 16-bit runs for samples.
  if (compression == 1 && psd.bits == 16)
    throw Unreadable("is a run-length coded 16-bit PSD; raw 16-bit ones are read");
}

}  // namespace

// A run holds up to 128 samples in two bytes, and a texel has three samples or more.
const ImageFormat psd_format = {recognises, read_header, check_body, 64, decode_with_stb};

}  // namespace txs
