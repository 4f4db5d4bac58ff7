#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "image/image.h"

namespace txs {

/// Reads PNG, JPEG, BMP, TGA, PSD, Radiance HDR or OpenEXR, told apart by their bytes. 16-bit PNG and PSD keep their
/// samples; HDR becomes f32 RGB, finite and not negative, as RGBE cannot say otherwise. Channels stay as the file has
/// them (palettes become RGB or RGBA); Alpha::straight only if some texel is not opaque.
///
/// EXR: one flat part of scanlines or tiles (of which the first level is read), half or float, any compression; R, G, B
/// and A, or Y and A, of the data window, other channels left out. It becomes f32 and finite, and may be negative: NaN
/// becomes 0 and infinity +-65504, which Image::note tells and load_image says. EXR holds colours times alpha: they are
/// divided by it.
///
/// Colour: 8 and 16-bit samples are taken as sRGB, f32 as linear with Rec. 709 primaries; gAMA, iCCP, ICC profiles, the
/// orientation in EXIF, EXPOSURE lines and chromaticities are not applied, so that texels come out as they are stored.
///
/// Throws Error(input), one line with the path: no such file, no image, a variant that is not read, truncated, damaged,
/// or larger than max_image_side or max_image_bytes (seen in the header, before anything is allocated); Error(internal)
/// when memory runs out.
Image load_image(const std::filesystem::path& path);

/// The same from memory; `name` stands for the path in messages.
Image decode_image(std::span<const std::byte> file, std::string_view name);

/// True if the file name ends like an image that load_image reads (used to pick files out of a dropped folder).
bool has_image_extension(const std::filesystem::path& path);

}  // namespace txs
