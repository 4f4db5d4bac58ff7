#include "image/save.h"

#include <zlib.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

/// zlib's deflate for stb_image_write in place of its own, which is slower and packs less.
/// Level 3: photographs come out up to 6 % larger than at zlib's default of 6, in a third to a half of the time.
constexpr int deflate_level = 3;

unsigned char* deflate_for_stb(unsigned char* data, int size, int* packed_size, int) {
  uLongf capacity = compressBound(static_cast<uLong>(size));
  auto* packed = static_cast<unsigned char*>(std::malloc(capacity));
  if (packed != nullptr && compress2(packed, &capacity, data, static_cast<uLong>(size), deflate_level) == Z_OK) {
    *packed_size = static_cast<int>(capacity);
    return packed;
  }
  std::free(packed);
  return nullptr;
}

}  // namespace
}  // namespace txs

#define STBIW_ZLIB_COMPRESS txs::deflate_for_stb
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

namespace txs {
namespace {

bool is_opaque(const Rgba8Image& image) {
  for (std::size_t i = 3; i < image.texels.size(); i += 4)
    if (image.texels[i] != 255) return false;
  return true;
}

std::vector<std::uint8_t> without_alpha(const Rgba8Image& image) {
  std::vector<std::uint8_t> rgb;
  rgb.reserve(image.pixel_count() * 3);
  for (std::size_t i = 0; i < image.texels.size(); i += 4)
    rgb.insert(rgb.end(), image.texels.begin() + std::ptrdiff_t(i), image.texels.begin() + std::ptrdiff_t(i + 3));
  return rgb;
}

}  // namespace

std::vector<std::byte> encode_png(const Rgba8Image& image) {
  const bool opaque = is_opaque(image);
  const std::vector<std::uint8_t> rgb = opaque ? without_alpha(image) : std::vector<std::uint8_t>();
  int size = 0;
  const std::unique_ptr<unsigned char, decltype(&std::free)> file(
      stbi_write_png_to_mem(opaque ? rgb.data() : image.texels.data(), 0, image.width, image.height, opaque ? 3 : 4,
                            &size),
      &std::free);
  if (file == nullptr)
    throw Error(Fault::internal, "a PNG of " + std::to_string(image.width) + " x " + std::to_string(image.height) +
                                     " does not fit into memory");
  const auto* bytes = reinterpret_cast<const std::byte*>(file.get());
  return {bytes, bytes + size};
}

void save_png(const std::filesystem::path& path, const Rgba8Image& image) { write_file(path, encode_png(image)); }

}  // namespace txs
