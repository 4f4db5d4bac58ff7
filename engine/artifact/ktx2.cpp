#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "artifact/container.h"
#include "artifact/container_parts.h"
#include "artifact/ktx2_descriptor.h"
#include "artifact/provenance.h"
#include "core/version.h"

/// KTX 2.0 after Khronos, "KTX File Format Specification 2.0".
namespace txs::artifact {
namespace {

constexpr std::array<std::uint8_t, 12> identifier{0xAB, 'K', 'T', 'X', ' ', '2', '0', 0xBB, '\r', '\n', 0x1A, '\n'};

/// "File Structure": the header and the index of what follows it.
struct Header {
  std::array<std::uint8_t, 12> identifier;
  std::uint32_t vk_format, type_size;
  std::uint32_t width, height, depth;
  std::uint32_t layer_count, face_count, level_count, supercompression;
  std::uint32_t descriptor_offset, descriptor_bytes;
  std::uint32_t key_values_offset, key_values_bytes;
  std::uint64_t global_data_offset, global_data_bytes;
};

/// "Level Index": one entry a level, level 0 first.
struct Level {
  std::uint64_t offset, bytes, uncompressed_bytes;
};

static_assert(sizeof(Header) == 80 && sizeof(Level) == 24);

// "Key/Value Data": the keys in the order of their code points, as the file must hold them.
constexpr std::string_view orientation_key = "KTXorientation", writer_key = "KTXwriter", provenance_key = "texelscope";
constexpr std::string_view right_down = "rd";  ///< x to the right, y down

std::uint64_t aligned(std::uint64_t offset, std::uint64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

/// The length, the key with its NUL, the value, and zeros up to a multiple of 4.
void append_key_value(std::vector<std::byte>& bytes, std::string_view key, std::string_view value) {
  append(bytes, static_cast<std::uint32_t>(key.size() + 1 + value.size()));
  const auto put = [&](std::string_view text) {
    const auto raw = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  };
  put(key);
  bytes.push_back(std::byte{0});
  put(value);
  bytes.resize(aligned(bytes.size(), 4));
}

std::vector<std::byte> key_values_of(const codec::EncodedTexture& texture) {
  const auto text = [](std::string_view value) { return std::string(value) + '\0'; };
  std::vector<std::byte> bytes;
  append_key_value(bytes, orientation_key, text(right_down));
  append_key_value(bytes, writer_key, text(fmt::format("texelscope {}", version)));
  append_key_value(bytes, provenance_key, text(provenance_json(texture)));
  return bytes;
}

Header checked_header(std::span<const std::byte> bytes, std::string_view name) {
  const auto header = read_as<Header>(part(bytes, 0, sizeof(Header), "KTX2 header", name));
  if (header.type_size != 1) {
    refuse(name, fmt::format("is no sound KTX2 file: type size {} instead of 1", header.type_size));
  }
  if (header.height == 0) refuse(name, "is a 1D texture; 2D textures are read");
  if (header.depth != 0) refuse(name, "is a volume texture; 2D textures are read");
  if (header.layer_count > 1) {
    refuse(name, fmt::format("is an array of {} textures; a single one is read", header.layer_count));
  }
  if (header.face_count == 6) refuse(name, "is a cube map; 2D textures are read");
  if (header.face_count != 1) {
    refuse(name, fmt::format("is no sound KTX2 file: {} faces instead of 1", header.face_count));
  }
  if (header.supercompression != 0) {
    refuse(name, fmt::format("is supercompressed (scheme {}); plain levels are read", header.supercompression));
  }
  check_size(header.width, header.height, name);
  check_level_count(header.level_count, header.width, header.height, name);
  return header;
}

/// One entry taken off the front of `rest`. The value is without the NUL that ends it where it is text.
struct KeyValue {
  std::string_view key, value;
};

KeyValue take_key_value(std::span<const std::byte>& rest, std::string_view name) {
  constexpr std::string_view what = "key/value data";
  const auto length = read_as<std::uint32_t>(part(rest, 0, sizeof(std::uint32_t), what, name));
  const auto entry = part(rest, sizeof(length), length, what, name);
  const std::string_view text(reinterpret_cast<const char*>(entry.data()), entry.size());
  const std::size_t end = text.find('\0');
  if (end == 0 || end == text.npos)
    refuse(name, fmt::format("is no sound KTX2 file: its {} has an entry without a key", what));
  rest = rest.subspan(std::min<std::uint64_t>(rest.size(), aligned(sizeof(length) + length, 4)));
  std::string_view value = text.substr(end + 1);
  if (value.ends_with('\0')) value.remove_suffix(1);
  return {text.substr(0, end), value};
}

void read_key_values(std::span<const std::byte> rest, codec::EncodedTexture& texture, std::string_view name) {
  while (!rest.empty()) {
    const KeyValue entry = take_key_value(rest, name);
    if (entry.key == orientation_key && entry.value != right_down) {
      refuse(name,
             "has its rows in another order than from the top down (KTXorientation is not 'rd'), which is not read");
    }
    if (entry.key == provenance_key) read_provenance(std::as_bytes(std::span(entry.value)), texture);
  }
}

/// "Level Index" and "Mip Level Array": the smallest level comes first, each aligned to lcm(texel block size, 4).
std::vector<Level> place_levels(const codec::EncodedTexture& texture, std::uint32_t count, std::uint64_t offset) {
  const std::uint64_t alignment = std::lcm<std::uint64_t>(codec::traits(texture.format).block_bytes, 4);
  std::vector<Level> levels(count);
  for (std::uint32_t level = count; level-- > 0;) {
    const std::uint64_t size = level_bytes(texture, level);
    offset = aligned(offset, alignment);
    levels[level] = {offset, size, size};
    offset += size;
  }
  return levels;
}

/// Where each level lies is the file's to say.
void read_level(std::span<const std::byte> bytes, const Level& entry, codec::EncodedTexture& texture,
                std::uint32_t level, std::string_view name) {
  const std::uint64_t size = level_bytes(texture, level);
  if (entry.bytes != size || entry.uncompressed_bytes != size) {
    refuse(name, fmt::format("is no sound KTX2 file: its level {} has {} bytes; {} x {} texels take {}", level, entry.bytes,
                             codec::level_side(texture.width, level), codec::level_side(texture.height, level), size));
  }
  add_level(texture, part(bytes, entry.offset, size, level == 0 ? "picture" : fmt::format("mip level {}", level), name));
}

}  // namespace

std::uint64_t ktx2_header_bytes(const codec::EncodedTexture& shape, std::uint32_t levels) {
  const std::uint64_t before = sizeof(Header) + levels * sizeof(Level) + descriptor_of(shape).size() + key_values_of(shape).size();
  const Level last = place_levels(shape, levels, before).front();
  return last.offset + last.bytes - chain_bytes(shape, levels);
}

std::vector<std::byte> write_ktx2(const codec::EncodedTexture& texture) {
  assert(is_whole(texture));
  const std::vector<std::byte> descriptor = descriptor_of(texture), key_values = key_values_of(texture);
  Header header{};
  header.identifier = identifier;
  header.vk_format = vk_format_of(texture);
  header.type_size = 1;
  header.width = texture.width;
  header.height = texture.height;
  header.face_count = 1;
  header.level_count = codec::level_count(texture);
  header.descriptor_offset = static_cast<std::uint32_t>(sizeof(Header) + header.level_count * sizeof(Level));
  header.descriptor_bytes = static_cast<std::uint32_t>(descriptor.size());
  header.key_values_offset = header.descriptor_offset + header.descriptor_bytes;
  header.key_values_bytes = static_cast<std::uint32_t>(key_values.size());
  const std::vector<Level> levels = place_levels(texture, header.level_count, header.key_values_offset + header.key_values_bytes);

  std::vector<std::byte> bytes;
  bytes.reserve(levels.front().offset + levels.front().bytes);
  append(bytes, header);
  for (const Level& level : levels) append(bytes, level);
  append_bytes(bytes, descriptor);
  append_bytes(bytes, key_values);
  for (std::uint32_t level = header.level_count; level-- > 0;) {
    bytes.resize(levels[level].offset);
    append_bytes(bytes, codec::level_blocks(texture, level));
  }
  return bytes;
}

bool is_ktx2(std::span<const std::byte> bytes) {
  return bytes.size() >= identifier.size() &&
         std::ranges::equal(bytes.first(identifier.size()), std::as_bytes(std::span(identifier)));
}

codec::EncodedTexture read_ktx2(std::span<const std::byte> bytes, std::string_view name) {
  const Header header = checked_header(bytes, name);
  const VkMeaning meaning = meaning_of_vk_format(header.vk_format, name);
  codec::EncodedTexture texture;
  texture.format = meaning.format;
  texture.width = header.width;
  texture.height = header.height;
  texture.premultiplied = read_premultiplied(
      part(bytes, header.descriptor_offset, header.descriptor_bytes, "data format descriptor", name), texture.format, name);
  read_key_values(part(bytes, header.key_values_offset, header.key_values_bytes, "key/value data", name), texture, name);
  texture.opaque = texture.opaque || meaning.opaque;

  // "levelCount": 0 asks the reader to make the smaller levels of the one that is there.
  const std::uint32_t levels = std::max(1u, header.level_count);
  const auto index = part(bytes, sizeof(Header), levels * sizeof(Level), "level index", name);
  for (std::uint32_t level = 0; level < levels; ++level)
    read_level(bytes, read_as<Level>(index.subspan(level * sizeof(Level))), texture, level, name);
  return texture;
}

}  // namespace txs::artifact
