#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "artifact/network_shape.h"

/// The codecs of others that stage 2 puts planes of features through. Each reader knows what must come out, allocates
/// for that alone, and throws Error(input), one line with `name`, for anything else; writers throw Error(internal).
namespace txs::artifact {

/// Baseline JPEG of an RGB picture without subsampling; both ways by the accurate integer DCT, which every version of
/// libjpeg-turbo rounds alike. `rgb` is 3 bytes a texel, row-major.
std::vector<std::byte> write_jpeg(std::span<const std::uint8_t> rgb, PlaneSize size, std::uint32_t quality);
void read_jpeg(std::span<const std::byte> file, PlaneSize size, std::span<std::uint8_t> rgb, std::string_view name);

/// Grey PNG of 8 or 16 bits; samples are numbers below 2^bit_depth.
std::vector<std::byte> write_png(std::span<const std::uint16_t> samples, PlaneSize size, int bit_depth);
void read_png(std::span<const std::byte> file, PlaneSize size, int bit_depth, std::span<std::uint16_t> samples,
              std::string_view name);

/// One frame of Zstandard, level 19.
std::vector<std::byte> write_zstd(std::span<const std::byte> bytes);
void read_zstd(std::span<const std::byte> frame, std::span<std::byte> bytes, std::string_view name);

}  // namespace txs::artifact
