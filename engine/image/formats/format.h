#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

#include "image/image.h"

namespace txs {

/// Why bytes are no image that we read; without the file's name, which load.cpp puts before it.
class Unreadable : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a file's header claims. Read before anything is allocated, so nothing here is to be trusted yet.
struct ImageHeader {
  std::int64_t width = 0;
  std::int64_t height = 0;
  SampleType samples = SampleType::u8;
  int max_channels = 4;  ///< what decoding can give
  int channels = 0;      ///< what the decoder is asked for; 0: what it finds
};

/// A file format: how its files are told from others, what their headers claim, and what a decoder must not be given.
struct ImageFormat {
  bool (*recognises)(std::span<const std::byte> file);
  /// Throws Unreadable if the header is cut short, contradicts itself, or asks for a variant that is not read.
  ImageHeader (*read_header)(std::span<const std::byte> file);
  /// Throws Unreadable if what follows the header is cut short or damaged. Null: the decoder finds out by itself.
  void (*check_body)(std::span<const std::byte> file);
  /// No file of this format packs more texels into a byte: a larger claim is refused before it is allocated.
  std::int64_t max_texels_a_byte;
  /// The texels of a file whose header was checked. Throws Unreadable: truncated or damaged.
  Image (*decode)(std::span<const std::byte> file, const ImageHeader& header);
};

extern const ImageFormat png_format, jpeg_format, bmp_format, tga_format, psd_format, hdr_format, exr_format;

/// The format of a file by its first bytes. Throws Unreadable for none.
const ImageFormat& recognise_format(std::span<const std::byte> file);

bool starts_with(std::span<const std::byte> file, std::string_view magic);

}  // namespace txs
