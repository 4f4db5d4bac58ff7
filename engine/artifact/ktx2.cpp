#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "artifact/container.h"
#include "artifact/container_parts.h"
#include "artifact/provenance.h"
#include "core/version.h"

/// KTX 2.0 after Khronos, "KTX File Format Specification 2.0", with its data format descriptor after the Khronos Data
/// Format Specification 1.3 (KDF).
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

/// KDF, "Khronos Basic Data Format Descriptor Block", behind the total size: one sample, which is all that BC7 has.
struct Descriptor {
  std::uint32_t total_size;
  std::uint32_t vendor_and_type;
  std::uint16_t version, block_size;
  std::uint8_t colour_model, colour_primaries, transfer_function, flags;
  std::array<std::uint8_t, 4> texel_block_dimensions;  ///< less one
  std::array<std::uint8_t, 8> plane_bytes;
  std::uint16_t sample_bit_offset;
  std::uint8_t sample_bit_length;  ///< less one
  std::uint8_t sample_channel;
  std::array<std::uint8_t, 4> sample_position;
  std::uint32_t sample_lower, sample_upper;
};

static_assert(sizeof(Header) == 80 && sizeof(Level) == 24 && sizeof(Descriptor) == 44);

constexpr std::uint32_t vk_bc7_unorm = 145, vk_bc7_srgb = 146;  // VkFormat
constexpr std::uint8_t model_bc7 = 134;                         // KHR_DF_MODEL_BC7
constexpr std::uint8_t primaries_bt709 = 1;
constexpr std::uint8_t transfer_linear = 1, transfer_srgb = 2;
constexpr std::uint16_t descriptor_version_1_3 = 2;

// "Key/Value Data": the keys in the order of their code points, as the file must hold them.
constexpr std::string_view orientation_key = "KTXorientation", writer_key = "KTXwriter", provenance_key = "texelscope";
constexpr std::string_view right_down = "rd";  ///< x to the right, y down

std::uint64_t aligned(std::uint64_t offset, std::uint64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

Descriptor descriptor_of(const codec::FormatTraits& traits) {
  Descriptor descriptor{};
  descriptor.total_size = sizeof(Descriptor);
  descriptor.version = descriptor_version_1_3;
  descriptor.block_size = sizeof(Descriptor) - sizeof(descriptor.total_size);
  descriptor.colour_model = model_bc7;
  descriptor.colour_primaries = primaries_bt709;
  descriptor.transfer_function = traits.srgb ? transfer_srgb : transfer_linear;
  descriptor.texel_block_dimensions = {static_cast<std::uint8_t>(traits.block_width - 1),
                                       static_cast<std::uint8_t>(traits.block_height - 1), 0, 0};
  descriptor.plane_bytes[0] = static_cast<std::uint8_t>(traits.block_bytes);
  descriptor.sample_bit_length = static_cast<std::uint8_t>(traits.block_bytes * 8 - 1);
  descriptor.sample_upper = UINT32_MAX;
  return descriptor;
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
  if (header.vk_format != vk_bc7_unorm && header.vk_format != vk_bc7_srgb) {
    refuse(name,
           fmt::format("VkFormat {} is not read; {} and {} (BC7) are", header.vk_format, vk_bc7_unorm, vk_bc7_srgb));
  }
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

void check_descriptor(std::span<const std::byte> bytes, const Header& header, std::string_view name) {
  constexpr std::string_view what = "data format descriptor";
  if (header.descriptor_bytes < sizeof(Descriptor)) {
    refuse(name, fmt::format("is no sound KTX2 file: a {} of {} bytes instead of {}", what, header.descriptor_bytes,
                             sizeof(Descriptor)));
  }
  const auto found = read_as<Descriptor>(part(bytes, header.descriptor_offset, header.descriptor_bytes, what, name));
  const bool is_srgb = found.transfer_function == transfer_srgb;
  if (found.vendor_and_type != 0 || found.colour_model != model_bc7 || is_srgb != (header.vk_format == vk_bc7_srgb)) {
    refuse(name,
           fmt::format("is no sound KTX2 file: its {} (colour model {}, transfer function {}) contradicts VkFormat {}",
                       what, found.colour_model, found.transfer_function, header.vk_format));
  }
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

}  // namespace

std::vector<std::byte> write_ktx2(const codec::EncodedTexture& texture) {
  assert(texture.blocks.size() == codec::payload_bytes(texture.format, texture.width, texture.height));
  const codec::FormatTraits& traits = codec::traits(texture.format);
  const std::vector<std::byte> key_values = key_values_of(texture);

  Header header{};
  header.identifier = identifier;
  header.vk_format = traits.srgb ? vk_bc7_srgb : vk_bc7_unorm;
  header.type_size = 1;
  header.width = texture.width;
  header.height = texture.height;
  header.face_count = 1;
  header.level_count = 1;
  header.descriptor_offset = sizeof(Header) + sizeof(Level);
  header.descriptor_bytes = sizeof(Descriptor);
  header.key_values_offset = header.descriptor_offset + header.descriptor_bytes;
  header.key_values_bytes = static_cast<std::uint32_t>(key_values.size());

  Level level{};
  // "mipPadding": levels without supercompression are aligned to lcm(texel block size, 4).
  level.offset = aligned(header.key_values_offset + key_values.size(), std::lcm<std::uint64_t>(traits.block_bytes, 4));
  level.bytes = level.uncompressed_bytes = texture.blocks.size();

  std::vector<std::byte> bytes;
  bytes.reserve(level.offset + level.bytes);
  append(bytes, header);
  append(bytes, level);
  append(bytes, descriptor_of(traits));
  bytes.insert(bytes.end(), key_values.begin(), key_values.end());
  bytes.resize(level.offset);
  bytes.insert(bytes.end(), texture.blocks.begin(), texture.blocks.end());
  return bytes;
}

bool is_ktx2(std::span<const std::byte> bytes) {
  return bytes.size() >= identifier.size() &&
         std::ranges::equal(bytes.first(identifier.size()), std::as_bytes(std::span(identifier)));
}

codec::EncodedTexture read_ktx2(std::span<const std::byte> bytes, std::string_view name) {
  const Header header = checked_header(bytes, name);
  const auto level = read_as<Level>(part(bytes, sizeof(Header), sizeof(Level), "level index", name));
  check_descriptor(bytes, header, name);

  codec::EncodedTexture texture;
  texture.format = header.vk_format == vk_bc7_srgb ? codec::TextureFormat::bc7_srgb : codec::TextureFormat::bc7_unorm;
  texture.width = header.width;
  texture.height = header.height;
  const std::uint64_t size = codec::payload_bytes(texture.format, texture.width, texture.height);
  if (level.bytes != size || level.uncompressed_bytes != size) {
    refuse(name, fmt::format("is no sound KTX2 file: its level 0 has {} bytes; {} x {} texels take {}", level.bytes,
                             texture.width, texture.height, size));
  }
  const auto blocks = part(bytes, level.offset, size, "picture", name);
  read_key_values(part(bytes, header.key_values_offset, header.key_values_bytes, "key/value data", name), texture,
                  name);
  texture.blocks.assign(blocks.begin(), blocks.end());
  return texture;
}

}  // namespace txs::artifact
