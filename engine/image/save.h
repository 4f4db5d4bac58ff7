#pragma once
#include <cstddef>
#include <filesystem>
#include <vector>

#include "image/image.h"
#include "image/tone_map.h"

namespace txs {

/// Writes an 8-bit PNG, RGB if every alpha is 255 and RGBA otherwise; whole or not at all. Throws Error(internal).
void save_png(const std::filesystem::path& path, const Rgba8Image& image);
std::vector<std::byte> encode_png(const Rgba8Image& image);

/// Writes linear light as OpenEXR: half floats, bit for bit, ZIP; with A and colours times alpha if any alpha is not 1.
/// Throws Error(internal).
void save_exr(const std::filesystem::path& path, const Rgba16fImage& image);
std::vector<std::byte> encode_exr(const Rgba16fImage& image);

/// By the extension: .exr, .hdr, or .png of the light as it is shown. Throws Error(usage) for another, Error(internal).
void save_light(const std::filesystem::path& path, const Rgba16fImage& image, const Exposure& exposure,
                ToneCurve curve = ToneCurve::reinhard);

/// Writes Radiance RGBE: three mantissas of 8 bits and their common exponent, to nearest. Negative values become 0;
/// alpha is left out. Throws Error(internal).
void save_hdr(const std::filesystem::path& path, const Rgba16fImage& image);
std::vector<std::byte> encode_hdr(const Rgba16fImage& image);

}  // namespace txs
