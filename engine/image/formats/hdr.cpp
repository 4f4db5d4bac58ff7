// Radiance RGBE: G. Ward, "Real Pixels", Graphics Gems II, 1991, and the file format notes of Radiance.
#include <charconv>
#include <optional>

#include "image/formats/byte_reader.h"
#include "image/stb_decode.h"

namespace txs {
namespace {

std::string_view next_line(ByteReader& reader) {
  ByteReader start = reader;
  reader.skip_past(std::byte{'\n'});
  const auto line = start.take(start.left() - reader.left() - 1);
  return {reinterpret_cast<const char*>(line.data()), line.size()};
}

std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

/// "-Y height +X width": rows from the top, texels from the left. Radiance knows seven more orders, stb_image does not.
std::optional<ImageHeader> parse_resolution(std::string_view line) {
  if (!take(line, "-Y ")) return std::nullopt;
  const auto height = take_number(line);
  if (!height || !take(line, " +X ")) return std::nullopt;
  const auto width = take_number(line);
  if (!width || !line.empty()) return std::nullopt;
  return ImageHeader{*width, *height, SampleType::f32, 3};
}

bool recognises(std::span<const std::byte> file) {
  return starts_with(file, "#?RADIANCE\n") || starts_with(file, "#?RGBE\n");
}

ImageHeader read_header(std::span<const std::byte> file) {
  ByteReader reader(file);
  bool is_rgbe = false;
  for (std::string_view line = next_line(reader); !line.empty(); line = next_line(reader))
    is_rgbe |= line == "FORMAT=32-bit_rle_rgbe";
  if (!is_rgbe) throw Unreadable("is an HDR without FORMAT=32-bit_rle_rgbe, the one that is read");
  const auto header = parse_resolution(next_line(reader));
  if (!header) throw Unreadable("is an HDR whose size line is not '-Y height +X width', the order that is read");
  return *header;
}

}  // namespace

// Each of the four components of a scanline codes runs of up to 127 in two bytes: 127 texels in 8 bytes.
const ImageFormat hdr_format = {recognises, read_header, nullptr, 16, decode_with_stb};

}  // namespace txs
