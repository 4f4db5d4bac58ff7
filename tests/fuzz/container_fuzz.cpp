// Damaged DDS and KTX2 files: each is refused as input, in one line, or gives a texture that is whole; and none makes
// the reader allocate more than a small multiple of its own size.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "../support/random_texture.h"
#include "artifact/container.h"
#include "core/error.h"
#include "image/image.h"
#include "support/largest_allocation.h"
#include "support/mutate.h"

namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;
using fuzz::largest_allocation;

/// For each byte of a file, and beside that: the blocks, the key/value data as text, its JSON; messages.
constexpr std::size_t most_bytes_a_byte = 8, most_bytes_anyway = 4096;

/// Every format in the containers that hold it, each second one with a mip chain; of what the old DDS header names, that too.
std::vector<Bytes> sample_files() {
  std::vector<Bytes> files;
  for (const auto format : test::all_formats) {
    const bool chain = files.size() % 4 == 0;
    const std::uint32_t width = chain ? 9 : 24, height = chain ? 21 : 7;
    codec::EncodedTexture texture = test::random_texture(format, width, height, chain ? 5 : 1);
    texture.provenance = {"bc7", "tinybc", "1.2.3", "device", {{"init", "principal"}, {"shrink", "0.45"}}, 1, 64};
    files.push_back(write_ktx2(texture));
    if (!codec::is_astc(format)) files.push_back(write_dds(texture));
    else if (!chain) files.push_back(write_astc(texture));
  }
  for (const std::string_view name : {"DXT1", "DXT5", "ATI2"}) {
    Bytes file = write_dds(test::random_texture(codec::TextureFormat::bc3_unorm, 12, 8, 4));
    std::transform(name.begin(), name.end(), file.begin() + 84, [](char letter) { return std::byte(letter); });
    file.erase(file.begin() + 128, file.begin() + 148);
    files.push_back(std::move(file));
  }
  return files;
}

void expect_whole(const codec::EncodedTexture& texture) {
  ASSERT_GE(texture.width, 1u);
  ASSERT_GE(texture.height, 1u);
  ASSERT_LE(std::max(texture.width, texture.height), std::uint32_t(max_image_side));
  ASSERT_LE(std::uint64_t(texture.width) * texture.height, max_image_pixels);
  ASSERT_LE(codec::level_count(texture), codec::full_level_count(texture.width, texture.height));
  for (std::uint32_t level = 0; level < codec::level_count(texture); ++level)
    ASSERT_EQ(codec::level_blocks(texture, level).size(),
              codec::payload_bytes(texture.format, codec::level_side(texture.width, level),
                                   codec::level_side(texture.height, level)));
}

/// Whether it was read.
bool try_to_read(const Bytes& file) {
  largest_allocation = 0;
  try {
    const codec::EncodedTexture texture = std::get<codec::EncodedTexture>(read_container(file, "fuzzed"));
    EXPECT_LE(largest_allocation, file.size() * most_bytes_a_byte + most_bytes_anyway);
    expect_whole(texture);
    return true;
  } catch (const Error& error) {
    EXPECT_LE(largest_allocation, file.size() * most_bytes_a_byte + most_bytes_anyway);
    const std::string line = error.what();
    EXPECT_EQ(error.fault(), Fault::input) << line;
    EXPECT_TRUE(line.starts_with("fuzzed: ")) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    return false;
  }
}

TEST(ContainerFuzz, DamagedFilesAreRefusedOrWhole) {
  const std::vector<Bytes> samples = sample_files();
  int read = 0, refused = 0;
  fuzz::run(400'000, std::chrono::seconds(6), [&](std::mt19937_64& random) {
    Bytes file = samples[fuzz::below(random, samples.size())];
    if (fuzz::below(random, 8) == 0) file = fuzz::splice(random, file, samples[fuzz::below(random, samples.size())]);
    ++(try_to_read(fuzz::mutate(random, std::move(file))) ? read : refused);
  });
  // Damage that is always refused, or never, would try little of the reader.
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
  std::printf("%d read, %d refused\n", read, refused);
}

/// Most injuries to small files hit the blocks or a length that guards the rest; these go for the header and the
/// key/value data.
TEST(ContainerFuzz, DamagedHeadsAreRefusedOrWhole) {
  const std::vector<Bytes> samples = sample_files();
  fuzz::run(200'000, std::chrono::seconds(4), [&](std::mt19937_64& random) {
    const Bytes& sample = samples[fuzz::below(random, samples.size())];
    constexpr std::size_t head_size = 480;
    const auto middle = sample.begin() + std::ptrdiff_t(std::min(head_size, sample.size()));
    Bytes file(sample.begin(), middle);
    const std::size_t changes = 1 + fuzz::below(random, 3);
    for (std::size_t i = 0; i < changes; ++i) fuzz::set_extreme(random, file);
    file.insert(file.end(), middle, sample.end());
    try_to_read(file);
  });
}

}  // namespace
}  // namespace txs::artifact
