#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "codec/encoded_network.h"

namespace txs::artifact {

/// A network file, .txs. (The byte-by-byte description belongs here.)
/// Feature grids are coded as `network.stage2` says; reading gives what decodes, so that jpeg's losses are in it.
std::vector<std::byte> write_network(const codec::EncodedNetwork& network);

/// Throws Error(input), one line with `name`: not a .txs file, an unknown version, truncated, a wrong checksum, shapes
/// that do not fit each other, values that are NaN or infinite. Allocates no more than a small multiple of the file.
codec::EncodedNetwork read_network(std::span<const std::byte> bytes, std::string_view name);
bool is_network(std::span<const std::byte> bytes);

/// The bytes that `write_network` makes, part by part: grids, decoder, header. They sum to the file without its training
/// state, exactly.
std::vector<codec::BitPart> network_parts(const codec::EncodedNetwork& network);

/// The feature grids alone, for NumPy. `.npy`: one grid, binary16 C x H x W. `.npz`: `data` uint8 C x H x W, `lo` and
/// `hi` float32 C for the first grid, and the same names with _1, _2, ... for the others; value = lo + data / 255 * (hi - lo).
std::vector<std::byte> write_npy(const codec::FeatureGrid& grid);
std::vector<std::byte> write_npz(std::span<const codec::FeatureGrid> grids);

/// Takes values back into grids of the same shapes (bits becomes 16 for .npy, 8 for .npz). Throws Error(input), one line
/// with `name`, for what is no such file or does not fit.
void read_npy(std::span<const std::byte> bytes, std::string_view name, codec::FeatureGrid& grid);
void read_npz(std::span<const std::byte> bytes, std::string_view name, std::span<codec::FeatureGrid> grids);

}  // namespace txs::artifact
