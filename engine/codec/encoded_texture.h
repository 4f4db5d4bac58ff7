#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace txs::codec {

/// After the Vulkan names of the formats. BC1 is the RGBA one: 3-colour blocks have a transparent entry.
enum class TextureFormat {
  bc1_unorm,
  bc1_srgb,
  bc3_unorm,
  bc3_srgb,
  bc4_unorm,
  bc4_snorm,
  bc5_unorm,
  bc5_snorm,
  bc6h_ufloat,
  bc6h_sfloat,
  bc7_unorm,
  bc7_srgb,
  astc_4x4_unorm,
  astc_4x4_srgb,
  astc_5x4_unorm,
  astc_5x4_srgb,
  astc_5x5_unorm,
  astc_5x5_srgb,
  astc_6x5_unorm,
  astc_6x5_srgb,
  astc_6x6_unorm,
  astc_6x6_srgb,
  astc_8x5_unorm,
  astc_8x5_srgb,
  astc_8x6_unorm,
  astc_8x6_srgb,
  astc_8x8_unorm,
  astc_8x8_srgb,
  astc_10x5_unorm,
  astc_10x5_srgb,
  astc_10x6_unorm,
  astc_10x6_srgb,
  astc_10x8_unorm,
  astc_10x8_srgb,
  astc_10x10_unorm,
  astc_10x10_srgb,
  astc_12x10_unorm,
  astc_12x10_srgb,
  astc_12x12_unorm,
  astc_12x12_srgb,
  astc_4x4_sfloat,
  astc_5x4_sfloat,
  astc_5x5_sfloat,
  astc_6x5_sfloat,
  astc_6x6_sfloat,
  astc_8x5_sfloat,
  astc_8x6_sfloat,
  astc_8x8_sfloat,
  astc_10x5_sfloat,
  astc_10x6_sfloat,
  astc_10x8_sfloat,
  astc_10x10_sfloat,
  astc_12x10_sfloat,
  astc_12x12_sfloat,
};
inline constexpr std::size_t texture_format_count = 54;

constexpr bool is_astc(TextureFormat format) { return format >= TextureFormat::astc_4x4_unorm; }

/// Where an artifact came from, kept inside it where the container has room.
struct Provenance {
  std::string codec, preset, version, device;
  std::map<std::string, std::string> parameters;
  std::uint64_t seed = 0;
  std::uint64_t steps = 0;
};

/// The bits of a texture: what containers write and read, and what decoders decode.
struct EncodedTexture {
  TextureFormat format = TextureFormat::bc7_unorm;
  std::uint32_t width = 0, height = 0;  ///< texels; blocks beyond the edge are replicated texels
  std::vector<std::byte> blocks;        ///< of level 0: row-major, top left first, traits(format).block_bytes each
  /// Levels 1, 2, ...: sides halved each time, rounded down, at least 1. Empty: the texture has no mip chain.
  std::vector<std::vector<std::byte>> mips;
  bool opaque = false;                  ///< the source has no alpha: every texel decodes to 255
  bool premultiplied = false;           ///< a file said so: colour is shown as stored, multiplied by alpha
  bool range_open = false;              ///< a file does not say whether it is LDR or HDR (.astc): see codec::settle
  Provenance provenance;
};

struct FormatTraits {
  std::string_view name;         ///< "BC7_UNORM"
  std::uint32_t block_width, block_height, block_bytes;
  std::uint32_t channels;        ///< that it holds: 1 red, 2 red and green, 3 RGB, 4 RGBA
  bool srgb;                     ///< its bytes are sRGB-encoded; otherwise linear, or data
  bool is_signed;                ///< values are in [-1, 1], of those that are `hdr` of any sign
  bool hdr;                      ///< decodes to half floats
};
const FormatTraits& traits(TextureFormat format);

/// Bytes of the blocks of a width x height texture.
std::uint64_t payload_bytes(TextureFormat format, std::uint32_t width, std::uint32_t height);

/// A side of mip level `level`, of the side of level 0; and how many levels there are until both sides are 1.
std::uint32_t level_side(std::uint32_t side, std::uint32_t level);
std::uint32_t full_level_count(std::uint32_t width, std::uint32_t height);

/// The levels that are there, and the blocks of one of them.
std::uint32_t level_count(const EncodedTexture& texture);
const std::vector<std::byte>& level_blocks(const EncodedTexture& texture, std::uint32_t level);

}  // namespace txs::codec
