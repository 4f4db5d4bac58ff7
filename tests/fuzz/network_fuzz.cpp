// Damaged network files, .npy and .npz: each is refused as input, in one line, or gives a network that can be written
// again; and none makes the reader allocate more than its bytes allow.
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdio>

#include "../support/network_bytes.h"
#include "../support/random_network.h"
#include "artifact/network_file.h"
#include "artifact/npy.h"
#include "artifact/zip.h"
#include "core/error.h"
#include "support/largest_allocation.h"
#include "support/mutate.h"

namespace txs::artifact {
namespace {

using codec::EncodedNetwork;
using codec::FeatureGrid;
using codec::Stage2;
using fuzz::largest_allocation;
using test::Bytes;

/// The values of a coded grid take at most 256 bytes for each of the section; a picture of three planes of one channel,
/// a byte each, takes half as much again.
constexpr std::size_t most_bytes_a_byte = 384, most_bytes_anyway = 4096;

std::vector<Bytes> sample_files() {
  std::vector<Bytes> files;
  for (const Stage2 stage2 : {Stage2::none, Stage2::jpeg, Stage2::png, Stage2::zstd}) {
    for (const std::uint32_t bits : {16u, 8u, 3u}) {
      EncodedNetwork network = test::random_latent_network(bits, bits == 3, stage2);
      if (bits == 8) test::add_training(network);
      files.push_back(write_network(network));
      files.push_back(write_network(test::random_hash_network(bits, bits == 8, stage2)));
    }
  }
  return files;
}

/// What `read` does with the file: true if it was read.
template <typename Read>
bool read_or_refused(Read read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    const std::string line = error.what();
    EXPECT_EQ(error.fault(), Fault::input) << line;
    EXPECT_TRUE(line.starts_with("fuzzed: ")) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    EXPECT_LT(line.size(), 400u);
    return false;
  }
}

bool try_to_read(const Bytes& file) {
  EncodedNetwork network;
  largest_allocation = 0;
  const bool read = read_or_refused([&] { network = read_network(file, "fuzzed"); });
  EXPECT_LE(largest_allocation, file.size() * most_bytes_a_byte + most_bytes_anyway);
  if (!read) return false;
  // Writing checks shapes and values; raw, so that large grids cost no time.
  network.stage2 = Stage2::none;
  EXPECT_TRUE(file.size() > 10'000 || is_network(write_network(network)));
  return true;
}

struct Tally {
  int read = 0, refused = 0;
  void count(bool was_read) { ++(was_read ? read : refused); }
  /// Damage that is always refused, or never, would try little of a reader.
  void expect_both() const {
    EXPECT_GT(read, 20);
    EXPECT_GT(refused, 100);
    std::printf("%d read, %d refused\n", read, refused);
  }
};

TEST(NetworkFuzz, DamagedFilesAreRefusedOrWhole) {
  const std::vector<Bytes> samples = sample_files();
  Tally tally;
  fuzz::run(100'000, std::chrono::seconds(3), [&](std::mt19937_64& random) {
    Bytes file = samples[fuzz::below(random, samples.size())];
    if (fuzz::below(random, 8) == 0) file = fuzz::splice(random, file, samples[fuzz::below(random, samples.size())]);
    file = fuzz::mutate(random, std::move(file));
    if (fuzz::below(random, 8) != 0) test::repair_checksum(file);
    tally.count(try_to_read(file));
  });
  tally.expect_both();
}

/// One section's bytes, within a frame that stays sound: what gets past sizes and checksums.
TEST(NetworkFuzz, DamagedSectionsAreRefusedOrWhole) {
  const std::vector<Bytes> samples = sample_files();
  Tally tally;
  fuzz::run(100'000, std::chrono::seconds(5), [&](std::mt19937_64& random) {
    const Bytes& sample = samples[fuzz::below(random, samples.size())];
    const int number = static_cast<int>(fuzz::below(random, 8) == 0 ? fuzz::below(random, 3) : 1);
    Bytes section = test::section(sample, number);
    if (fuzz::below(random, 2) == 0) {
      fuzz::set_extreme(random, section);
    } else {
      fuzz::mutate_once(random, section);
    }
    tally.count(try_to_read(test::with_section(sample, number, section)));
  });
  tally.expect_both();
}

/// A number of the description, which is what sizes come from, replaced by another.
TEST(NetworkFuzz, OtherSizesAreRefusedOrWhole) {
  const std::vector<Bytes> samples = sample_files();
  Tally tally;
  fuzz::run(50'000, std::chrono::seconds(3), [&](std::mt19937_64& random) {
    static constexpr const char* numbers[] = {"0",   "1",   "2",     "3",     "4",         "5",          "7",
                                              "8",   "16",  "32",    "64",    "100",       "128",        "255",
                                              "256", "512", "16384", "65536", "268435456", "4294967295", "-1"};
    const Bytes& sample = samples[fuzz::below(random, samples.size())];
    Bytes bytes = test::section(sample, 0);
    std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t changes = 1 + fuzz::below(random, 3);
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = text.find_first_of("0123456789", fuzz::below(random, text.size()));
      if (at == text.npos) continue;
      text.replace(at, std::min(text.find_first_not_of("0123456789", at), text.size()) - at,
                   numbers[fuzz::below(random, std::size(numbers))]);
    }
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    tally.count(try_to_read(test::with_section(sample, 0, Bytes(first, first + text.size()))));
  });
  tally.expect_both();
}

std::vector<FeatureGrid> sample_grids() {
  std::mt19937_64 random(1);
  return {test::random_grid(random, 12, 7, 3, 84, 8), test::random_grid(random, 9, 9, 2, 32, 8)};
}

/// The bytes in a zip archive of one file, deflated.
Bytes deflated_zip(std::string_view name, const Bytes& bytes) {
  Bytes coded(bytes.size() + 64);
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(coded.data());
  stream.avail_out = static_cast<uInt>(coded.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  coded.resize(stream.total_out);
  deflateEnd(&stream);

  const ZipFile file{name, coded};
  Bytes archive = write_zip({&file, 1});
  const std::size_t directory = test::number_at<std::uint32_t>(archive, archive.size() - 6);
  test::set_number<std::uint16_t>(archive, directory + 10, 8);
  test::set_number(
      archive, directory + 16,
      static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), uInt(bytes.size()))));
  test::set_number(archive, directory + 24, static_cast<std::uint32_t>(bytes.size()));
  return archive;
}

TEST(NumPyFuzz, DamagedArraysAreRefusedOrFit) {
  std::mt19937_64 grid_random(1);
  const FeatureGrid shape = test::random_grid(grid_random, 12, 7, 3, 84, 16);
  const Bytes sample = write_npy(shape);
  Tally tally;
  fuzz::run(100'000, std::chrono::seconds(2), [&](std::mt19937_64& random) {
    const Bytes file = fuzz::mutate(random, sample);
    FeatureGrid grid = shape;
    largest_allocation = 0;
    tally.count(read_or_refused([&] { read_npy(file, "fuzzed", grid); }));
    EXPECT_LE(largest_allocation, file.size() * 8 + most_bytes_anyway);
    EXPECT_EQ(grid.values.size(), shape.values.size());
  });
  tally.expect_both();
}

TEST(NumPyFuzz, DamagedArchivesAreRefusedOrFit) {
  const std::vector<FeatureGrid> shapes = sample_grids();
  const Bytes sample = write_npz(shapes);
  Tally tally;
  fuzz::run(100'000, std::chrono::seconds(3), [&](std::mt19937_64& random) {
    const Bytes file = fuzz::mutate(random, sample);
    std::vector<FeatureGrid> grids = shapes;
    largest_allocation = 0;
    tally.count(read_or_refused([&] { read_npz(file, "fuzzed", grids); }));
    // A file of the archive may take what its array needs and the longest header.
    EXPECT_LE(largest_allocation, file.size() * 8 + max_npy_header_bytes + most_bytes_anyway);
    for (std::size_t i = 0; i < grids.size(); ++i) EXPECT_EQ(grids[i].values.size(), shapes[i].values.size());
  });
  tally.expect_both();
}

TEST(NumPyFuzz, DamagedDeflateIsRefusedOrFits) {
  Bytes content(3000);
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::byte>(i * i / 7);
  const Bytes sample = deflated_zip("data.npy", content);
  EXPECT_EQ(unzip(zip_entries(sample, "fuzzed").at(0), 3000, "fuzzed"), content);
  Tally tally;
  fuzz::run(100'000, std::chrono::seconds(2), [&](std::mt19937_64& random) {
    const Bytes file = fuzz::mutate(random, sample);
    largest_allocation = 0;
    tally.count(read_or_refused([&] {
      for (const ZipEntry& entry : zip_entries(file, "fuzzed")) unzip(entry, 10'000, "fuzzed");
    }));
    EXPECT_LE(largest_allocation, file.size() * 8 + 10'000 + most_bytes_anyway);
  });
  tally.expect_both();
}

}  // namespace
}  // namespace txs::artifact
