#include "artifact/grid_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "artifact/bit_packing.h"
#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"
#include "artifact/network_shape.h"

namespace txs::artifact {
namespace {

void append_ranges(std::vector<std::byte>& section, const codec::FeatureGrid& grid) {
  append_bytes(section, std::as_bytes(std::span(grid.low)));
  append_bytes(section, std::as_bytes(std::span(grid.high)));
}

std::uint64_t raw_bytes(const codec::FeatureGrid& grid) {
  const std::uint64_t ranges = holds_integers(grid) ? 2 * sizeof(float) * grid.channels : 0;
  return ranges + packed_bytes(value_count(grid), grid.bits);
}

}  // namespace

std::vector<std::byte> write_grids(std::span<const codec::FeatureGrid> grids, codec::Stage2 /*stage2*/,
                                   std::uint32_t /*jpeg_quality*/) {
  std::vector<std::byte> section;
  for (const codec::FeatureGrid& grid : grids) {
    append_ranges(section, grid);
    append_packed(section, grid.values, grid.bits);
  }
  return section;
}

void read_grids(std::span<const std::byte> section, std::span<codec::FeatureGrid> grids, codec::Stage2 /*stage2*/,
                std::string_view name) {
  std::uint64_t expected = 0;
  for (const codec::FeatureGrid& grid : grids) expected += raw_bytes(grid);
  if (section.size() != expected)
    refuse(name, fmt::format("has {} bytes of grids; its shape asks for {}", section.size(), expected));
  ByteReader reader(section, name);
  for (codec::FeatureGrid& grid : grids) {
    if (holds_integers(grid)) {
      grid.low = reader.numbers<float>(grid.channels, "ranges");
      grid.high = reader.numbers<float>(grid.channels, "ranges");
    }
    grid.values = unpack(reader.take(packed_bytes(value_count(grid), grid.bits), "grid"), value_count(grid), grid.bits);
  }
}

}  // namespace txs::artifact
