#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "artifact/container.h"
#include "artifact/container_parts.h"
#include "core/version.h"

/// DDS after Microsoft, "Programming Guide for DDS" and "DDS_HEADER_DXT10 structure".
namespace txs::artifact {
namespace {

constexpr std::uint32_t four_cc(const char (&text)[5]) {
  return std::uint32_t(std::uint8_t(text[0])) | std::uint32_t(std::uint8_t(text[1])) << 8 |
         std::uint32_t(std::uint8_t(text[2])) << 16 | std::uint32_t(std::uint8_t(text[3])) << 24;
}

struct PixelFormat {
  std::uint32_t size, flags, code, bits;
  std::array<std::uint32_t, 4> masks;
};

struct Header {
  std::uint32_t magic;
  std::uint32_t size;  ///< from here to reserved2
  std::uint32_t flags, height, width, linear_size, depth, level_count;
  std::array<std::uint32_t, 11> reserved1;
  PixelFormat pixel_format;
  std::uint32_t caps, caps2, caps3, caps4, reserved2;
};

/// Directly behind Header where the pixel format's code is "DX10".
struct HeaderDx10 {
  std::uint32_t dxgi_format, dimension, misc, array_size, misc2;
};

static_assert(sizeof(Header) == 128 && sizeof(HeaderDx10) == 20);

constexpr std::uint32_t magic = four_cc("DDS ");
constexpr std::uint32_t dx10 = four_cc("DX10");
constexpr std::uint32_t header_size = 124, pixel_format_size = 32;
constexpr std::uint64_t headers_bytes = sizeof(Header) + sizeof(HeaderDx10);

constexpr std::uint32_t flag_caps = 0x1, flag_height = 0x2, flag_width = 0x4, flag_pixel_format = 0x1000,
                        flag_linear_size = 0x80000;
constexpr std::uint32_t pixel_format_has_code = 0x4;
constexpr std::uint32_t caps_texture = 0x1000;
constexpr std::uint32_t caps2_cube_map = 0x200, caps2_volume = 0x200000;
constexpr std::uint32_t dimension_2d = 3;
constexpr std::uint32_t misc_cube_map = 0x4;
constexpr std::uint32_t alpha_mode_mask = 0x7, alpha_straight = 1, alpha_opaque = 3;

constexpr std::uint32_t bc7_typeless = 97, bc7_unorm = 98, bc7_srgb = 99;

/// Writers sign in the last two words of reserved1: a four-letter mark, then the version, a byte a part.
constexpr std::uint32_t maker = four_cc("TXSC");
constexpr std::size_t maker_word = 9, version_word = 10;

std::uint32_t pack_version(std::string_view text) {
  std::array<std::uint32_t, 3> parts{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::uint32_t& part : parts) {
    at = std::from_chars(at, end, part).ptr;
    if (at != end) ++at;  // the dot
  }
  return parts[0] << 16 | parts[1] << 8 | parts[2];
}

std::string unpack_version(std::uint32_t packed) {
  return fmt::format("{}.{}.{}", packed >> 16, packed >> 8 & 0xff, packed & 0xff);
}

std::string printable(std::uint32_t code) {
  std::string text;
  for (int i = 0; i < 4; ++i) {
    const auto letter = static_cast<char>(code >> (8 * i) & 0xff);
    text += letter > ' ' && letter < 127 ? letter : '.';
  }
  return text;
}

codec::TextureFormat format_of(std::uint32_t dxgi_format, std::string_view name) {
  switch (dxgi_format) {
    case bc7_typeless:  // the reader's choice; values as stored need no conversion
    case bc7_unorm: return codec::TextureFormat::bc7_unorm;
    case bc7_srgb: return codec::TextureFormat::bc7_srgb;
    default: refuse(name, fmt::format("DXGI format {} is not read; 97, 98 and 99 (BC7) are", dxgi_format));
  }
}

Header checked_header(std::span<const std::byte> bytes, std::string_view name) {
  const auto header = read_as<Header>(part(bytes, 0, sizeof(Header), "DDS header", name));
  if (header.size != header_size) {
    refuse(name, fmt::format("is no sound DDS file: header size {} instead of {}", header.size, header_size));
  }
  if (header.pixel_format.size != pixel_format_size) {
    refuse(name, fmt::format("is no sound DDS file: pixel format size {} instead of {}", header.pixel_format.size,
                             pixel_format_size));
  }
  if (!(header.pixel_format.flags & pixel_format_has_code)) {
    refuse(name, "is an uncompressed DDS file; BC7 behind a DX10 header is read");
  }
  if (header.pixel_format.code != dx10) {
    refuse(name, fmt::format("is a DDS file of format '{}'; BC7 behind a DX10 header is read",
                             printable(header.pixel_format.code)));
  }
  check_size(header.width, header.height, name);
  check_level_count(header.level_count, header.width, header.height, name);
  return header;
}

void check_shape(const Header& header, const HeaderDx10& extension, std::string_view name) {
  if (header.caps2 & caps2_cube_map || extension.misc & misc_cube_map)
    refuse(name, "is a cube map; 2D textures are read");
  if (header.caps2 & caps2_volume) refuse(name, "is a volume texture; 2D textures are read");
  if (extension.dimension != dimension_2d) {
    refuse(name, fmt::format("has resource dimension {}; {} (2D) is read", extension.dimension, dimension_2d));
  }
  if (extension.array_size != 1) {
    refuse(name, fmt::format("is an array of {} textures; a single one is read", extension.array_size));
  }
}

/// Level 0 comes first; a sound file holds the others too.
void check_lower_levels(std::span<const std::byte> bytes, const Header& header, codec::TextureFormat format,
                        std::string_view name) {
  std::uint64_t size = 0;
  for (std::uint32_t level = 0; level < header.level_count; ++level) {
    size += codec::payload_bytes(format, std::max(1u, header.width >> level), std::max(1u, header.height >> level));
  }
  part(bytes, headers_bytes, size, fmt::format("chain of {} mip levels", header.level_count), name);
}

}  // namespace

std::uint64_t dds_header_bytes() { return headers_bytes; }

std::vector<std::byte> write_dds(const codec::EncodedTexture& texture) {
  assert(texture.blocks.size() == codec::payload_bytes(texture.format, texture.width, texture.height));
  Header header{};
  header.magic = magic;
  header.size = header_size;
  header.flags = flag_caps | flag_height | flag_width | flag_pixel_format | flag_linear_size;
  header.height = texture.height;
  header.width = texture.width;
  header.linear_size = static_cast<std::uint32_t>(texture.blocks.size());
  header.level_count = 1;
  header.reserved1[maker_word] = maker;
  header.reserved1[version_word] = pack_version(version);
  header.pixel_format.size = pixel_format_size;
  header.pixel_format.flags = pixel_format_has_code;
  header.pixel_format.code = dx10;
  header.caps = caps_texture;

  HeaderDx10 extension{};
  extension.dxgi_format = codec::traits(texture.format).srgb ? bc7_srgb : bc7_unorm;
  extension.dimension = dimension_2d;
  extension.array_size = 1;
  extension.misc2 = texture.opaque ? alpha_opaque : alpha_straight;

  std::vector<std::byte> bytes;
  bytes.reserve(headers_bytes + texture.blocks.size());
  append(bytes, header);
  append(bytes, extension);
  bytes.insert(bytes.end(), texture.blocks.begin(), texture.blocks.end());
  return bytes;
}

bool is_dds(std::span<const std::byte> bytes) {
  return bytes.size() >= sizeof(magic) && read_as<std::uint32_t>(bytes) == magic;
}

codec::EncodedTexture read_dds(std::span<const std::byte> bytes, std::string_view name) {
  const Header header = checked_header(bytes, name);
  const auto extension = read_as<HeaderDx10>(part(bytes, sizeof(Header), sizeof(HeaderDx10), "DX10 header", name));
  check_shape(header, extension, name);

  codec::EncodedTexture texture;
  texture.format = format_of(extension.dxgi_format, name);
  texture.width = header.width;
  texture.height = header.height;
  texture.opaque = (extension.misc2 & alpha_mode_mask) == alpha_opaque;
  check_lower_levels(bytes, header, texture.format, name);
  const std::uint64_t size = codec::payload_bytes(texture.format, texture.width, texture.height);
  const auto blocks = part(bytes, headers_bytes, size, "picture", name);
  texture.blocks.assign(blocks.begin(), blocks.end());
  if (header.reserved1[maker_word] == maker)
    texture.provenance.version = unpack_version(header.reserved1[version_word]);
  return texture;
}

}  // namespace txs::artifact
