#pragma once
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "image/image.h"

namespace txs {

/// Reads PNG, JPEG, BMP, TGA, PSD or Radiance HDR. 16-bit PNG and PSD keep their samples, HDR becomes f32.
/// Alpha::straight only if some texel is not opaque. Throws Error(input), one line with the path: no such file, no image,
/// truncated, or larger than max_image_side / max_image_pixels (checked on the header, before anything is allocated).
Image load_image(const std::filesystem::path& path);

/// The same from memory; `name` stands for the path in messages.
Image decode_image(std::span<const std::byte> bytes, std::string_view name);

/// True if the file name ends like an image that load_image reads (used to pick files out of a dropped folder).
bool has_image_extension(const std::filesystem::path& path);

}  // namespace txs
