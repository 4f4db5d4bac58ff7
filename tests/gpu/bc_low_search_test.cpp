// The searches of BC1, BC3, BC4 and BC5: what they say of their bits is true, what is possible is found, nothing falls.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../support/bc_low_kinds.h"
#include "block_encode_test.h"

namespace txs {
namespace {

using codec::CodecKind;
using Texel = std::array<std::uint8_t, 4>;

std::uint8_t byte_of(int value) { return std::uint8_t(std::clamp(value, 0, 255)); }

/// Gradients that run with and against each other, edges, noise that grows to the right; alpha of all kinds.
Rgba8Image textured(int width, int height, bool alpha) {
  std::mt19937 random(11);
  Rgba8Image picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int strength = 1 + 50 * x / width, ramp = (x * 9 + y * 4) % 256;
      const auto noise = [&] { return int(random() % unsigned(2 * strength + 1)) - strength; };
      const bool edge = (x / 7 + y / 5) % 3 == 0;
      const int opacity = (x / 4 + y / 4) % 3 == 0 ? 255 : (x / 4 + y / 4) % 3 == 1 ? 0 : (x * 40 + y * 50) % 256;
      const Texel texel{byte_of(ramp + noise()), byte_of((edge ? 255 - ramp : 40 + ramp / 2) + noise()),
                        byte_of(y * 11 % 256 + noise()), byte_of(alpha ? opacity : 255)};
      picture.texels.insert(picture.texels.end(), texel.begin(), texel.end());
    }
  return picture;
}

template <typename Colour>
Rgba8Image of_blocks(int wide, int high, const Colour& colour_of_block) {
  Rgba8Image picture{4 * wide, 4 * high, {}};
  for (int y = 0; y < 4 * high; ++y)
    for (int x = 0; x < 4 * wide; ++x) {
      const Texel texel = colour_of_block(y / 4 * wide + x / 4);
      picture.texels.insert(picture.texels.end(), texel.begin(), texel.end());
    }
  return picture;
}

class BcLowSearch : public BlockEncodeTest {
 protected:
  static std::unique_ptr<codec::Encode> start(const CodecKind& kind, const Rgba8Image& picture, const Values& values) {
    return BlockEncodeTest::start(kind, source_of(device(), picture), values);
  }
  static std::unique_ptr<codec::Encode> run(const CodecKind& kind, const Rgba8Image& picture, const Values& values) {
    auto encode = start(kind, picture, values);
    BlockEncodeTest::run(*encode);
    return encode;
  }
  static Rgba8Image decoded(const CodecKind& kind, codec::Encode& encode) {
    return kind.decode_on_cpu(artifact(encode));
  }
};

double squared_error(const Rgba8Image& a, const Rgba8Image& b, std::size_t first, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < a.texels.size(); i += 4)
    for (std::size_t c = first; c < first + count; ++c) sum += std::pow(double(a.texels[i + c]) - b.texels[i + c], 2);
  return sum;
}

const std::array<const CodecKind*, 4> kinds{&bc1::kind(), &bc3::kind(), &bc4::kind(), &bc5::kind()};

/// The errors that the kernels keep are those of the bits by the CPU's decoder, exactly; no stage makes them larger.
TEST_F(BcLowSearch, KernelsKeepTheTrueErrorOfTheirBits) {
  const Rgba8Image picture = textured(48, 40, false);
  for (const CodecKind* kind : kinds) {
    SCOPED_TRACE(std::string(kind->id));
    const auto encode = run(*kind, picture, {{"effort", "slow"}});
    for (std::uint32_t y = 0; y < 10; ++y)
      for (std::uint32_t x = 0; x < 12; ++x) {
        const codec::BlockInspection block = inspected(*encode, x, y);
        double error = 0, last = 0;
        for (std::size_t i = 0; i < block.gains.size(); ++i) {
          const auto& [name, after] = block.gains[i];
          const bool next_half = name.ends_with("first bits");
          if (next_half) {
            error += last;
          } else {
            ASSERT_LE(after, last) << name;
          }
          last = after;
        }
        ASSERT_EQ(error + last, block.squared_error) << x << ", " << y;
      }
  }
}

TEST_F(BcLowSearch, ThePictureNeverGetsWorse) {
  const Rgba8Image picture = textured(64, 64, true);
  for (const CodecKind* kind : kinds) {
    SCOPED_TRACE(std::string(kind->id));
    const auto encode = start(*kind, picture, {{"effort", "normal"}});
    while (!encode->progress().whole) advance(*encode, 1);
    const std::size_t channels = std::min<std::size_t>(kind->channels, 3);
    // Transparent texels decode to black, whatever the source has there.
    const auto error = [&] {
      const Rgba8Image now = decoded(*kind, *encode);
      return kind->cuts_alpha ? 0 : squared_error(picture, now, 0, channels);
    };
    double last = error(), last_alpha = squared_error(picture, decoded(*kind, *encode), 3, 1);
    while (!encode->progress().done) {
      advance(*encode, 256);
      const double now = error(), now_alpha = squared_error(picture, decoded(*kind, *encode), 3, 1);
      EXPECT_LE(now, last);
      EXPECT_LE(now_alpha, last_alpha);
      last = now;
      last_alpha = now_alpha;
    }
  }
}

// --- colours

int widen(int value, int bits) { return value << (8 - bits) | value >> (2 * bits - 8); }

/// The least error that four colours can give a flat channel: an end or an entry between two.
int least_flat_error(int wanted, int bits) {
  int least = 256;
  for (int a = 0; a < 1 << bits; ++a)
    for (int b = 0; b < 1 << bits; ++b) {
      const int entry = (2 * widen(a, bits) + widen(b, bits) + 1) / 3;
      least = std::min(least, std::abs(entry - wanted));
    }
  return least;
}

TEST_F(BcLowSearch, FlatBlocksAreAsGoodAsFourColoursCanBe) {
  const auto colour = [](int block) {
    return Texel{std::uint8_t(block), byte_of(255 - block), std::uint8_t(block * 7), 255};
  };
  const Rgba8Image picture = of_blocks(16, 16, colour);
  for (const CodecKind* kind : {&bc1::kind(), &bc3::kind()}) {
    const auto encode = run(*kind, picture, {{"effort", "fast"}});
    const Rgba8Image result = decoded(*kind, *encode);
    for (int block = 0; block < 256; ++block) {
      const Texel wanted = colour(block), got = result.at(block % 16 * 4, block / 16 * 4);
      for (std::size_t c = 0; c < 3; ++c)
        EXPECT_LE(std::abs(int(got[c]) - int(wanted[c])), least_flat_error(wanted[c], c == 1 ? 6 : 5)) << kind->id;
    }
  }
}

TEST_F(BcLowSearch, TexelsAreTransparentByTheirAlphaAlone) {
  const Rgba8Image picture = textured(64, 48, true);
  for (const int threshold : {1, 128, 255}) {
    const std::string text = std::to_string(threshold);
    for (const char* black : {"off", "on"}) {
      const auto encode = run(bc1::kind(), picture, {{"effort", "normal"}, {"alpha_threshold", text}, {"black", black}});
      const Rgba8Image result = decoded(bc1::kind(), *encode);
      for (std::size_t i = 3; i < picture.texels.size(); i += 4) {
        if (picture.texels[i] < threshold) {
          ASSERT_EQ(result.texels[i], 0) << "texel " << i / 4;
          ASSERT_EQ(result.texels[i - 1], 0) << "transparent is black";
        } else if (black == std::string_view("off")) {
          ASSERT_EQ(result.texels[i], 255) << "texel " << i / 4;
        }
      }
    }
  }
}

TEST_F(BcLowSearch, TheColourOfTransparentTexelsDoesNotMatter) {
  Rgba8Image picture = textured(32, 32, true), other = picture;
  for (std::size_t i = 0; i < other.texels.size(); i += 4)
    if (other.texels[i + 3] < 128) other.texels[i] = 200, other.texels[i + 1] = 3, other.texels[i + 2] = 90;
  const auto one = run(bc1::kind(), picture, {{"effort", "slow"}}), two = run(bc1::kind(), other, {{"effort", "slow"}});
  EXPECT_EQ(artifact(*one).blocks, artifact(*two).blocks);
}

TEST_F(BcLowSearch, AnEmptyBlockIsTransparent) {
  const Rgba8Image picture = of_blocks(3, 2, [](int) { return Texel{90, 180, 20, 0}; });
  const auto encode = run(bc1::kind(), picture, {});
  for (const std::uint8_t channel : decoded(bc1::kind(), *encode).texels) ASSERT_EQ(channel, 0);
}

TEST_F(BcLowSearch, TransparentBlackHelpsDarkBlocks) {
  Rgba8Image picture = textured(64, 64, false);
  for (std::size_t i = 0; i < picture.texels.size(); i += 4)
    if (i % 12 == 0) picture.texels[i] = picture.texels[i + 1] = picture.texels[i + 2] = 1;
  const auto without = run(bc1::kind(), picture, {}), with = run(bc1::kind(), picture, {{"black", "on"}});
  EXPECT_LT(squared_error(picture, decoded(bc1::kind(), *with), 0, 3),
            0.9 * squared_error(picture, decoded(bc1::kind(), *without), 0, 3));
  EXPECT_TRUE(artifact(*without).opaque);
  EXPECT_FALSE(artifact(*with).opaque);
}

TEST_F(BcLowSearch, WeightsMakeTheirErrorSmall) {
  const Rgba8Image picture = textured(64, 64, false);
  const auto weighted = [&](codec::Encode& encode) {
    const Rgba8Image result = decoded(bc1::kind(), encode);
    return 0.25 * squared_error(picture, result, 0, 1) + squared_error(picture, result, 1, 1) +
           0.125 * squared_error(picture, result, 2, 1);
  };
  const auto equal = run(bc1::kind(), picture, {});
  const auto perceptual = run(bc1::kind(), picture, {{"weight_red", "0.25"}, {"weight_blue", "0.125"}});
  EXPECT_LT(weighted(*perceptual), weighted(*equal));
}

// --- cuts against the textbook

/// The squared error that the best line leaves where texel t has weight w[t] of its second end, in doubles.
double least_squares_error(const std::vector<Texel>& texels, const std::array<double, 16>& w) {
  double sum_w = 0, sum_ww = 0, error = 0;
  for (const double one : w) sum_w += one, sum_ww += one * one;
  const double spread = 16 * sum_ww - sum_w * sum_w;
  for (std::size_t c = 0; c < 3; ++c) {
    double sum_x = 0, sum_wx = 0;
    for (std::size_t t = 0; t < 16; ++t) sum_x += texels[t][c], sum_wx += w[t] * texels[t][c];
    const double slope = spread > 0 ? (16 * sum_wx - sum_w * sum_x) / spread : 0, origin = (sum_x - slope * sum_w) / 16;
    for (std::size_t t = 0; t < 16; ++t) error += std::pow(texels[t][c] - origin - slope * w[t], 2);
  }
  return error;
}

/// Of all cuts of the texels, ordered along `axis`, into `steps` + 1 runs.
double least_error_of_cuts(const std::vector<Texel>& texels, const codec::Colour& axis, int steps) {
  std::array<std::size_t, 16> order;
  for (std::size_t t = 0; t < 16; ++t) order[t] = t;
  const auto along = [&](std::size_t t) {
    return texels[t][0] * axis[0] + texels[t][1] * axis[1] + texels[t][2] * axis[2];
  };
  std::ranges::stable_sort(order, {}, along);
  double least = 1e30;
  for (std::size_t a = 0; a <= 16; ++a)
    for (std::size_t b = a; b <= 16; ++b)
      for (std::size_t c = b; c <= (steps == 3 ? 16u : b); ++c) {
        std::array<double, 16> w;
        for (std::size_t i = 0; i < 16; ++i)
          w[order[i]] = double((i >= a) + (i >= b) + (steps == 3 && i >= c)) / steps;
        least = std::min(least, least_squares_error(texels, w));
      }
  return least;
}

TEST_F(BcLowSearch, TheBestOfAllCutsIsFoundFirst) {
  const Rgba8Image picture = textured(48, 32, false);
  const auto encode = run(bc1::kind(), picture, {{"effort", "fast"}});
  for (std::uint32_t y = 0; y < 8; ++y)
    for (std::uint32_t x = 0; x < 12; ++x) {
      const codec::BlockInspection block = inspected(*encode, x, y);
      for (const int steps : {3, 2}) {
        const std::string prefix = steps == 3 ? "4 colours" : "3 colours";
        const auto first = std::ranges::find_if(
            block.candidates, [&](const codec::Candidate& one) { return one.name.starts_with(prefix); });
        ASSERT_NE(first, block.candidates.end());
        const double expected = least_error_of_cuts(block.original, block.axis, steps);
        EXPECT_NEAR(first->estimate, expected, 1e-3 * expected + 0.5) << prefix << " at " << x << ", " << y;
      }
    }
}

// --- channels

/// The least squared error of any pair of ends between `from` and `to`, by the definition.
double least_channel_error(const std::vector<int>& texels, bool is_signed, int from, int to) {
  const auto byte = [&](double end) {
    return is_signed ? std::floor((end / 127 * 0.5 + 0.5) * 255 + 0.5) : std::floor(end + 0.5);
  };
  double least = 1e30;
  for (int a = from; a <= to; ++a)
    for (int b = from; b <= to; ++b) {
      const int parts = a > b ? 7 : 5;
      std::vector<double> values{byte(a), byte(b)};
      for (int i = 1; i < parts; ++i) values.push_back(byte(double((parts - i) * a + i * b) / parts));
      if (parts == 5) values.push_back(0), values.push_back(255);
      double error = 0;
      for (const int texel : texels) {
        double nearest = 1e30;
        for (const double value : values) nearest = std::min(nearest, std::abs(texel - value));
        error += nearest * nearest;
      }
      least = std::min(least, error);
    }
  return least;
}

TEST_F(BcLowSearch, NoPairOfEndsIsBetterThanTheExhaustiveSearchs) {
  std::mt19937 random(5);
  Rgba8Image picture{32, 16, std::vector<std::uint8_t>(32 * 16 * 4, 255)};
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 32; ++x) {
      const int range = 3 + 4 * (x / 4), base = 40 + 30 * (y / 4);  // narrow blocks: all of their pairs can be tried here
      const bool extreme = y >= 12 && random() % 5 == 0;
      picture.texels[std::size_t(y * 32 + x) * 4] =
          byte_of(extreme ? int(random() % 2) * 255 : base + int(random() % unsigned(range)));
    }
  for (const bool is_signed : {false, true}) {
    const auto encode = run(bc4::kind(), picture, {{"effort", "exhaustive"}, {"signed", is_signed ? "on" : "off"}});
    for (std::uint32_t y = 0; y < 4; ++y)
      for (std::uint32_t x = 0; x < 8; ++x) {
        const codec::BlockInspection block = inspected(*encode, x, y);
        std::vector<int> texels;
        for (const Texel& texel : block.original) texels.push_back(texel[0]);
        const int base = 40 + 30 * int(y), low = is_signed ? base / 2 - 64 : base;
        const double least = least_channel_error(texels, is_signed, low - 12, low + 50);
        EXPECT_LE(block.squared_error, least) << "signed " << is_signed << ", block " << x << ", " << y;
      }
  }
}

TEST_F(BcLowSearch, FlatChannelsAreExact) {
  const Rgba8Image picture = of_blocks(16, 16, [](int block) {
    return Texel{std::uint8_t(block), byte_of(255 - block), 0, byte_of(block ^ 85)};
  });
  EXPECT_EQ(squared_error(picture, decoded(bc4::kind(), *run(bc4::kind(), picture, {})), 0, 1), 0);
  EXPECT_EQ(squared_error(picture, decoded(bc5::kind(), *run(bc5::kind(), picture, {})), 0, 2), 0);
  EXPECT_EQ(squared_error(picture, decoded(bc3::kind(), *run(bc3::kind(), picture, {})), 3, 1), 0);
  // snorm has 255 values for 256 bytes: one of them is off by one.
  EXPECT_LE(squared_error(picture, decoded(bc4::kind(), *run(bc4::kind(), picture, {{"signed", "on"}})), 0, 1), 16 * 255);
}

/// z as the definition has it, in doubles.
std::array<double, 3> normal_of(const Texel& texel) {
  const double x = texel[0] / 255.0 * 2 - 1, y = texel[1] / 255.0 * 2 - 1;
  const double z = std::sqrt(std::max(0.0, 1 - x * x - y * y));
  const double length = std::sqrt(x * x + y * y + z * z);
  return {x / length, y / length, z / length};
}

TEST_F(BcLowSearch, NormalsAreRebuiltAndTheirAnglesAreTrue) {
  Rgba8Image picture{30, 18, {}};  // a sphere: at its edge and beyond, z is 0
  for (int y = 0; y < 18; ++y)
    for (int x = 0; x < 30; ++x) {
      const Texel texel{byte_of(x * 9), byte_of(y * 15), 0, 255};
      picture.texels.insert(picture.texels.end(), texel.begin(), texel.end());
    }
  const auto encode = run(bc5::kind(), picture, {});
  const gpu::Texture target(device(), gpu::Format::rgba8, 30, 18, "decoded");
  gpu::Recorder recorder(device());
  encode->decode(recorder, target);
  device().submit(std::move(recorder));
  const Rgba8Image result{30, 18, values_of<std::uint8_t>(device().download(target))};
  const auto views = encode->views();
  const auto texture_of = [&](std::string_view id) { return std::ranges::find(views, id, &codec::View::id)->texture; };
  const Rgba8Image normals{30, 18, values_of<std::uint8_t>(device().download(*texture_of("normals")))};
  const auto means = values_of<float>(device().download(*texture_of("angle")));
  const auto largest = values_of<float>(device().download(*texture_of("angle-largest")));
  for (int by = 0; by < 5; ++by)
    for (int bx = 0; bx < 8; ++bx) {
      double sum = 0, most = 0;
      int count = 0;
      for (int y = 4 * by; y < std::min(18, 4 * by + 4); ++y)
        for (int x = 4 * bx; x < std::min(30, 4 * bx + 4); ++x, ++count) {
          const auto a = normal_of(picture.at(x, y)), b = normal_of(result.at(x, y));
          const double angle = std::acos(std::min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])) * 180 / std::acos(-1.0);
          sum += angle;
          most = std::max(most, angle);
          for (std::size_t c = 0; c < 3; ++c)
            EXPECT_NEAR(normals.at(x, y)[c], (b[c] * 0.5 + 0.5) * 255, 0.55) << x << ", " << y;
        }
      EXPECT_NEAR(means[std::size_t(by * 8 + bx)], sum / count, 0.01);
      EXPECT_NEAR(largest[std::size_t(by * 8 + bx)], most, 0.01);
    }
}

TEST_F(BcLowSearch, MinusOneIsWrittenAsItsLargerCode) {
  const Rgba8Image picture = textured(64, 64, false);
  const codec::EncodedTexture texture = artifact(*run(bc5::kind(), picture, {{"signed", "on"}, {"effort", "slow"}}));
  EXPECT_EQ(texture.format, codec::TextureFormat::bc5_snorm);
  for (std::size_t at = 0; at < texture.blocks.size(); at += 8)
    for (const std::size_t end : {0u, 1u}) ASSERT_NE(texture.blocks[at + end], std::byte(0x80)) << "-128, which is -127";
}

}  // namespace
}  // namespace txs
