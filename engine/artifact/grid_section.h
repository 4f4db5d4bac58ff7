#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "codec/encoded_network.h"

namespace txs::artifact {

/// The `bits` of a grid in the file: jpeg takes its 8 of any.
std::uint32_t stored_bits(const codec::FeatureGrid& grid, codec::Stage2 stage2);

/// What the grids section of a file holds (network_file.h) of grids whose shape and content are sound.
std::vector<std::byte> write_grids(std::span<const codec::FeatureGrid> grids, codec::Stage2 stage2,
                                   std::uint32_t jpeg_quality);

/// Fills the arrays of grids whose shape is known. Throws Error(input), one line with `name`, for bytes of another
/// size, or that the coding does not decode.
void read_grids(std::span<const std::byte> section, std::span<codec::FeatureGrid> grids, codec::Stage2 stage2,
                std::string_view name);

}  // namespace txs::artifact
