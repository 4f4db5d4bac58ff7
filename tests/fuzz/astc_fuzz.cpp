// Any 128 bits are a block, and any damage of a file leaves one that is refused or decoded: by the decoders of both profiles, to
// the end. What the texels are is for the witnesses to say.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <numeric>
#include <span>

#include "../support/astc_random_blocks.h"
#include "artifact/container.h"
#include "codecs/astc/astc.h"
#include "codecs/astc/format.h"
#include "codecs/astc/inspection.h"
#include "core/error.h"
#include "core/half.h"
#include "support/mutate.h"

namespace txs::astc {
namespace {

using Bytes = std::vector<std::byte>;

void expect_decodes(BlockBytes bytes, const Footprint& footprint) {
  for (const Profile profile : {Profile::ldr, Profile::hdr}) {
    const Block block = parse_block(bytes, footprint, profile);
    ASSERT_EQ(block.kind == Block::Kind::error, !block.why.empty());
    std::uint32_t bits = 0;
    for (const codec::BitField& field : bit_fields(bytes, block)) {
      ASSERT_EQ(field.first_bit, bits);
      bits += field.bit_count;
    }
    ASSERT_EQ(bits, 128u) << "fields tile a block";
    if (profile == Profile::ldr) {
      for (const bool srgb : {false, true}) ASSERT_EQ(decode_texels(block, footprint, srgb).size(), footprint.texels());
    } else {
      const std::vector<HalfTexel> texels = decode_light(block, footprint);
      ASSERT_EQ(texels.size(), footprint.texels());
      for (const HalfTexel& texel : texels)
        for (const std::uint16_t half : texel) ASSERT_TRUE(half_is_finite(half));
    }
  }
  // A block that the LDR profile decodes otherwise is one that needs the HDR profile.
  const Block ldr = parse_block(bytes, footprint), hdr = parse_block(bytes, footprint, Profile::hdr);
  if (!needs_hdr(bytes, footprint)) {
    ASSERT_EQ(ldr.kind, hdr.kind);
  }
}

/// Fitting blocks with a few bits turned: the neighbourhood of what is legal.
TEST(AstcFuzz, EveryBlockDecodes) {
  std::vector<RandomBlocks> random_of_size;
  for (const Footprint& footprint : footprints) random_of_size.emplace_back(footprint, footprint.texels());
  fuzz::run(400'000, std::chrono::seconds(5), [&](std::mt19937_64& random) {
    const std::size_t size = fuzz::below(random, footprints.size());
    std::array<std::byte, 16> block =
        random_of_size[size].next(fuzz::below(random, 2) == 0 ? RandomBits::legal : RandomBits::any);
    for (std::size_t turns = fuzz::below(random, 4); turns > 0; --turns)
      block[fuzz::below(random, 16)] ^= std::byte(1u << fuzz::below(random, 8));
    expect_decodes(block, footprints[size]);
  });
}

std::vector<Bytes> sample_files() {
  std::vector<Bytes> files;
  for (std::size_t i = 0; i < codec::texture_format_count; ++i) {
    codec::EncodedTexture texture;
    texture.format = codec::TextureFormat(i);
    if (!codec::is_astc(texture.format)) continue;
    const Footprint footprint = footprint_of(texture.format);
    texture.width = 3 * footprint.width - 1;
    texture.height = 2 * footprint.height;
    texture.blocks = random_blocks(6, footprint, i, RandomBits::legal);
    files.push_back(artifact::write_ktx2(texture));
    files.push_back(artifact::write_astc(texture));
  }
  return files;
}

/// Whether it was read.
bool try_to_open(const Bytes& file) {
  try {
    auto texture = std::get<codec::EncodedTexture>(artifact::read_container(file, "fuzzed"));
    if (!codec::is_astc(texture.format)) return true;
    if (texture.range_open) settle_range(texture);
    const std::size_t texels = std::size_t(texture.width) * texture.height;
    const bool hdr = profile_of(texture.format) == Profile::hdr;
    EXPECT_EQ(hdr ? decode_light_image(texture).texels.size() : decode_image(texture).texels.size(), texels * 4);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input) << error.what();
    return false;
  }
}

TEST(AstcFuzz, DamagedFilesAreRefusedOrDecoded) {
  const std::vector<Bytes> samples = sample_files();
  int read = 0, refused = 0;
  fuzz::run(200'000, std::chrono::seconds(5), [&](std::mt19937_64& random) {
    ++(try_to_open(fuzz::mutate(random, samples[fuzz::below(random, samples.size())])) ? read : refused);
  });
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
  std::printf("%d read, %d refused\n", read, refused);
}

}  // namespace
}  // namespace txs::astc
