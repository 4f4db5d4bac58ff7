// The .astc file: sixteen bytes of header, then the blocks of one picture (astc-encoder, Docs/FileFormat.md). It says
// nothing of colour space: files are taken as sRGB, as most tools take them. Nor does it say whether they are of the LDR or
// of the HDR profile, which is left open.
#include <cstring>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "artifact/container.h"
#include "artifact/container_parts.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

constexpr std::array<std::uint8_t, 4> magic{0x13, 0xab, 0xa1, 0x5c};

struct Header {
  std::array<std::uint8_t, 4> magic;
  std::array<std::uint8_t, 3> block;                 // texels
  std::array<std::array<std::uint8_t, 3>, 3> sides;  // texels across, down and deep, lowest byte first
};
static_assert(sizeof(Header) == 16);

constexpr std::uint32_t side_of(const std::array<std::uint8_t, 3>& bytes) {
  return bytes[0] | std::uint32_t(bytes[1]) << 8 | std::uint32_t(bytes[2]) << 16;
}

std::array<std::uint8_t, 3> bytes_of(std::uint32_t side) {
  return {std::uint8_t(side), std::uint8_t(side >> 8), std::uint8_t(side >> 16)};
}

codec::TextureFormat format_of(const Header& header, std::string_view name) {
  for (std::size_t i = 0; i < codec::texture_format_count; ++i) {
    const auto format = codec::TextureFormat(i);
    const codec::FormatTraits& traits = codec::traits(format);
    if (codec::is_astc(format) && traits.srgb && traits.block_width == header.block[0] &&
        traits.block_height == header.block[1])
      return format;
  }
  refuse(name, fmt::format("has blocks of {} x {} texels; ASTC's 2D sizes from 4x4 to 12x12 are read", header.block[0],
                           header.block[1]));
}

}  // namespace

const std::uint64_t astc_header_bytes = sizeof(Header);

bool is_astc_file(std::span<const std::byte> bytes) {
  return bytes.size() >= magic.size() && std::ranges::equal(bytes.first(magic.size()), std::as_bytes(std::span(magic)));
}

std::vector<std::byte> write_astc(const codec::EncodedTexture& texture) {
  if (!codec::is_astc(texture.format))
    throw Error(Fault::usage,
                fmt::format(".astc holds no {}; write .dds or .ktx2", codec::traits(texture.format).name));
  if (!texture.mips.empty()) throw Error(Fault::usage, ".astc holds no mip chain; write .ktx2");
  const codec::FormatTraits& traits = codec::traits(texture.format);
  const Header header{magic,
                      {std::uint8_t(traits.block_width), std::uint8_t(traits.block_height), 1},
                      {bytes_of(texture.width), bytes_of(texture.height), bytes_of(1)}};
  std::vector<std::byte> bytes(sizeof header + texture.blocks.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  std::ranges::copy(texture.blocks, bytes.begin() + sizeof header);
  return bytes;
}

codec::EncodedTexture read_astc(std::span<const std::byte> bytes, std::string_view name) {
  const auto header = read_as<Header>(part(bytes, 0, sizeof(Header), "header", name));
  const std::uint32_t deep = side_of(header.sides[2]);
  if (header.block[2] != 1 || deep != 1)
    refuse(name, fmt::format("is a volume of {} slices in blocks of {}; 2D pictures are read", deep, header.block[2]));
  codec::EncodedTexture texture;
  texture.format = format_of(header, name);
  texture.range_open = true;
  texture.width = side_of(header.sides[0]);
  texture.height = side_of(header.sides[1]);
  check_size(texture.width, texture.height, name);
  add_level(texture, part(bytes, sizeof(Header), level_bytes(texture, 0), "blocks", name));
  return texture;
}

}  // namespace txs::artifact
