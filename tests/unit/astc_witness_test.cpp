#include <astcenc.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "../support/astc_random_blocks.h"
#include "core/half.h"
#include "shaders/interop/astc_format.h"

// Our decoder beside libastcenc's on random blocks, legal and illegal: equal to the bit in sRGB textures, and in halves
// where the specification says what they are. In linear ones libastcenc 4.2 rounds the 16-bit result to 8 bits where
// GPUs (and we) take its top byte: up to 1 apart.
namespace txs::astc {
namespace {

constexpr std::size_t blocks_wide = 64, blocks_high = 64, blocks_at_once = blocks_wide * blocks_high;
constexpr std::size_t slice = 32768;

enum class Texture { linear, srgb, light };

astcenc_profile profile_of(Texture texture) {
  return texture == Texture::light ? ASTCENC_PRF_HDR : texture == Texture::srgb ? ASTCENC_PRF_LDR_SRGB : ASTCENC_PRF_LDR;
}

/// libastcenc's decoder of one size; a texel is four bytes, or four halves.
class Peer {
 public:
  Peer(const Footprint& footprint, Texture texture) : footprint_(footprint), texture_(texture) {
    astcenc_config config{};
    EXPECT_EQ(astcenc_config_init(profile_of(texture), footprint.width, footprint.height, 1, ASTCENC_PRE_FASTEST,
                                  ASTCENC_FLG_DECOMPRESS_ONLY, &config),
              ASTCENC_SUCCESS);
    astcenc_context* context = nullptr;
    EXPECT_EQ(astcenc_context_alloc(&config, 1, &context), ASTCENC_SUCCESS);
    context_.reset(context);
  }

  template <typename Result>
  std::vector<Result> decode(const std::vector<std::byte>& blocks) {
    std::vector<Result> texels(blocks_at_once * footprint_.texels());
    void* slice_texels = texels.data();
    astcenc_image image{std::uint32_t(blocks_wide * footprint_.width), std::uint32_t(blocks_high * footprint_.height), 1,
                        texture_ == Texture::light ? ASTCENC_TYPE_F16 : ASTCENC_TYPE_U8, &slice_texels};
    const astcenc_swizzle swizzle{ASTCENC_SWZ_R, ASTCENC_SWZ_G, ASTCENC_SWZ_B, ASTCENC_SWZ_A};
    EXPECT_EQ(astcenc_decompress_image(context_.get(), reinterpret_cast<const std::uint8_t*>(blocks.data()), blocks.size(),
                                       &image, &swizzle, 0),
              ASTCENC_SUCCESS);
    EXPECT_EQ(astcenc_decompress_reset(context_.get()), ASTCENC_SUCCESS);
    return texels;
  }

 private:
  struct Free {
    void operator()(astcenc_context* context) const { astcenc_context_free(context); }
  };
  Footprint footprint_;
  Texture texture_;
  std::unique_ptr<astcenc_context, Free> context_;
};

/// What the blocks of all sizes have had in them.
struct Met {
  std::map<std::string, std::size_t> reasons;  ///< why blocks were illegal
  std::set<std::pair<std::uint32_t, std::uint32_t>> colours, weights;  ///< range and stored integer
  std::set<std::tuple<std::uint32_t, bool, EndpointMode>> lines;       ///< partitions, two planes, mode of the first
  std::size_t tests = 0;

  void add(const Block& block) {
    if (block.kind == Block::Kind::error) ++reasons[std::string(block.why)];
    for (const std::uint8_t stored : block.colours) colours.emplace(block.colour_range, stored);
    for (const std::uint8_t stored : block.weights) weights.emplace(block.grid.range, stored);
    if (block.kind == Block::Kind::lines) lines.emplace(block.partitions, block.grid.dual_plane, block.modes[0]);
  }
};

class AstcWitness : public testing::TestWithParam<std::tuple<Footprint, Texture>> {
 protected:
  static Met& met() {
    static Met all;
    return all;
  }

  /// All that KDFS 23.23 lists as illegal, and every integer of every range, every endpoint mode with every number of
  /// partitions and planes: none of them can be wrong without a block that shows it.
  static void TearDownTestSuite() {
    if (met().tests != footprints.size() * 3) return;  // a part of the tests was asked for
    for (const char* why :
         {"reserved block mode", "weight grid larger than the block", "more than 64 weights", "less than 24 bits of weights",
          "more than 96 bits of weights", "two planes of weights with four partitions", "more than 18 colour values",
          "no room for colours", "less than six levels for colours", "void extent: reserved bits are not 1",
          "void extent: empty extent", "void extent: HDR colour in the LDR profile"})
      EXPECT_GT(met().reasons[why], 0u) << why;
    for (const auto& [why, count] : met().reasons) std::printf("%9zu blocks: %s\n", count, why.c_str());

    std::size_t colours = 0, weights = 0;
    for (std::uint32_t range = 0; range < interop::astc_range_count; ++range) {
      if (range >= interop::astc_first_colour_range) colours += interop::astc_ranges[range].levels;
      if (range < interop::astc_weight_ranges) weights += interop::astc_ranges[range].levels;
    }
    EXPECT_EQ(met().colours.size(), colours);
    EXPECT_EQ(met().weights.size(), weights);
    // Of three partitions, with one plane and with two, and of four none has 8 values: the others would make more than
    // 18.
    EXPECT_EQ(met().lines.size(), (4u + 3u) * 16u - (2u + 1u) * 4u);
  }

  /// `decode` gives the texels of a block, `agree` compares one with theirs.
  template <typename Result>
  void expect_agreement(auto decode, auto agree) {
    const auto& [footprint, texture] = GetParam();
    const std::size_t count = (blocks_a_size(slice) + blocks_at_once - 1) / blocks_at_once * blocks_at_once;
    RandomBlocks random(footprint, footprint.texels());
    Peer peer(footprint, texture);
    std::size_t legal = 0, illegal = 0;
    std::vector<std::byte> blocks(blocks_at_once * 16);
    for (std::size_t done = 0; done < count; done += blocks_at_once) {
      fill_with_random(blocks, random);
      const std::vector<Result> theirs = peer.template decode<Result>(blocks);
      for (std::size_t b = 0; b < blocks_at_once; ++b) {
        const Block block = parse_block(BlockBytes(&blocks[b * 16], 16), footprint,
                                        texture == Texture::light ? Profile::hdr : Profile::ldr);
        ++(block.kind == Block::Kind::error ? illegal : legal);
        met().add(block);
        const std::vector<Result> ours = decode(block, footprint);
        const std::size_t x = b % blocks_wide * footprint.width, y = b / blocks_wide * footprint.height;
        for (std::size_t t = 0; t < ours.size(); ++t) {
          const Result& their = theirs[(y + t / footprint.width) * blocks_wide * footprint.width + x + t % footprint.width];
          ASSERT_TRUE(agree(block, ours[t], their))
              << testing::PrintToString(ours[t]) << " here, there " << testing::PrintToString(their) << ": block " << done + b
              << ", texel " << t << ", " << (block.kind == Block::Kind::error ? block.why : "legal");
        }
      }
    }
    EXPECT_GT(legal, count / 8);
    EXPECT_GT(illegal, count / 8);
    ++met().tests;
    std::printf("%s: %zu legal, %zu illegal blocks agree\n", size_name(footprint).c_str(), legal, illegal);
  }
};

TEST_P(AstcWitness, AgreesOnRandomBlocks) {
  const Texture texture = std::get<1>(GetParam());
  if (texture == Texture::light) {
    expect_agreement<HalfTexel>(decode_light, [](const Block& block, const HalfTexel& ours, const HalfTexel& theirs) {
      constexpr HalfTexel all_nan{0xffff, 0xffff, 0xffff, 0xffff};  // the other error colour that KDFS 23.5 allows
      if (block.kind == Block::Kind::error) return ours == error_light && theirs == all_nan;
      bool equal = true;
      for (std::size_t c = 0; c < 4; ++c) {
        const bool undefined = block.colour_is_light && !half_is_finite(block.colour[c]);
        equal = equal && (undefined ? half_is_finite(ours[c]) : ours[c] == theirs[c]);
      }
      return equal;
    });
  } else {
    const int most_apart = texture == Texture::srgb ? 0 : 1;
    expect_agreement<Texel>(
        [texture](const Block& block, const Footprint& footprint) {
          return decode_texels(block, footprint, texture == Texture::srgb);
        },
        [most_apart](const Block&, const Texel& ours, const Texel& theirs) {
          bool near = true;
          for (std::size_t c = 0; c < 4; ++c) near = near && std::abs(int(ours[c]) - int(theirs[c])) <= most_apart;
          return near;
        });
  }
}

/// A block of luminances that are all told apart, and whose weights are all 0: the texels are the partition's low ends. Four bits
/// of weights a point are the least that a grid of 3 x 2 has, so that colours have all 8 bits.
std::array<std::byte, 16> pattern_block(std::uint32_t partitions, std::uint32_t seed) {
  std::uint32_t mode = 0;
  const auto fits = [](const WeightGrid& grid) {
    return grid.width == 3 && grid.height == 2 && !grid.dual_plane && interop::astc_ranges[grid.range].levels == 16;
  };
  while (!weight_grid(mode) || !fits(*weight_grid(mode))) ++mode;
  Bits128 bits;
  bits.put(0, 11, mode);
  bits.put(11, 2, partitions - 1);
  bits.put(13, 10, seed);  // then six bits of 0: all partitions have luminance, direct
  for (std::uint32_t p = 0; p < partitions; ++p) bits.put(29 + 16 * p, 8, 60 * p);
  std::array<std::byte, 16> block;
  bits.store(block);
  return block;
}

/// Every pattern that there is.
TEST_P(AstcWitness, PatternsAreTheSame) {
  const auto& [footprint, texture] = GetParam();
  if (texture != Texture::srgb) return;
  Peer peer(footprint, texture);
  for (std::uint32_t partitions = 2; partitions <= 4; ++partitions) {
    std::vector<std::byte> blocks;
    for (std::uint32_t b = 0; b < blocks_at_once; ++b) {
      const auto block = pattern_block(partitions, b % 1024);
      blocks.insert(blocks.end(), block.begin(), block.end());
    }
    const std::vector<Texel> theirs = peer.decode<Texel>(blocks);
    for (std::uint32_t seed = 0; seed < 1024; ++seed)
      for (std::uint32_t t = 0; t < footprint.texels(); ++t) {
        const std::size_t x = seed % blocks_wide * footprint.width + t % footprint.width;
        const std::size_t y = seed / blocks_wide * footprint.height + t / footprint.width;
        const std::uint32_t part = interop::astc_partition_of(seed, t % footprint.width, t / footprint.width, partitions,
                                                              footprint.texels());
        ASSERT_EQ(theirs[y * blocks_wide * footprint.width + x][0], 60 * part)
            << "texel " << t << " of seed " << seed << ", " << partitions << " partitions";
      }
  }
}

/// Every block mode is legal for us where it is for them, in a block that has nothing else wrong.
TEST_P(AstcWitness, BlockModesAreLegalInTheSameSizes) {
  const auto& [footprint, texture] = GetParam();
  if (texture != Texture::srgb) return;
  Peer peer(footprint, texture);
  std::vector<std::byte> blocks(blocks_at_once * 16);
  for (std::uint32_t mode = 0; mode < 2048; ++mode) {
    Bits128 bits;
    bits.put(0, 11, mode);
    bits.store(std::span<std::byte, 16>(&blocks[mode * 16], 16));
  }
  const std::vector<Texel> theirs = peer.decode<Texel>(blocks);
  for (std::uint32_t mode = 0; mode < 2048; ++mode) {
    const bool legal = parse_block(BlockBytes(&blocks[mode * 16], 16), footprint).kind != Block::Kind::error;
    const Texel& texel = theirs[mode / blocks_wide * footprint.height * blocks_wide * footprint.width +
                                mode % blocks_wide * footprint.width];
    ASSERT_EQ(legal, texel != error_colour) << "mode " << mode;
  }
}

std::string size_and_texture(const testing::TestParamInfo<std::tuple<Footprint, Texture>>& tried) {
  const auto& [footprint, texture] = tried.param;
  return size_name(footprint) + (texture == Texture::linear ? "_linear" : texture == Texture::srgb ? "_srgb" : "_light");
}

INSTANTIATE_TEST_SUITE_P(All, AstcWitness,
                         testing::Combine(testing::ValuesIn(footprints),
                                          testing::Values(Texture::linear, Texture::srgb, Texture::light)),
                         size_and_texture);

}  // namespace
}  // namespace txs::astc
