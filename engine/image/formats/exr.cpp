// OpenEXR File Layout (openexr.com), version 2: the header of a file of one flat part.
//
// The library that decodes the texels would read the header too, but allocates by what it claims: it is checked here.
#include "image/formats/exr.h"

#include <algorithm>
#include <array>
#include <optional>

#include "image/exr_decode.h"
#include "image/formats/byte_reader.h"

namespace txs {
namespace {

constexpr std::string_view magic("\x76\x2f\x31\x01", 4);
constexpr std::uint32_t tiled_flag = 0x200, deep_flag = 0x800, multi_part_flag = 0x1000;

/// Scanlines of a chunk by the compression's code: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, DWAA, DWAB.
constexpr std::array<std::int64_t, 10> chunk_lines = {1, 1, 1, 16, 32, 16, 32, 32, 32, 256};
/// A chunk's entry in the table of offsets, and its coordinate and size before its data.
constexpr std::int64_t least_chunk_bytes = 16;
/// What a chunk may unpack to, all channels of the file together: 4 channels of 16384 texels by 256 lines take 64 MiB.
constexpr std::int64_t max_chunk_bytes = std::int64_t(1) << 28;
/// Coordinates beyond this overflow in the sums of others' programs; no picture lies there.
constexpr std::int64_t furthest_coordinate = 1 << 24;

struct Channel {
  std::string name;
  bool subsampled = false;
};

struct Window {
  std::int64_t x_min, y_min, x_max, y_max;
};

struct TileSize {
  std::int64_t width, height;
};

/// The attributes that texels depend on, as they are found.
struct Attributes {
  std::optional<Window> data_window;
  std::optional<std::size_t> compression;
  std::optional<TileSize> tiles;
  std::vector<Channel> channels;
};

/// No longer than the library reads one, which would take the rest for something else.
std::string_view take_name(ByteReader& reader) {
  constexpr std::size_t most_letters = 255;
  ByteReader start = reader;
  reader.skip_past(std::byte{0});
  const auto name = start.take(start.left() - reader.left() - 1);
  if (name.size() > most_letters) throw Unreadable("is damaged: an EXR with a name of more than 255 letters");
  return {reinterpret_cast<const char*>(name.data()), name.size()};
}

std::int64_t take_int(ByteReader& reader) { return static_cast<std::int32_t>(reader.u32_little()); }

std::vector<Channel> parse_channels(ByteReader reader) {
  std::vector<Channel> channels;
  for (std::string_view name = take_name(reader); !name.empty(); name = take_name(reader)) {
    reader.skip(8);  // type, which the decoder converts, and a hint to lossy compressions
    const std::int64_t x_sampling = take_int(reader), y_sampling = take_int(reader);
    channels.push_back({std::string(name), x_sampling != 1 || y_sampling != 1});
  }
  if (reader.left() > 0) throw Unreadable("is damaged: an EXR whose list of channels ends early");
  return channels;
}

Window parse_window(ByteReader reader) {
  const std::int64_t x_min = take_int(reader), y_min = take_int(reader), x_max = take_int(reader);
  return {x_min, y_min, x_max, take_int(reader)};
}

TileSize parse_tiles(ByteReader reader) {
  const std::int64_t width = reader.u32_little();
  return {width, reader.u32_little()};
}

/// The attributes that the library wants to be there, of this type and size: it reads as many bytes as the type has,
/// whatever the file says of them.
struct Required {
  std::string_view name, type;
  std::size_t size;
};
constexpr std::array<Required, 9> required = {{{"channels", "chlist", 0},  // any size
                                               {"compression", "compression", 1},
                                               {"dataWindow", "box2i", 16},
                                               {"displayWindow", "box2i", 16},
                                               {"lineOrder", "lineOrder", 1},
                                               {"pixelAspectRatio", "float", 4},
                                               {"screenWindowCenter", "v2f", 8},
                                               {"screenWindowWidth", "float", 4},
                                               {"tiles", "tiledesc", 9}}};

/// Takes an attribute that the library reads; false for any other.
bool take_attribute(Attributes& attributes, std::string_view name, std::string_view type, ByteReader value) {
  const auto found = std::ranges::find(required, name, &Required::name);
  if (found == required.end()) return false;
  if (type != found->type || (found->size != 0 && value.left() != found->size))
    throw Unreadable("is damaged: an EXR whose attribute " + std::string(name) + " is of another type or size");
  if (name == "channels") attributes.channels = parse_channels(value);
  if (name == "dataWindow") attributes.data_window = parse_window(value);
  if (name == "compression") attributes.compression = value.u8();
  if (name == "tiles") attributes.tiles = parse_tiles(value);
  return true;
}

bool has(const std::vector<Channel>& channels, std::string_view name) {
  return std::ranges::find(channels, name, &Channel::name) != channels.end();
}

/// The names for a message of one line: what is no printable ASCII is shown as '?'.
std::string listed(const std::vector<Channel>& channels) {
  constexpr std::size_t most_names = 6, most_letters = 24;
  std::string text;
  for (std::size_t i = 0; i < channels.size() && i < most_names; ++i) {
    text += (i > 0 ? ", " : "") + channels[i].name.substr(0, most_letters);
  }
  if (channels.size() > most_names) text += ", ...";
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text.empty() ? "none" : text;
}

std::vector<std::string> picture_channels(const std::vector<Channel>& channels) {
  if (has(channels, "RY") || has(channels, "BY"))
    throw Unreadable("is an EXR of luminance and chroma; convert it to R, G, B");
  std::vector<std::string> names;
  if (has(channels, "R"))
    names = {"R", "G", "B"};
  else if (has(channels, "Y"))
    names = {"Y"};
  else
    throw Unreadable("is an EXR with the channels " + listed(channels) + "; R, G, B and A, or Y and A are read");
  if (has(channels, "A")) names.emplace_back("A");
  for (const Channel& channel : channels)
    if (channel.subsampled && std::ranges::find(names, channel.name) != names.end())
      throw Unreadable("is an EXR whose channel " + channel.name + " is subsampled; one sample a texel is read");
  return names;
}

void require_single_flat_part(std::uint32_t version) {
  if ((version & 0xFF) != 2) throw Unreadable("is an EXR of an unknown version; version 2 is read");
  if ((version & multi_part_flag) != 0)
    throw Unreadable("is a multi-part EXR; save the part that is wanted as a file of its own");
  if ((version & deep_flag) != 0) throw Unreadable("is a deep EXR; flatten it first");
}

/// That the chunks which the header promises can be in the file, and unpack to no more than a decoder should hold.
void require_readable_chunks(const ExrHeader& header, const Attributes& attributes, std::size_t file_size) {
  TileSize chunk{header.width, chunk_lines[*attributes.compression]};
  if (header.tiled) {
    if (!attributes.tiles || attributes.tiles->width < 1 || attributes.tiles->height < 1)
      throw Unreadable("is damaged: a tiled EXR without a size of its tiles");
    chunk = *attributes.tiles;
  }
  const std::int64_t sample_bytes = static_cast<std::int64_t>(sizeof(float) * attributes.channels.size());
  if (chunk.width > max_image_side || chunk.height > max_image_side ||
      chunk.width * chunk.height > max_chunk_bytes / sample_bytes)
    throw Unreadable("is an EXR whose parts of " + std::to_string(chunk.width) + " x " + std::to_string(chunk.height) +
                     " texels in " + std::to_string(attributes.channels.size()) + " channels exceed the " +
                     std::to_string(max_chunk_bytes) + " bytes that are read");
  const std::int64_t across = (header.width + chunk.width - 1) / chunk.width;
  const std::int64_t down = (header.height + chunk.height - 1) / chunk.height;
  if (across * down * least_chunk_bytes > static_cast<std::int64_t>(file_size)) throw Unreadable("is truncated");
}

bool recognises(std::span<const std::byte> file) { return starts_with(file, magic); }

ImageHeader read_header(std::span<const std::byte> file) {
  const ExrHeader header = parse_exr_header(file);
  const int channels = static_cast<int>(header.channels.size());
  return {header.width, header.height, SampleType::f32, channels, channels};
}

}  // namespace

ExrHeader parse_exr_header(std::span<const std::byte> file) {
  ByteReader reader(file);
  reader.skip(magic.size());
  const std::uint32_t version = reader.u32_little();
  require_single_flat_part(version);
  ExrHeader header;
  Attributes attributes;
  for (std::string_view name = take_name(reader); !name.empty(); name = take_name(reader)) {
    const std::size_t type_at = file.size() - reader.left();
    const std::string_view type = take_name(reader);
    const std::uint32_t size = reader.u32_little();
    if (!take_attribute(attributes, name, type, ByteReader(reader.take(size))))
      header.other_attribute_types.push_back(type_at);
  }
  header.size = file.size() - reader.left();
  if (!attributes.data_window || !attributes.compression || *attributes.compression >= chunk_lines.size())
    throw Unreadable("is damaged: an EXR without its size, or of an unknown compression");
  const Window& window = *attributes.data_window;
  if (std::max({std::abs(window.x_min), std::abs(window.y_min), std::abs(window.x_max), std::abs(window.y_max)}) >
      furthest_coordinate)
    throw Unreadable("is damaged: an EXR whose data window lies beyond " + std::to_string(furthest_coordinate));
  header.x_min = window.x_min;
  header.y_min = window.y_min;
  header.width = window.x_max - window.x_min + 1;
  header.height = window.y_max - window.y_min + 1;
  header.tiled = (version & tiled_flag) != 0;
  header.channels = picture_channels(attributes.channels);
  const bool size_is_plausible = header.width >= 1 && header.height >= 1 && header.width <= max_image_side;
  if (size_is_plausible) require_readable_chunks(header, attributes, file.size());
  return header;
}

// A chunk of 256 scanlines of 16384 black texels takes the 16 bytes that were counted above and a few more; what bounds
// the claim is that the rows are made as they are decoded (exr_decode.cpp).
const ImageFormat exr_format = {recognises, read_header, nullptr, 256 * max_image_side / 16, decode_exr};

}  // namespace txs
