#include "artifact/grid_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "artifact/bit_packing.h"
#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"
#include "artifact/grid_planes.h"
#include "artifact/network_shape.h"
#include "artifact/plane_coding.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;
using codec::FeatureGrid;
using codec::Stage2;

/// Bytes that values take in memory for each byte of the section, at most: the bound of what a file can make its reader
/// allocate. It is just above what a baseline JPEG of one colour comes to (14 bits for three blocks of 64 values, that
/// is 219), so that only zstd and PNG, of grids that are all but constant, are ever padded to keep it.
constexpr std::uint64_t most_expansion = 256;

std::uint64_t least_section_bytes(std::span<const FeatureGrid> grids) {
  std::uint64_t memory = 0;
  for (const FeatureGrid& grid : grids) memory += value_count(grid) * sizeof(std::uint16_t);
  return (memory + most_expansion - 1) / most_expansion;
}

void append_ranges(Bytes& section, const FeatureGrid& grid) {
  append_bytes(section, std::as_bytes(std::span(grid.low)));
  append_bytes(section, std::as_bytes(std::span(grid.high)));
}

void append_coded(Bytes& section, std::span<const std::byte> coded) {
  if (coded.size() > std::numeric_limits<std::uint32_t>::max())
    throw Error(Fault::internal, "the network cannot be saved: a coded grid takes 4 GiB or more");
  append(section, static_cast<std::uint32_t>(coded.size()));
  append_bytes(section, coded);
}

std::span<const std::byte> take_coded(ByteReader& section) {
  return section.take(section.number<std::uint32_t>("coded grid"), "coded grid");
}

/// A channel's plane, the last one for channels that there are not.
template <typename Sample>
std::span<Sample> plane(std::span<Sample> planes, const FeatureGrid& grid, std::uint32_t channel) {
  return planes.subspan(std::size_t(grid.entries) * std::min(channel, grid.channels - 1), grid.entries);
}

void append_jpeg(Bytes& section, const FeatureGrid& grid, std::uint32_t quality) {
  const std::vector<std::uint16_t> planes = planes_of(grid);
  std::vector<std::uint8_t> rgb(std::size_t(3) * grid.entries);
  for (std::uint32_t first = 0; first < grid.channels; first += 3) {
    for (std::uint32_t c = 0; c < 3; ++c) {
      const auto samples = plane(std::span(planes), grid, first + c);
      for (std::size_t i = 0; i < samples.size(); ++i) rgb[3 * i + c] = static_cast<std::uint8_t>(samples[i]);
    }
    append_coded(section, write_jpeg(rgb, plane_size(grid), quality));
  }
}

void take_jpegs(ByteReader& section, FeatureGrid& grid, std::string_view name) {
  std::vector<std::uint16_t> planes(value_count(grid));
  std::vector<std::uint8_t> rgb(std::size_t(3) * grid.entries);
  for (std::uint32_t first = 0; first < grid.channels; first += 3) {
    read_jpeg(take_coded(section), plane_size(grid), rgb, name);
    for (std::uint32_t c = 0; c < std::min(3u, grid.channels - first); ++c) {
      const auto samples = plane(std::span(planes), grid, first + c);
      for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = rgb[3 * i + c];
    }
  }
  set_planes(grid, planes);
}

int sample_bits(const FeatureGrid& grid) { return holds_integers(grid) ? 8 : 16; }

/// All planes of a grid in one picture, one below the other: a PNG of each would cost some 60 bytes more a channel.
PlaneSize stacked_size(const FeatureGrid& grid) {
  const PlaneSize size = plane_size(grid);
  return {size.width, size.height * grid.channels};
}

/// PNG's filters predict numbers from their neighbours, so that binary16 goes in the order of its values.
void append_png(Bytes& section, const FeatureGrid& grid) {
  std::vector<std::uint16_t> planes = planes_of(grid);
  if (!holds_integers(grid)) std::ranges::transform(planes, planes.begin(), ordered);
  append_coded(section, write_png(planes, stacked_size(grid), sample_bits(grid)));
}

void take_png(ByteReader& section, FeatureGrid& grid, std::string_view name) {
  std::vector<std::uint16_t> planes(value_count(grid));
  read_png(take_coded(section), stacked_size(grid), sample_bits(grid), planes, name);
  if (!holds_integers(grid)) std::ranges::transform(planes, planes.begin(), unordered);
  set_planes(grid, planes);
}

/// A byte a value, plane after plane; of binary16 first all the high bytes, then all the low ones, which are noise. On
/// latents trained at 1/8 and 1/4 of a photograph this took 8 % off the bytes that the values as they are come to;
/// integers packed to their bits take up to a quarter more than a byte each does.
void append_zstd(Bytes& section, const FeatureGrid& grid) {
  const std::vector<std::uint16_t> planes = planes_of(grid);
  Bytes bytes;
  for (int shift = sample_bits(grid) - 8; shift >= 0; shift -= 8) {
    for (const std::uint16_t sample : planes) bytes.push_back(static_cast<std::byte>(sample >> shift));
  }
  append_coded(section, write_zstd(bytes));
}

void take_zstd(ByteReader& section, FeatureGrid& grid, std::string_view name) {
  Bytes bytes(value_count(grid) * static_cast<std::size_t>(sample_bits(grid)) / 8);
  read_zstd(take_coded(section), bytes, name);
  std::vector<std::uint16_t> planes(value_count(grid));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::uint16_t& sample = planes[i % planes.size()];
    sample = static_cast<std::uint16_t>(sample << 8 | std::to_integer<unsigned>(bytes[i]));
  }
  set_planes(grid, planes);
}

void take_packed(ByteReader& section, FeatureGrid& grid) {
  const std::uint64_t count = value_count(grid);
  grid.values = unpack(section.take(packed_bytes(count, grid.bits), "grid"), count, grid.bits);
}

void append_grid(Bytes& section, const FeatureGrid& grid, Stage2 stage2, std::uint32_t jpeg_quality) {
  append_ranges(section, grid);
  switch (stage2) {
    case Stage2::none:
      return append_packed(section, grid.values, grid.bits);
    case Stage2::jpeg:
      return append_jpeg(section, grid, jpeg_quality);
    case Stage2::png:
      return append_png(section, grid);
    case Stage2::zstd:
      return append_zstd(section, grid);
  }
}

void take_grid(ByteReader& section, FeatureGrid& grid, Stage2 stage2, std::string_view name) {
  if (holds_integers(grid)) {
    grid.low = section.numbers<float>(grid.channels, "ranges");
    grid.high = section.numbers<float>(grid.channels, "ranges");
  }
  switch (stage2) {
    case Stage2::none:
      return take_packed(section, grid);
    case Stage2::jpeg:
      return take_jpegs(section, grid, name);
    case Stage2::png:
      return take_png(section, grid, name);
    case Stage2::zstd:
      return take_zstd(section, grid, name);
  }
}

}  // namespace

std::uint32_t stored_bits(const codec::FeatureGrid& grid, codec::Stage2 stage2) {
  return stage2 == Stage2::jpeg ? 8 : grid.bits;
}

std::vector<std::byte> write_grids(std::span<const FeatureGrid> grids, Stage2 stage2, std::uint32_t jpeg_quality) {
  Bytes section;
  for (const FeatureGrid& grid : grids) {
    append_grid(section, stage2 == Stage2::jpeg ? to_8_bits(grid) : grid, stage2, jpeg_quality);
  }
  section.resize(std::max<std::uint64_t>(section.size(), least_section_bytes(grids)));
  return section;
}

void read_grids(std::span<const std::byte> section, std::span<FeatureGrid> grids, Stage2 stage2,
                std::string_view name) {
  const std::uint64_t least = least_section_bytes(grids);
  if (section.size() < least) {
    refuse(name, fmt::format("has {} bytes of grids; its shape asks for {} or more", section.size(), least));
  }
  ByteReader reader(section, name);
  for (FeatureGrid& grid : grids) {
    if (grid.bits != stored_bits(grid, stage2))
      refuse(name, fmt::format("has JPEG pictures of grids of {} bits; 8 can be", grid.bits));
    take_grid(reader, grid, stage2, name);
  }
  const bool padding =
      section.size() == least && std::ranges::count(reader.rest(), std::byte{}) == std::ssize(reader.rest());
  if (reader.remaining() > 0 && !padding)
    refuse(name, fmt::format("has {} bytes behind its grids", reader.remaining()));
}

}  // namespace txs::artifact
