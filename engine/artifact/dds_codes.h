#pragma once
#include <cstdint>
#include <string_view>

#include "codec/encoded_texture.h"

/// How DDS files name their formats: by DXGI_FORMAT behind the DX10 header, by four letters in the old one.
namespace txs::artifact {

constexpr std::uint32_t four_cc(const char (&text)[5]) {
  return std::uint32_t(std::uint8_t(text[0])) | std::uint32_t(std::uint8_t(text[1])) << 8 |
         std::uint32_t(std::uint8_t(text[2])) << 16 | std::uint32_t(std::uint8_t(text[3])) << 24;
}

/// What refusals of other formats say is read.
inline constexpr std::string_view readable_in_dds = "BC1 and BC3 to BC7 are";

/// Throws Error(usage) for ASTC, which DXGI has no codes for.
std::uint32_t dxgi_format_of(codec::TextureFormat format);

/// Refuses what is none of ours. A typeless code is read where only sRGB or not is open, since values are kept as stored.
codec::TextureFormat format_of_dxgi(std::uint32_t dxgi_format, std::string_view name);

struct OldFormat {
  codec::TextureFormat format;
  bool premultiplied;
};
/// After the names that DirectX SDKs and tools have given them. Nothing there tells sRGB from linear: UNORM is meant.
OldFormat format_of_four_cc(std::uint32_t code, std::string_view name);

}  // namespace txs::artifact
