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

/// A network file, .txs. All numbers are little endian; nothing is aligned.
///
///   offset  bytes  what
///   0       8      magic: 89 54 58 53 0D 0A 1A 0A ("TXS" framed as PNG's is)
///   8       4      version, uint32: 1
///   12      ...    sections, in this order: "JSON", "GRID", "MLP ", and "TRNG" where a training is kept
///   end-4   4      CRC-32 (zlib's) of all bytes before it, uint32
///
/// A section is its tag (4 bytes of ASCII), the bytes that follow the size (uint64), and those.
///
/// JSON: one object of at most 65536 bytes, UTF-8, with the keys
///   width, height    texels of the picture
///   channels         3: RGB, 4: RGBA
///   srgb             whether the decoded bytes are meant as sRGB; they are never converted
///   activation       "siren", "gelu", "silu" or "relu"
///   omega0           siren's factor
///   grids            a list [width, height, channels, entries, bits] for each grid of features; entries is
///                    width * height, or a power of two below that which texels share by a hash; bits is 16 (binary16)
///                    or 2..8 (integers)
///   layers           outputs of each dense layer: hidden ones, equal, then channels; the first one's inputs are the
///                    channels of all grids, the others' the outputs before them
///   stage2           "none", "jpeg", "png" or "zstd": how GRID is coded
///   jpeg_quality     1..100; what "jpeg" was coded with
///   codec, preset, version, device, parameters (an object of strings), seed, steps: where the network came from
///
/// GRID: the grids one after the other. Where bits < 16: float32 low of each channel, then float32 high of each, so
/// that value = low + integer * (high - low) / (2^bits - 1). Then, by stage2:
///   none   entry after entry, its channels one after the other, 16 or `bits` bits each, every byte filled from its
///          least significant bit on; zeros fill the last byte of the grid. An entry is found by arithmetic alone.
///   png    size (uint32) and a grey PNG of all channels one below the other, each a plane of width x height; of
///          8 bits, the integers, or of 16, where a binary16 h stands as h ^ 8000 if its sign is clear, else as ~h
///          (numbers that grow with the values)
///   zstd   size (uint32) and a frame of the planes one after the other: a byte an integer, or the high bytes of all
///          binary16, then the low ones
///   jpeg   for each three channels size (uint32) and a baseline JPEG, YCbCr 4:4:4, whose R, G and B are their planes;
///          where channels are missing in the last one the last stands again. bits is 8 and integers are 0..255.
/// The planes of a grid of 2^T shared entries are 2^ceil(T/2) x 2^floor(T/2). At last come as many zero bytes as the
/// section needs to have a 256th of 2 * entries * channels, summed over the grids: none, but for grids that are all but
/// constant. It bounds what a reader allocates by the size of the file.
///
/// MLP: for each layer the weights [output][input], then the biases, binary16.
///
/// TRNG: step (uint64), n (uint64), then n float32 each of parameters and of Adam's first and second moments, as
/// codec::TrainingState has them. Not counted by network_parts.
///
/// jpeg takes grids as the 8-bit integers nearest to them: fp16 between each channel's least and greatest value, fewer
/// bits over their range. Every other stage 2 loses nothing.
///
/// Throws Error(internal) for a network that could not be read again: shapes that do not fit, NaN or infinities.
std::vector<std::byte> write_network(const codec::EncodedNetwork& network);

/// Throws Error(input), one line with `name`: not a .txs file, an unknown version, truncated, a wrong checksum, shapes
/// that do not fit each other, values that are NaN or infinite. What has gone through jpeg comes as the integers of 8
/// bits and the ranges that decode: written with stage 2 none they are the same values. Allocates some ten times the
/// file at most where stage 2 is none, four times what the grids' values take where it is not: by the bound of GRID
/// 1024 times the file, for files that are made to.
codec::EncodedNetwork read_network(std::span<const std::byte> bytes, std::string_view name);
bool is_network(std::span<const std::byte> bytes);

/// The bytes that `write_network` makes, part by part: grids, decoder, header. They sum to the file without its
/// training state, exactly. Costs as much as writing the grids.
std::vector<codec::BitPart> network_parts(const codec::EncodedNetwork& network);

/// The feature grids alone, for NumPy. `.npy`: one grid, binary16 C x H x W. `.npz`: `data` uint8 C x H x W, `lo` and
/// `hi` float32 C for the first grid, and the same names with _1, _2, ... for the others;
/// value = lo + data / 255 * (hi - lo).
std::vector<std::byte> write_npy(const codec::FeatureGrid& grid);
std::vector<std::byte> write_npz(std::span<const codec::FeatureGrid> grids);

/// Takes values back into grids of the same shapes (bits becomes 16 for .npy, 8 for .npz). Throws Error(input), one
/// line with `name`, for what is no such file or does not fit.
void read_npy(std::span<const std::byte> bytes, std::string_view name, codec::FeatureGrid& grid);
void read_npz(std::span<const std::byte> bytes, std::string_view name, std::span<codec::FeatureGrid> grids);

}  // namespace txs::artifact
