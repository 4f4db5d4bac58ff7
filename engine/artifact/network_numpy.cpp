#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"
#include "artifact/grid_planes.h"
#include "artifact/network_file.h"
#include "artifact/network_shape.h"
#include "artifact/npy.h"
#include "artifact/zip.h"
#include "core/half.h"

/// Feature grids as arrays of NumPy: C x H x W, the planes that plane_size() says.
namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;
using codec::FeatureGrid;

NpyType planes_type(const FeatureGrid& grid, std::string_view descr) {
  const PlaneSize size = plane_size(grid);
  return {descr, {grid.channels, size.height, size.width}};
}

NpyType range_type(const FeatureGrid& grid) { return {"<f4", {grid.channels}}; }

/// Values of integers to the nearest binary16; beyond its range to the last in it.
FeatureGrid to_halves(FeatureGrid grid) {
  constexpr double greatest_half = 65504;
  const std::uint32_t steps = greatest_level(grid);
  for (std::size_t i = 0; i < grid.values.size(); ++i) {
    const double low = grid.low[i % grid.channels], high = grid.high[i % grid.channels];
    const double value = std::clamp(low + grid.values[i] * (high - low) / steps, -greatest_half, greatest_half);
    grid.values[i] = float_to_half(static_cast<float>(value));
  }
  grid.bits = 16;
  return grid;
}

std::string array_name(std::string_view array, std::size_t grid) {
  return grid == 0 ? fmt::format("{}.npy", array) : fmt::format("{}_{}.npy", array, grid);
}

/// An .npz file, whose arrays are found by their names.
class Archive {
 public:
  Archive(std::span<const std::byte> bytes, std::string_view name) : entries_(zip_entries(bytes, name)), name_(name) {}

  bool has(const std::string& array) const { return find(array) != entries_.end(); }

  template <typename Value>
  std::vector<Value> values(const std::string& array, const NpyType& type) const {
    const auto entry = find(array);
    if (entry == entries_.end()) refuse(name_, fmt::format("holds no array {}", array));
    const std::string name = fmt::format("{}: {}", name_, array);
    const Bytes file = unzip(*entry, max_npy_header_bytes + type.data_bytes(), name);
    return ByteReader(npy_data(file, type, name), name).numbers<Value>(type.data_bytes() / sizeof(Value), array);
  }

 private:
  std::vector<ZipEntry>::const_iterator find(const std::string& array) const {
    return std::ranges::find(entries_, array, &ZipEntry::name);
  }

  std::vector<ZipEntry> entries_;
  std::string_view name_;
};

void set_8_bit_planes(FeatureGrid& grid, std::span<const std::uint8_t> planes) {
  set_planes(grid, std::vector<std::uint16_t>(planes.begin(), planes.end()));
  grid.bits = 8;
}

void take_grid(const Archive& archive, std::size_t number, FeatureGrid& grid, std::string_view name) {
  set_8_bit_planes(grid, archive.values<std::uint8_t>(array_name("data", number), planes_type(grid, "|u1")));
  grid.low = archive.values<float>(array_name("lo", number), range_type(grid));
  grid.high = archive.values<float>(array_name("hi", number), range_type(grid));
  for (std::uint32_t c = 0; c < grid.channels; ++c) {
    if (!std::isfinite(grid.low[c]) || !std::isfinite(grid.high[c]) || !std::isfinite(grid.high[c] - grid.low[c])) {
      refuse(name, fmt::format("has a channel {} whose range in {} and {} is not finite", c, array_name("lo", number),
                               array_name("hi", number)));
    }
  }
}

/// A grid's sizes without its arrays.
FeatureGrid empty_like(const FeatureGrid& grid) {
  return {grid.width, grid.height, grid.channels, grid.entries, grid.bits, {}, {}, {}};
}

}  // namespace

std::vector<std::byte> write_npy(const FeatureGrid& grid) {
  const std::vector<std::uint16_t> planes = planes_of(holds_integers(grid) ? to_halves(grid) : grid);
  return write_npy_array(planes_type(grid, "<f2"), std::as_bytes(std::span(planes)));
}

std::vector<std::byte> write_npz(std::span<const FeatureGrid> grids) {
  std::vector<std::string> names;
  std::vector<Bytes> arrays;
  for (std::size_t i = 0; i < grids.size(); ++i) {
    const FeatureGrid grid = to_8_bits(grids[i]);
    const std::vector<std::uint16_t> planes = planes_of(grid);
    const std::vector<std::uint8_t> bytes(planes.begin(), planes.end());
    names.insert(names.end(), {array_name("data", i), array_name("lo", i), array_name("hi", i)});
    arrays.push_back(write_npy_array(planes_type(grid, "|u1"), std::as_bytes(std::span(bytes))));
    arrays.push_back(write_npy_array(range_type(grid), std::as_bytes(std::span(grid.low))));
    arrays.push_back(write_npy_array(range_type(grid), std::as_bytes(std::span(grid.high))));
  }
  std::vector<ZipFile> files;
  for (std::size_t i = 0; i < names.size(); ++i) files.push_back({names[i], std::move(arrays[i])});
  return write_zip(files);
}

void read_npy(std::span<const std::byte> bytes, std::string_view name, FeatureGrid& grid) {
  const auto data = npy_data(bytes, planes_type(grid, "<f2"), name);
  const auto planes = ByteReader(data, name).numbers<std::uint16_t>(value_count(grid), "array");
  if (!std::ranges::all_of(planes, half_is_finite)) refuse(name, "has values that are NaN or infinite");
  set_planes(grid, planes);
  grid.bits = 16;
  grid.low.clear();
  grid.high.clear();
}

void read_npz(std::span<const std::byte> bytes, std::string_view name, std::span<FeatureGrid> grids) {
  const Archive archive(bytes, name);
  if (const std::string more = array_name("data", grids.size()); archive.has(more))
    refuse(name, fmt::format("holds an array {} for a network of {} grids", more, grids.size()));
  std::vector<FeatureGrid> read;
  for (std::size_t i = 0; i < grids.size(); ++i) {
    read.push_back(empty_like(grids[i]));
    take_grid(archive, i, read.back(), name);
  }
  std::ranges::move(read, grids.begin());
}

}  // namespace txs::artifact
