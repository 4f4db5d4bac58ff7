#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "artifact/container.h"
#include "artifact/container_parts.h"
#include "artifact/dds_codes.h"
#include "core/version.h"

/// DDS after Microsoft, "Programming Guide for DDS" and "DDS_HEADER_DXT10 structure".
namespace txs::artifact {
namespace {

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
                        flag_level_count = 0x20000, flag_linear_size = 0x80000;
constexpr std::uint32_t pixel_format_has_code = 0x4;
constexpr std::uint32_t caps_complex = 0x8, caps_texture = 0x1000, caps_mip_map = 0x400000;
constexpr std::uint32_t caps2_cube_map = 0x200, caps2_volume = 0x200000;
constexpr std::uint32_t dimension_2d = 3;
constexpr std::uint32_t misc_cube_map = 0x4;
constexpr std::uint32_t alpha_mode_mask = 0x7, alpha_straight = 1, alpha_premultiplied = 2,
                        alpha_opaque = 3;

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
    refuse(name, fmt::format("is an uncompressed DDS file, which is not read; {}", readable_in_dds));
  }
  if (header.caps2 & caps2_cube_map) refuse(name, "is a cube map; 2D textures are read");
  if (header.caps2 & caps2_volume) refuse(name, "is a volume texture; 2D textures are read");
  check_size(header.width, header.height, name);
  check_level_count(header.level_count, header.width, header.height, name);
  return header;
}

void check_shape(const HeaderDx10& extension, std::string_view name) {
  if (extension.misc & misc_cube_map) refuse(name, "is a cube map; 2D textures are read");
  if (extension.dimension != dimension_2d) {
    refuse(name, fmt::format("has resource dimension {}; {} (2D) is read", extension.dimension, dimension_2d));
  }
  if (extension.array_size != 1) {
    refuse(name, fmt::format("is an array of {} textures; a single one is read", extension.array_size));
  }
}

/// Takes the format and the meaning of alpha into `texture`; returns where the blocks begin.
std::uint64_t read_format(std::span<const std::byte> bytes, const Header& header, codec::EncodedTexture& texture,
                          std::string_view name) {
  if (header.pixel_format.code != dx10) {
    const OldFormat old = format_of_four_cc(header.pixel_format.code, name);
    texture.format = old.format;
    texture.premultiplied = old.premultiplied;
    return sizeof(Header);
  }
  const auto extension = read_as<HeaderDx10>(part(bytes, sizeof(Header), sizeof(HeaderDx10), "DX10 header", name));
  check_shape(extension, name);
  texture.format = format_of_dxgi(extension.dxgi_format, name);
  texture.opaque = (extension.misc2 & alpha_mode_mask) == alpha_opaque;
  texture.premultiplied = (extension.misc2 & alpha_mode_mask) == alpha_premultiplied;
  return headers_bytes;
}

/// The levels follow each other without gaps, level 0 first.
void read_levels(std::span<const std::byte> bytes, std::uint64_t offset, std::uint32_t levels,
                 codec::EncodedTexture& texture, std::string_view name) {
  const std::string what = levels == 1 ? "picture" : fmt::format("chain of {} mip levels", levels);
  auto rest = part(bytes, offset, chain_bytes(texture, levels), what, name);
  for (std::uint32_t level = 0; level < levels; ++level) {
    const std::uint64_t size = level_bytes(texture, level);
    add_level(texture, rest.first(size));
    rest = rest.subspan(size);
  }
}

std::uint32_t alpha_mode(const codec::EncodedTexture& texture) {
  if (texture.opaque || codec::traits(texture.format).channels < 4) return alpha_opaque;
  return texture.premultiplied ? alpha_premultiplied : alpha_straight;
}

Header header_of(const codec::EncodedTexture& texture) {
  Header header{};
  header.magic = magic;
  header.size = header_size;
  header.flags = flag_caps | flag_height | flag_width | flag_pixel_format | flag_linear_size;
  header.height = texture.height;
  header.width = texture.width;
  header.linear_size = static_cast<std::uint32_t>(texture.blocks.size());
  header.level_count = codec::level_count(texture);
  header.reserved1[maker_word] = maker;
  header.reserved1[version_word] = pack_version(version);
  header.pixel_format.size = pixel_format_size;
  header.pixel_format.flags = pixel_format_has_code;
  header.pixel_format.code = dx10;
  header.caps = caps_texture;
  if (header.level_count > 1) {
    header.flags |= flag_level_count;
    header.caps |= caps_complex | caps_mip_map;
  }
  return header;
}

}  // namespace

const std::uint64_t dds_header_bytes = headers_bytes;

std::vector<std::byte> write_dds(const codec::EncodedTexture& texture) {
  assert(is_whole(texture));
  HeaderDx10 extension{};
  extension.dxgi_format = dxgi_format_of(texture.format);
  extension.dimension = dimension_2d;
  extension.array_size = 1;
  extension.misc2 = alpha_mode(texture);

  const std::uint32_t levels = codec::level_count(texture);
  std::vector<std::byte> bytes;
  bytes.reserve(headers_bytes + chain_bytes(texture, levels));
  append(bytes, header_of(texture));
  append(bytes, extension);
  for (std::uint32_t level = 0; level < levels; ++level)
    append_bytes(bytes, codec::level_blocks(texture, level));
  return bytes;
}

bool is_dds(std::span<const std::byte> bytes) {
  return bytes.size() >= sizeof(magic) && read_as<std::uint32_t>(bytes) == magic;
}

codec::EncodedTexture read_dds(std::span<const std::byte> bytes, std::string_view name) {
  const Header header = checked_header(bytes, name);
  codec::EncodedTexture texture;
  texture.width = header.width;
  texture.height = header.height;
  const std::uint64_t offset = read_format(bytes, header, texture, name);
  texture.opaque = texture.opaque || codec::traits(texture.format).channels < 4;
  read_levels(bytes, offset, std::max(1u, header.level_count), texture, name);
  if (header.reserved1[maker_word] == maker)
    texture.provenance.version = unpack_version(header.reserved1[version_word]);
  return texture;
}

}  // namespace txs::artifact
