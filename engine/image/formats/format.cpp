#include "image/formats/format.h"

#include <array>
#include <cstring>

namespace txs {

bool starts_with(std::span<const std::byte> file, std::string_view magic) {
  return file.size() >= magic.size() && std::memcmp(file.data(), magic.data(), magic.size()) == 0;
}

const ImageFormat& recognise_format(std::span<const std::byte> file) {
  // TGA last: it has no magic number, only fields that must make sense together.
  static constexpr std::array formats = {&png_format, &jpeg_format, &bmp_format, &psd_format,
                                         &hdr_format, &exr_format,  &tga_format};
  for (const ImageFormat* format : formats)
    if (format->recognises(file)) return *format;
  throw Unreadable("is no image that can be read (PNG, JPEG, BMP, TGA, PSD, HDR, EXR)");
}

}  // namespace txs
