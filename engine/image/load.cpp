#include "image/load.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstring>
#include <new>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "core/half.h"
#include "core/log.h"
#include "image/formats/format.h"

namespace txs {
namespace {

/// Bytes of a decoded texel at the most that the header leaves open.
std::int64_t max_texel_size(const ImageHeader& header) {
  return header.max_channels * static_cast<std::int64_t>(sample_size(header.samples));
}

void require_readable_size(const ImageHeader& header, const ImageFormat& format, std::size_t file_size) {
  const std::string claim =
      "claims " + std::to_string(header.width) + " x " + std::to_string(header.height) + " texels; ";
  if (header.width < 1 || header.height < 1) throw Unreadable(claim + "an image has at least 1 x 1");
  if (header.width > max_image_side || header.height > max_image_side)
    throw Unreadable(claim + "at most " + std::to_string(max_image_side) + " a side are read");
  const std::int64_t texels = header.width * header.height;
  if (texels * max_texel_size(header) > max_image_bytes)
    throw Unreadable(claim + "at " + std::to_string(max_texel_size(header)) + " bytes each they exceed the " +
                     std::to_string(max_image_bytes) + " that are read");
  if (texels / format.max_texels_a_byte > static_cast<std::int64_t>(file_size)) throw Unreadable("is truncated");
}

template <class Sample>
bool has_transparency(const Image& image, Sample opaque) {
  const std::size_t channels = static_cast<std::size_t>(image.channels);
  for (std::size_t texel = 0; texel < image.pixel_count(); ++texel) {
    Sample alpha;
    std::memcpy(&alpha, image.pixels.data() + (texel * channels + channels - 1) * sizeof(Sample), sizeof(Sample));
    if (alpha != opaque) return true;
  }
  return false;
}

bool has_transparency(const Image& image) {
  switch (image.samples) {
    case SampleType::u8: return has_transparency<std::uint8_t>(image, 255);
    case SampleType::u16: return has_transparency<std::uint16_t>(image, 65535);
    case SampleType::f32: return has_transparency<float>(image, 1);
  }
  return false;
}

Alpha meaning_of_alpha(const Image& image) {
  return image.channels % 2 == 0 && has_transparency(image) ? Alpha::straight : Alpha::none;
}

/// Puts numbers in the place of what is none, and tells of it.
void make_finite(Image& image) {
  std::size_t no_numbers = 0, infinite = 0;
  for (std::size_t i = 0; i < image.pixels.size(); i += sizeof(float)) {
    float value;
    std::memcpy(&value, image.pixels.data() + i, sizeof(value));
    if (std::isfinite(value)) continue;
    ++(std::isnan(value) ? no_numbers : infinite);
    value = std::isnan(value) ? 0 : std::copysign(largest_half, value);
    std::memcpy(image.pixels.data() + i, &value, sizeof(value));
  }
  if (no_numbers > 0) image.note = std::to_string(no_numbers) + " of its values are no numbers (NaN) and taken as 0";
  if (infinite > 0)
    image.note += (image.note.empty() ? "" : "; ") + std::to_string(infinite) +
                  " of its values are infinite and taken as 65504, the largest half float";
}

Image decode(std::span<const std::byte> file) {
  if (file.empty()) throw Unreadable("is empty");
  const ImageFormat& format = recognise_format(file);
  const ImageHeader header = format.read_header(file);
  require_readable_size(header, format, file.size());
  if (format.check_body != nullptr) format.check_body(file);
  Image image = format.decode(file, header);
  if (image.is_hdr()) make_finite(image);
  image.colour_space = image.is_hdr() ? ColourSpace::linear : ColourSpace::srgb;
  image.alpha = meaning_of_alpha(image);
  return image;
}

}  // namespace

Image decode_image(std::span<const std::byte> file, std::string_view name) {
  try {
    return decode(file);
  } catch (const Unreadable& why) {
    throw Error(Fault::input, std::string(name) + ": " + why.what());
  } catch (const std::bad_alloc&) {
    throw Error(Fault::internal, std::string(name) + ": does not fit into the memory that is free");
  }
}

Image load_image(const std::filesystem::path& path) {
  Image image = decode_image(read_file(path), path.string());
  if (!image.note.empty()) say(Severity::warning, path.string() + ": " + image.note);
  return image;
}

bool has_image_extension(const std::filesystem::path& path) {
  static constexpr std::array<std::string_view, 9> extensions = {".png", ".jpg", ".jpeg", ".bmp",
                                                                 ".tga", ".psd", ".hdr",  ".exr",  ".jpe"};
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

}  // namespace txs
