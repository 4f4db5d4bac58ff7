// OpenEXR files for tests: made byte by byte after the file layout, and by the OpenEXR library in each of its forms.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "image_files.h"

namespace txs::test {

/// An uncompressed file of scanlines, float samples. Fields are what the file claims.
struct ExrFields {
  int width = 0, height = 0;
  std::array<std::int32_t, 2> corner{};  ///< of the data window
  std::vector<std::string> channels = {"B", "G", "R"};  ///< in the order of the file: by name
  std::vector<float> samples;  ///< row by row, channel by channel, texel by texel
  std::uint32_t version = 2;   ///< with its flags
  std::uint8_t compression = 0;
  std::uint32_t x_sampling = 1;
  Bytes more_attributes = {};
};
Bytes exr_file(const ExrFields& fields);
Bytes exr_attribute(std::string_view name, std::string_view type, const Bytes& value);

/// What the library can make of a picture of so many channels (Y, YA, RGB, RGBA).
struct ExrForm {
  std::string name;
  int compression = 0;  ///< Imf::Compression
  bool half = true, tiled = false, mip_mapped = false;
};
Bytes exr_by_library(int width, int height, int channels, const std::vector<float>& samples, const ExrForm& form);
/// Every compression, as scanlines and as tiles.
std::vector<ExrForm> exr_forms();

}  // namespace txs::test
