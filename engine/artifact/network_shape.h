#pragma once
#include <cstdint>
#include <string>

#include "codec/encoded_network.h"

/// The sizes of a network file's arrays, and what makes a network one; for the files beside network_file.cpp.
namespace txs::artifact {

inline constexpr std::uint32_t max_grids = 16, max_grid_channels = 256, max_hidden = 128, max_depth = 4;

inline std::uint64_t value_count(const codec::FeatureGrid& grid) { return std::uint64_t(grid.entries) * grid.channels; }

inline bool holds_integers(const codec::FeatureGrid& grid) { return grid.bits < 16; }

/// The greatest integer of a grid: 2^bits - 1.
inline std::uint32_t greatest_level(const codec::FeatureGrid& grid) { return (1u << grid.bits) - 1; }

/// A channel of a grid as a picture. The 2^T entries of a hashed one, which have no neighbours, make
/// 2^ceil(T/2) x 2^floor(T/2) texels.
struct PlaneSize {
  std::uint32_t width = 0, height = 0;
};
PlaneSize plane_size(const codec::FeatureGrid& grid);

/// What is wrong with the sizes and settings of a network, arrays apart, as the end of a sentence that its name begins;
/// empty if nothing is.
std::string shape_fault(const codec::EncodedNetwork& network);

/// The same of the arrays of a network whose shape is sound: their sizes, NaN, infinities, integers out of range.
std::string content_fault(const codec::EncodedNetwork& network);

}  // namespace txs::artifact
