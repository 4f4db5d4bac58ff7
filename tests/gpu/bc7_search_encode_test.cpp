// The encode as its users see it: views, sizes, alpha, inspection, abort, bits from a file.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "bc7_search_support.h"
#include "codecs/bc7/bc7.h"
#include "codecs/bc7/bc7_block.h"
#include "core/error.h"

namespace txs::bc7 {
namespace {

class Bc7Encode : public Bc7SearchTest {
 protected:
  static std::vector<float> values_of_view(codec::Encode& encode, std::string_view id) {
    for (const codec::View& view : encode.views())
      if (view.id == id) return values_of<float>(device().download(*view.texture));
    ADD_FAILURE() << "no view " << id;
    return {};
  }
};

double block_error(const Rgba8Image& a, const Rgba8Image& b, std::uint32_t x, std::uint32_t y) {
  double sum = 0;
  for (int t = 0; t < 16; ++t) {
    const auto in_a = a.at(int(4 * x) + t % 4, int(4 * y) + t / 4), in_b = b.at(int(4 * x) + t % 4, int(4 * y) + t / 4);
    for (std::size_t c = 0; c < 4; ++c) sum += (in_a[c] - in_b[c]) * (in_a[c] - in_b[c]);
  }
  return sum;
}

std::uint64_t sum_of_bits(const std::vector<codec::BitPart>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::uint64_t(0),
                         [](auto sum, const auto& part) { return sum + part.bits; });
}

TEST_F(Bc7Encode, OpaquePicturesDecodeToOpaqueAtEveryStep) {
  const Rgba8Image picture = test_picture(37, 29, Content::opaque);
  const auto encode = start(picture, with({}));
  advance(*encode, {1 << 20, Pace::watch});
  while (true) {
    const Rgba8Image now = decoded(*encode, 37, 29);
    for (std::size_t i = 3; i < now.texels.size(); i += 4) ASSERT_EQ(now.texels[i], 255);
    if (encode->progress().done) break;
    advance(*encode, {1 << 20, Pace::watch});
  }
  EXPECT_TRUE(artifact(*encode).opaque);
}

TEST_F(Bc7Encode, OpaqueBlocksOfATransparentPictureStayOpaque) {
  const Rgba8Image picture = test_picture(64, 64, Content::alpha);
  const auto encode = start(picture, with({}));
  run(*encode);
  const Rgba8Image now = decoded(*encode, 64, 64);
  int opaque_blocks = 0;
  for (int y = 0; y < 64; y += 4)
    for (int x = 0; x < 64; x += 4) {
      const auto all_opaque = [&](const Rgba8Image& image) {
        for (int t = 0; t < 16; ++t)
          if (image.at(x + t % 4, y + t / 4)[3] != 255) return false;
        return true;
      };
      if (!all_opaque(picture)) continue;
      ++opaque_blocks;
      EXPECT_TRUE(all_opaque(now)) << "block at " << x << ' ' << y;
    }
  EXPECT_GT(opaque_blocks, 50);
  EXPECT_FALSE(artifact(*encode).opaque);
}

TEST_F(Bc7Encode, ViewsSayWhatWasDone) {
  const Rgba8Image picture = test_picture(64, 40, Content::opaque);
  const auto encode = start(picture, with({}));
  while (!encode->progress().whole) advance(*encode, {1 << 20, Pace::rush});
  const Rgba8Image first = decoded(*encode, 64, 40);
  run(*encode);
  const Rgba8Image last = decoded(*encode, 64, 40);
  const auto modes = values_of_view(*encode, "mode"), iterations = values_of_view(*encode, "iterations"),
             gain = values_of_view(*encode, "gain");
  ASSERT_EQ(modes.size(), 16u * 10u);
  EXPECT_TRUE(std::ranges::all_of(modes, [](float mode) { return mode == 6; }));
  for (std::uint32_t y = 0; y < 10; ++y)
    for (std::uint32_t x = 0; x < 16; ++x) {
      const codec::BlockInspection block = inspect(*encode, x, y);
      const float spent = block.search ? float(block.search->iterations.size() - 1) : 0;
      EXPECT_EQ(iterations[y * 16 + x], spent);
      const double before = block_error(picture, first, x, y), after = block_error(picture, last, x, y);
      EXPECT_NEAR(gain[y * 16 + x], 10 * std::log10(std::max(1.0, before) / std::max(1.0, after)), 1e-3);
    }
}

TEST_F(Bc7Encode, PartsSumToTheBytesOfTheArtifact) {
  const auto encode = start(test_picture(61, 40, Content::opaque), with({}));
  run(*encode);
  const codec::EncodedTexture texture = artifact(*encode);
  EXPECT_EQ(sum_of_bits(encode->bits()), texture.blocks.size() * 8);
  EXPECT_EQ(texture.blocks.size(), codec::payload_bytes(texture.format, 61, 40));
  EXPECT_EQ(texture.provenance.codec, "bc7");
  EXPECT_EQ(texture.provenance.parameters.at("objective"), "quantised");
  EXPECT_EQ(texture.provenance.steps, 64u);
}

TEST_F(Bc7Encode, AnInspectionIsOfTheBlockAskedFor) {
  const Rgba8Image picture = test_picture(61, 40, Content::opaque);
  const auto encode = start(picture, with({}));
  run(*encode);
  const codec::EncodedTexture texture = artifact(*encode);
  for (const auto& [x, y] : {std::pair{0u, 0u}, {15u, 9u}, {7u, 3u}}) {
    const codec::BlockInspection block = inspect(*encode, x, y);
    EXPECT_EQ(block.block_x, x);
    EXPECT_EQ(block.block_y, y);
    EXPECT_EQ(block.mode, "mode 6");
    const auto stored = std::span(texture.blocks).subspan((y * 16 + x) * block_bytes).first<block_bytes>();
    EXPECT_TRUE(std::ranges::equal(block.bits, stored, [](std::uint8_t a, std::byte b) { return std::byte(a) == b; }));
    ASSERT_EQ(block.original.size(), 16u);
    EXPECT_EQ(block.original[5], picture.at(int(std::min(4 * x + 1, 60u)), int(4 * y + 1)));
    ASSERT_EQ(block.subsets.size(), 1u);
    EXPECT_EQ(block.subsets[0].palette.size(), 16u);
    EXPECT_NE(block.axis, codec::Colour{});
  }
}

TEST_F(Bc7Encode, MayBeDroppedAtAnyTime) {
  const Rgba8Image picture = test_picture(61, 40, Content::opaque);
  for (int advances = 0; advances < 12; ++advances) {
    const auto encode = start(picture, with({}));
    for (int i = 0; i < advances; ++i) advance(*encode, {4000, Pace::watch});
    gpu::Recorder never_submitted(device());
    encode->advance(never_submitted, {4000, Pace::watch});
  }
  (void)kind().start(device(), source_of(picture), with({}), 1);  // while its kernels may still be in the making
}

TEST_F(Bc7Encode, ReadsBitsFromAFile) {
  const Rgba8Image picture = test_picture(61, 40, Content::alpha);
  const auto searched = start(picture, with({}));
  run(*searched);
  codec::EncodedTexture file = artifact(*searched);
  const Rgba8Image pixels = decode_image(file);

  const auto adopted = kind().adopt(device(), source_of(pixels), file);
  wait_until_ready(*adopted);
  EXPECT_TRUE(adopted->progress().done);
  EXPECT_EQ(decoded(*adopted, 61, 40).texels, pixels.texels);
  EXPECT_EQ(sum_of_bits(adopted->bits()), file.blocks.size() * 8);
  EXPECT_EQ(artifact(*adopted).blocks, file.blocks);
  EXPECT_EQ(artifact(*adopted).provenance.parameters, file.provenance.parameters);
  EXPECT_FALSE(inspect(*adopted, 3, 4).search);
  EXPECT_EQ(inspect(*adopted, 3, 4).squared_error, 0);

  file.blocks.pop_back();
  EXPECT_THROW((void)kind().adopt(device(), source_of(pixels), file), Error);
}

}  // namespace
}  // namespace txs::bc7
