#include "codecs/astc/snapping.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "core/error.h"
#include "core/files.h"
#include "core/log.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

constexpr Footprint four{4, 4};
constexpr std::uint32_t texels = 16;
constexpr std::uint32_t number_bits = 10;                      // of a pattern, in entries and costs
constexpr std::uint32_t one_texel = 1u << number_bits;         // a distance of one, above a pattern's number
constexpr std::uint16_t farther = 0xffff;

constexpr std::uint32_t power(std::uint32_t base, std::uint32_t exponent) {
  return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

/// Texels 1 .. 15 as digits, texel 1 highest.
std::uint32_t digits(std::span<const std::uint8_t> map, std::uint32_t base) {
  std::uint32_t value = 0;
  for (std::uint32_t t = 1; t < texels; ++t) value = value * base + map[t];
  return value;
}

/// The least distance to any pattern, its number below it, of every map whose texel 0 is in partition 0. A distance is a
/// sum over the texels: the least over all patterns is found texel by texel, each time between the `base` maps that
/// differ in that texel alone.
std::vector<std::uint16_t> distances(std::uint32_t base, const Progress& progress) {
  std::vector<std::uint16_t> least(power(base, texels - 1), farther);
  const auto seeds = distinct_seeds(base, four);
  for (std::uint32_t number = 0; number < seeds.size(); ++number) {
    const PartitionMap pattern = pattern_of(seeds[number], base, four);
    std::vector<std::uint8_t> names(base);
    std::iota(names.begin(), names.end(), std::uint8_t(0));
    do {
      PartitionMap named(texels);
      for (std::uint32_t t = 0; t < texels; ++t) named[t] = names[pattern[t]];
      std::uint16_t& entry = least[digits(named, base)];
      entry = std::min(entry, std::uint16_t((named[0] == 0 ? 0 : one_texel) + number));
    } while (std::next_permutation(names.begin(), names.end()));
  }
  for (std::uint32_t t = 1; t < texels; ++t) {
    if (!progress(double(t - 1) / (texels - 1))) return {};
    const std::uint32_t stride = power(base, texels - 1 - t);
    for (std::size_t first = 0; first < least.size(); first += std::size_t(stride) * base)
      for (std::uint32_t i = 0; i < stride; ++i) {
        std::uint16_t* entry = &least[first + i];
        std::uint32_t nearest = entry[0];
        for (std::uint32_t k = 1; k < base; ++k) nearest = std::min<std::uint32_t>(nearest, entry[k * stride]);
        const auto reached = std::uint16_t(std::min<std::uint32_t>(nearest + one_texel, farther));
        for (std::uint32_t k = 0; k < base; ++k) entry[k * stride] = std::min(entry[k * stride], reached);
      }
  }
  return least;
}

std::vector<std::uint32_t> packed(const std::vector<std::uint16_t>& least, std::uint32_t entries) {
  std::vector<std::uint32_t> words((entries + 2) / 3);
  for (std::uint32_t e = 0; e < entries; ++e) words[e / 3] |= (least[e] & (one_texel - 1)) << number_bits * (e % 3);
  return words;
}

// --- the file

/// FNV-1a, 64 bits
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t hash = 0xcbf29ce484222325u) {
  for (const std::byte byte : bytes) hash = (hash ^ std::uint64_t(byte)) * 0x100000001b3u;
  return hash;
}

/// Of the patterns that the tables are about: another order of them makes other tables.
std::uint64_t checksum_of_patterns() {
  std::uint64_t hash = checksum({});
  for (const std::uint32_t partitions : {2u, 3u}) {
    const auto seeds = distinct_seeds(partitions, four);
    hash = checksum(std::as_bytes(std::span(seeds)), hash);
  }
  return hash;
}

constexpr std::size_t two_words = (NearestTables::two_entries + 2) / 3, three_words = (NearestTables::three_entries + 2) / 3;

/// Stands before `two` and `three`, in the host's byte order: another host's file has another magic.
struct Header {
  std::uint64_t magic = 0x3170616e73737874u;  // "txssnap1"
  std::uint64_t patterns = 0;                 // checksum
  std::uint64_t words = 0;                    // checksum
};

NearestTables read_tables(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  try {
    const auto bytes = read_file(file);
    Header header, expected;
    if (bytes.size() != sizeof header + (two_words + three_words) * sizeof(std::uint32_t)) throw Error(Fault::input, "");
    std::memcpy(&header, bytes.data(), sizeof header);
    const auto words = std::span(bytes).subspan(sizeof header);
    if (header.magic != expected.magic || header.patterns != checksum_of_patterns() || header.words != checksum(words))
      throw Error(Fault::input, "");
    NearestTables tables{.two = std::vector<std::uint32_t>(two_words), .three = std::vector<std::uint32_t>(three_words)};
    std::memcpy(tables.two.data(), words.data(), two_words * sizeof(std::uint32_t));
    std::memcpy(tables.three.data(), words.data() + two_words * sizeof(std::uint32_t), three_words * sizeof(std::uint32_t));
    return tables;
  } catch (const Error&) {
    say(Severity::note, file.string() + " is damaged or of another version; it is made anew");
    return {};
  }
}

void write_tables(const std::filesystem::path& file, const NearestTables& tables) {
  std::vector<std::byte> bytes(sizeof(Header));
  for (const auto* words : {&tables.two, &tables.three}) {
    const auto raw = std::as_bytes(std::span(*words));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  }
  Header header;
  header.patterns = checksum_of_patterns();
  header.words = checksum(std::span(bytes).subspan(sizeof header));
  std::memcpy(bytes.data(), &header, sizeof header);
  try {
    std::filesystem::create_directories(file.parent_path());
    write_file(file, bytes);
  } catch (const std::exception& error) {
    say(Severity::note, std::string("ASTC's nearest patterns could not be kept for the next time: ") + error.what());
  }
}

}  // namespace

PartitionMap pattern_of(std::uint32_t seed, std::uint32_t partitions, const Footprint& footprint) {
  PartitionMap map(footprint.texels());
  for (std::uint32_t t = 0; t < map.size(); ++t)
    map[t] = std::uint8_t(interop::astc_partition_of(seed, t % footprint.width, t / footprint.width, partitions,
                                                     footprint.texels()));
  return map;
}

PartitionMap canonical(std::span<const std::uint8_t> map) {
  constexpr std::uint8_t none = 255;
  std::array<std::uint8_t, 256> names;
  names.fill(none);
  std::uint8_t next = 0;
  PartitionMap renamed;
  for (const std::uint8_t partition : map) {
    if (names[partition] == none) names[partition] = next++;
    renamed.push_back(names[partition]);
  }
  return renamed;
}

std::vector<std::uint16_t> distinct_seeds(std::uint32_t partitions, const Footprint& footprint) {
  std::vector<std::uint16_t> seeds;
  std::vector<PartitionMap> seen;
  for (std::uint32_t seed = 0; seed < interop::astc_partition_seeds; ++seed) {
    const PartitionMap map = canonical(pattern_of(seed, partitions, footprint));
    // One that leaves a partition empty is one of fewer partitions, which take fewer bits.
    const bool uses_all = *std::ranges::max_element(map) + 1u == partitions;
    if (!uses_all || std::ranges::find(seen, map) != seen.end()) continue;
    seen.push_back(map);
    seeds.push_back(std::uint16_t(seed));
  }
  return seeds;
}

namespace {

/// Names for the second map's partitions by which most texels of the two agree; gives how many do.
std::uint32_t best_names(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::uint32_t partitions,
                         std::array<std::uint8_t, 4>& best) {
  std::array<std::array<std::uint32_t, 4>, 4> common{};
  for (std::size_t t = 0; t < a.size(); ++t) ++common[b[t]][a[t]];
  std::array<std::uint8_t, 4> names{0, 1, 2, 3};
  best = names;
  std::uint32_t most = 0;
  do {
    std::uint32_t agreeing = 0;
    for (std::uint32_t p = 0; p < partitions; ++p) agreeing += common[p][names[p]];
    if (agreeing <= most) continue;
    most = agreeing;
    best = names;
  } while (std::next_permutation(names.begin(), names.begin() + partitions));
  return most;
}

}  // namespace

std::uint32_t distance_of(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::uint32_t partitions) {
  std::array<std::uint8_t, 4> names;
  return std::uint32_t(a.size()) - best_names(a, b, partitions, names);
}

PartitionMap named_like(std::span<const std::uint8_t> map, std::span<const std::uint8_t> pattern,
                        std::uint32_t partitions) {
  std::array<std::uint8_t, 4> names;
  best_names(map, pattern, partitions, names);
  PartitionMap named;
  for (const std::uint8_t partition : pattern) named.push_back(names[partition]);
  return named;
}

std::uint32_t NearestTables::key(std::span<const std::uint8_t> map, std::uint32_t partitions) {
  return digits(canonical(map), partitions);
}

std::uint32_t NearestTables::nearest(std::span<const std::uint8_t> map, std::uint32_t partitions) const {
  const std::uint32_t entry = key(map, partitions);
  return (partitions == 2 ? two : three)[entry / 3] >> number_bits * (entry % 3) & (one_texel - 1);
}

NearestTables make_nearest_tables(const Progress& progress) {
  const auto of_two = distances(2, [](double) { return true; });
  const auto of_three = distances(3, progress);
  if (of_three.empty()) return {};
  progress(1);
  return {packed(of_two, NearestTables::two_entries), packed(of_three, NearestTables::three_entries)};
}

NearestTables load_nearest_tables(const std::filesystem::path& file, const Progress& progress) {
  NearestTables tables = read_tables(file);
  if (!tables.three.empty()) return tables;
  tables = make_nearest_tables(progress);
  if (!tables.three.empty()) write_tables(file, tables);
  return tables;
}

}  // namespace txs::astc
