// The BC6H encoder on what half floats can be: extremes, subnormals, both signs; and its objective over time.
#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

#include "block_encode_test.h"
#include "codecs/bc6h/bc6h.h"
#include "codecs/bc6h/bc6h_block.h"
#include "core/error.h"
#include "core/half.h"
#include "image/tone_map.h"

namespace txs::bc6h {
namespace {

using codec::TextureFormat;
constexpr std::uint16_t half_one = 0x3C00, largest_half = 0x7BFF, sign = 0x8000;

/// What the search makes small: halves' bits as whole numbers.
double number_of(std::uint16_t half) { return half >= sign ? -double(half - sign) : double(half); }

double squared_error(const Rgba16fImage& a, const Rgba16fImage& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.texels.size(); ++i) {
    const double off = number_of(a.texels[i]) - number_of(b.texels[i]);
    if (i % 4 < 3) sum += off * off;
  }
  return sum;
}

/// `half(x, y, channel)` for every texel.
template <typename Half>
Rgba16fImage picture_of(int width, int height, const Half& half) {
  Rgba16fImage picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) picture.texels.push_back(half(x, y, c));
      picture.texels.push_back(half_one);
    }
  return picture;
}

/// A gradient over some octaves with an edge, grain and, where asked for, both signs.
Rgba16fImage lively_picture(int width, int height, bool with_negative) {
  std::mt19937 random(5);
  return picture_of(width, height, [&](int x, int y, int c) {
    const float base = std::exp2(float(x + 2 * c) * 0.11f - 4) * ((x / 7 + y / 5) % 2 == 0 ? 1.0f : 3.0f);
    const float value = base * (0.9f + 0.2f * float(random() % 1000) / 1000);
    return float_to_half(with_negative && (x + y) % 9 == 0 ? -value : value);
  });
}

/// Blocks of one colour each, from all halves that there are.
Rgba16fImage flat_blocks(bool with_negative) {
  std::mt19937 random(9);
  // Of the third: the least subnormal, the greatest, the least that is normal.
  std::vector<std::array<std::uint16_t, 3>> colours{
      {0, 0, 0}, {largest_half, largest_half, largest_half}, {1, 0x3FF, 0x400}, {half_one, 0, largest_half}};
  while (colours.size() < 256) {
    std::array<std::uint16_t, 3> colour;
    for (std::uint16_t& half : colour)
      half = std::uint16_t(random() % (largest_half + 1) | (with_negative && random() % 2 == 0 ? sign : 0));
    for (std::uint16_t& half : colour)
      if (half == sign) half = 0;
    colours.push_back(colour);
  }
  return picture_of(
      64, 64, [&](int x, int y, int c) { return colours[std::size_t(y / 4 * 16 + x / 4)][std::size_t(c)]; });
}

class Bc6hEncode : public BlockEncodeTest {
 protected:
  static codec::Source source_of(Rgba16fImage light) { return source_of_light(device(), std::move(light)); }
  static std::unique_ptr<codec::Encode> start(const codec::Source& source, const Values& values) {
    return BlockEncodeTest::start(kind(), source, values);
  }
  static codec::EncodedTexture encoded(const Rgba16fImage& light, const Values& values) {
    const auto encode = start(source_of(light), values);
    run(*encode);
    return artifact(*encode);
  }
};

TEST_F(Bc6hEncode, FlatBlocksAreExact) {
  for (const bool negative : {false, true}) {
    const Rgba16fImage light = flat_blocks(negative);
    const codec::EncodedTexture bits = encoded(light, {{"effort", "fast"}});
    EXPECT_EQ(bits.format, negative ? TextureFormat::bc6h_sfloat : TextureFormat::bc6h_ufloat);
    const Rgba16fImage decoded = decode_image(bits);
    for (std::size_t i = 0; i < light.texels.size(); ++i)
      ASSERT_EQ(decoded.texels[i], light.texels[i]) << (negative ? "signed" : "unsigned") << ", sample " << i;
  }
}

TEST_F(Bc6hEncode, TheObjectiveNeverRises) {
  for (const bool negative : {false, true}) {
    const Rgba16fImage light = lively_picture(48, 40, negative);  // whole blocks: texels beyond an edge count
    const auto encode = start(source_of(light), {{"effort", "exhaustive"}, {"weight_negative", "1"}});
    while (!encode->progress().whole) advance(*encode, 1);
    const double first = squared_error(light, decode_image(artifact(*encode)));
    double before = first;
    while (!encode->progress().done) {
      advance(*encode, 4000);
      const double now = squared_error(light, decode_image(artifact(*encode)));
      EXPECT_LE(now, before * (1 + 1e-6)) << "step " << encode->progress().step;  // summed in single precision there
      before = now;
    }
    EXPECT_LT(before, 0.95 * first);
  }
}

TEST_F(Bc6hEncode, NoBitsDecodeToInfinity) {
  std::mt19937 random(11);
  for (const bool negative : {false, true}) {
    const Rgba16fImage light = picture_of(64, 64, [&](int, int, int) {
      const bool extreme = random() % 3 == 0;
      const auto magnitude = std::uint16_t(extreme ? largest_half : random() % (largest_half + 1));
      return std::uint16_t(magnitude | (negative && random() % 2 == 0 ? sign : 0));
    });
    for (const char* effort : {"fast", "normal"}) {
      const Rgba16fImage decoded = decode_image(encoded(light, {{"effort", effort}}));
      EXPECT_TRUE(std::ranges::all_of(decoded.texels, half_is_finite)) << effort;
    }
  }
}

TEST_F(Bc6hEncode, NegativeValuesAreKeptRefusedOrMadeZero) {
  const Rgba16fImage light = lively_picture(32, 32, true);
  EXPECT_EQ(encoded(light, {{"effort", "fast"}}).format, TextureFormat::bc6h_sfloat);
  const Rgba16fImage kept = decode_image(encoded(light, {{"effort", "fast"}, {"weight_negative", "1"}}));
  EXPECT_TRUE(std::ranges::any_of(kept.texels, [](std::uint16_t half) { return half > sign; }));

  const codec::EncodedTexture clamped = encoded(light, {{"effort", "fast"}, {"signed", "clamp"}});
  EXPECT_EQ(clamped.format, TextureFormat::bc6h_ufloat);
  EXPECT_TRUE(std::ranges::none_of(decode_image(clamped).texels, [](std::uint16_t half) { return half >= sign; }));

  try {
    start(source_of(light), {{"signed", "unsigned"}});
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST_F(Bc6hEncode, TheNegativeZeroIsNotNegative) {
  const Rgba16fImage light = picture_of(4, 4, [](int x, int, int) { return x == 0 ? sign : half_one; });
  EXPECT_EQ(encoded(light, {{"effort", "fast"}}).format, TextureFormat::bc6h_ufloat);
}

TEST_F(Bc6hEncode, ModesThatAreNotAllowedAreNotUsed) {
  const Rgba16fImage light = lively_picture(48, 48, false);
  for (const auto& [choice, subsets] : {std::pair{"one_subset", 1}, {"two_subsets", 2}}) {
    const codec::EncodedTexture bits = encoded(light, {{"modes", choice}});
    for (std::size_t i = 0; i < bits.blocks.size(); i += block_bytes)
      EXPECT_EQ(parse_block(BlockBytes(&bits.blocks[i], block_bytes), false).subsets, subsets);
  }
}

TEST_F(Bc6hEncode, TwoColoursOfAPartitionAreExactEnough) {
  // Two flat subsets: half a step of a mode of 11 bits is left.
  const Rgba16fImage light =
      picture_of(16, 16, [](int x, int, int c) { return float_to_half(x % 4 < 2 ? 0.5f + 0.1f * float(c) : 0.7f); });
  const codec::EncodedTexture bits = encoded(light, {});
  const Rgba16fImage decoded = decode_image(bits);
  for (std::size_t i = 0; i < light.texels.size(); ++i)
    EXPECT_LE(std::abs(number_of(light.texels[i]) - number_of(decoded.texels[i])), 16);
}

TEST_F(Bc6hEncode, AnInspectionTellsTheBlocksStory) {
  const codec::Source source = source_of(lively_picture(48, 40, false));
  const auto encode = start(source, {{"effort", "normal"}});
  run(*encode);
  const Rgba16fImage decoded = decode_image(artifact(*encode));
  for (const auto& [x, y] : {std::pair{0u, 0u}, {11u, 9u}, {5u, 4u}}) {
    const codec::BlockInspection block = inspected(*encode, x, y);
    EXPECT_EQ(block.decoded_light[5][0], half_to_float(decoded.at(int(4 * x) + 1, int(4 * y) + 1)[0]));
    EXPECT_EQ(block.original_light[5][1], half_to_float(source.light->at(int(4 * x) + 1, int(4 * y) + 1)[1]));
    ASSERT_EQ(block.candidates.size(), 5u);  // one subset, four partitions
    EXPECT_EQ(std::ranges::count_if(block.candidates, &codec::Candidate::chosen), 1);
    ASSERT_EQ(block.gains.size(), 3u);
    EXPECT_GE(block.gains[0].squared_error, block.gains[1].squared_error);
    EXPECT_GE(block.gains[1].squared_error, block.gains[2].squared_error);
    for (std::size_t i = 2; i < 5; ++i)  // in the order of their estimates, which are the upper bits of sort keys
      EXPECT_GE(block.candidates[i].estimate, 0.98 * block.candidates[i - 1].estimate);
    const auto chosen = std::ranges::find_if(block.candidates, &codec::Candidate::chosen);
    EXPECT_NEAR(chosen->squared_error, block.gains[1].squared_error, 1e-4 * chosen->squared_error);
    double error = 0;
    for (std::size_t t = 0; t < 16; ++t)
      for (std::size_t c = 0; c < 3; ++c) {
        const double off = number_of(float_to_half(block.original_light[t][c])) -
                           number_of(float_to_half(block.decoded_light[t][c]));
        error += off * off;
      }
    EXPECT_NEAR(block.gains[2].squared_error, error, 1e-5 * error);
  }
}

}  // namespace
}  // namespace txs::bc6h
