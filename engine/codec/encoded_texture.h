#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace txs::codec {

enum class TextureFormat { bc7_unorm, bc7_srgb };

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
  std::vector<std::byte> blocks;        ///< row-major, top left first, block_bytes(format) each
  bool opaque = false;                  ///< the source has no alpha: every texel decodes to 255
  Provenance provenance;
};

struct FormatTraits {
  std::string_view name;         ///< "BC7_UNORM"
  std::uint32_t block_width, block_height, block_bytes;
  bool srgb;
};
const FormatTraits& traits(TextureFormat format);

/// Bytes of the blocks of a width x height texture.
std::uint64_t payload_bytes(TextureFormat format, std::uint32_t width, std::uint32_t height);

}  // namespace txs::codec
