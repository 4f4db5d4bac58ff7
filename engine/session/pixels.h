#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "image/image.h"

namespace txs::session {

/// The texels of an rgba8 texture that was read back, tightly packed, as a picture.
inline Rgba8Image picture_from(std::span<const std::byte> texels, std::uint32_t width, std::uint32_t height) {
  Rgba8Image picture{static_cast<int>(width), static_cast<int>(height), std::vector<std::uint8_t>(texels.size())};
  std::memcpy(picture.texels.data(), texels.data(), texels.size());
  return picture;
}

/// The same of an rgba16f texture.
inline Rgba16fImage light_from(std::span<const std::byte> texels, std::uint32_t width, std::uint32_t height) {
  Rgba16fImage light{static_cast<int>(width), static_cast<int>(height),
                     std::vector<std::uint16_t>(texels.size() / sizeof(std::uint16_t))};
  std::memcpy(light.texels.data(), texels.data(), texels.size());
  return light;
}

}  // namespace txs::session
