#pragma once
#include <cstddef>
#include <filesystem>
#include <vector>

#include "image/image.h"

namespace txs {

/// Writes an 8-bit PNG, RGB if every alpha is 255 and RGBA otherwise; whole or not at all. Throws Error(internal).
void save_png(const std::filesystem::path& path, const Rgba8Image& image);
std::vector<std::byte> encode_png(const Rgba8Image& image);

}  // namespace txs
