#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "image/formats/format.h"

namespace txs {

/// What the header of a single-part flat EXR says, checked against itself and the file's size.
struct ExrHeader {
  std::int64_t x_min = 0, y_min = 0;  ///< of the data window, whose texels are the picture
  std::int64_t width = 0, height = 0;
  bool tiled = false;
  std::vector<std::string> channels;  ///< those of the picture in their order: R G B, R G B A, Y or Y A
  std::size_t size = 0;               ///< bytes from the file's beginning to the tables behind the header
  /// Where the type names of those attributes begin that say nothing of the texels.
  std::vector<std::size_t> other_attribute_types;
};

/// Throws Unreadable as ImageFormat::read_header.
ExrHeader parse_exr_header(std::span<const std::byte> file);

}  // namespace txs
