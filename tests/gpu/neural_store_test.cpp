// What is stored of trained parameters, what of it is shown, and how a texel is decoded from it.
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>

#include "neural/decode.h"
#include "neural/grids.h"
#include "neural_support.h"

namespace txs::neural {
namespace {

using codec::Activation;

/// IEEE 754-2019, 4.3.1: the nearest binary16, ties to even, by the double nearest to a multiple of its last place.
std::uint16_t nearest_binary16(float value) {
  const std::uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return sign | 0x7e00;
  const double magnitude = std::abs(double(value));
  if (magnitude == 0) return sign;
  const int exponent = std::max(std::ilogb(magnitude), -14);
  const double units = std::nearbyint(std::ldexp(magnitude, 10 - exponent));  // of the last place; the mode is ties to even
  // A carry to 2048 units runs into the exponent's bits, as it should; subnormals have 0 there and no implicit bit.
  const double bits = (exponent + 14) * 1024.0 + units;
  return sign | std::uint16_t(std::min(bits, double(0x7c00)));
}

/// All finite binary16 values, what lies halfway to the next, and the floats on both sides of that.
std::vector<float> telling_values() {
  std::vector<float> values;
  for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) {
    const auto number = [](std::uint32_t pattern) {
      return pattern < 0x400 ? std::ldexp(double(pattern), -24)
                             : std::ldexp(1024.0 + pattern % 1024, int(pattern / 1024) - 25);
    };
    const auto here = float(number(bits)), halfway = float((number(bits) + number(bits + 1)) / 2);
    for (const float value : {here, std::nextafter(halfway, 0.0f), halfway, std::nextafter(halfway, 1e9f)})
      values.insert(values.end(), {value, -value});
  }
  return values;
}

/// A model whose one grid of `channels` channels has these values, of a side that they fit.
struct Holder {
  ModelShape shape;
  std::vector<float> parameters;
};
Holder holder_of(const std::vector<float>& values, std::uint32_t channels) {
  const auto side = std::uint32_t(std::ceil(std::sqrt(double(values.size()) / channels)));
  Holder holder{.shape = {.grids = {{side, side, channels, side * side}}, .hidden = 16, .depth = 1}, .parameters = {}};
  holder.parameters = test::lively_parameters(holder.shape, 1);
  std::ranges::copy(values, holder.parameters.begin());
  return holder;
}

class NeuralStore : public NeuralTest {
 protected:
  /// What `fill_view` puts into a view's planes and ranges.
  struct Shown {
    std::vector<float> planes, ranges;
  };
  static Shown shown(Storing& storing, const codec::View& view) {
    run([&](gpu::Recorder& recorder) {
      storing.stored.fill_view(recorder, view.id);
      return 0;
    });
    return {values_of<float>(device().download(*view.texture)), values_of<float>(device().download(*view.ranges))};
  }
};

TEST_F(NeuralStore, HalvesAreTheNearestTiesToEven) {
  constexpr std::uint32_t channels = 16;
  std::vector<float> values = telling_values();
  values.insert(values.end(), {65504.0f, 65519.996f, 65520.0f, 65536.0f, 1e30f, -65520.0f, 3e38f, 1e-8f, -1e-30f});
  const Holder holder = holder_of(values, channels);
  Storing storing(device(), source_of({4, 4}), holder.shape, holder.parameters);
  const codec::EncodedNetwork network = artifact_of(storing, 0);
  ASSERT_EQ(network.grids[0].bits, 16u);
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(network.grids[0].values[i], nearest_binary16(values[i])) << fmt::format("of {:a}", values[i]);
  for (std::size_t i = 0; i < network.layers[0].biases.size(); ++i)
    EXPECT_EQ(network.layers[0].biases[i],
              nearest_binary16(holder.parameters[storing.network.layout().layers[0].biases + i]));
}

TEST_F(NeuralStore, WhatIsNoNumberStaysNone) {
  const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  const Holder holder = holder_of({infinity, -infinity, nan, 1.0f}, 1);
  Storing storing(device(), source_of({4, 4}), holder.shape, holder.parameters);
  const auto values = artifact_of(storing, 0).grids[0].values;
  EXPECT_EQ(values[0], 0x7c00);
  EXPECT_EQ(values[1], 0xfc00);
  EXPECT_EQ(values[2] & 0x7fff, 0x7e00);
  EXPECT_EQ(values[3], 0x3c00);
}

TEST_F(NeuralStore, HalvesDecodeToTheirValues) {
  std::vector<float> values = telling_values();
  std::erase_if(values, [](float value) { return std::abs(value) >= 65520; });
  const Holder holder = holder_of(values, 16);
  Storing storing(device(), source_of({4, 4}), holder.shape, holder.parameters);
  artifact_of(storing, 0);
  const codec::View view = storing.stored.views().front();
  const Shown seen = shown(storing, view);
  const std::size_t texels = std::size_t(view.texture->width()) * holder.shape.grids[0].height;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint16_t bits = nearest_binary16(values[i]);
    const double magnitude = (bits & 0x7c00) == 0 ? std::ldexp(bits & 0x3ff, -24)
                                                  : std::ldexp(1024 + (bits & 0x3ff), ((bits >> 10) & 31) - 25);
    ASSERT_EQ(std::abs(double(seen.planes[i % 16 * texels + i / 16])), magnitude) << bits;
  }
}

TEST_F(NeuralStore, IntegersAreTheLevelsOfTheMasterValues) {
  std::mt19937 random(3);
  std::normal_distribution<float> normal(0.1f, 0.3f);
  std::vector<float> values(3 * 41 * 41);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 3 == 2 ? 0.25f : normal(random);  // one channel is flat
  const Holder holder = holder_of(values, 3);
  Storing storing(device(), source_of({4, 4}), holder.shape, holder.parameters);
  for (std::uint32_t bits = 2; bits <= 8; ++bits) {
    const codec::FeatureGrid grid = artifact_of(storing, bits).grids[0];
    EXPECT_EQ(grid.bits, bits);
    const float steps = float((1u << bits) - 1);
    for (std::uint32_t channel = 0; channel < 3; ++channel) {
      float low = values[channel], high = values[channel];
      for (std::size_t i = channel; i < values.size(); i += 3) low = std::min(low, values[i]), high = std::max(high, values[i]);
      ASSERT_EQ(grid.low[channel], low);
      ASSERT_EQ(grid.high[channel], high);
      for (std::size_t i = channel; i < values.size(); i += 3)
        ASSERT_EQ(grid.values[i], std::uint16_t(interop::quantised_level(values[i], low, high, steps)))
            << bits << " bits, channel " << channel << ", " << values[i];
    }
  }
}

TEST_F(NeuralStore, SizesAreThoseOfTheValues) {
  const ModelShape shape{.grids = {{5, 4, 3, 20}, {9, 9, 2, 32}}, .hidden = 24, .depth = 2};
  Storing storing(device(), source_of({4, 4}), shape, test::lively_parameters(shape, 1));
  const std::uint64_t grids = 5 * 4 * 3 + 32 * 2, decoder = 6 * 24 + 25 * 24 + 25 * 3;
  for (const std::uint32_t bits : {0u, 5u}) {
    artifact_of(storing, bits);
    const auto parts = storing.stored.bits();
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].bits, bits == 0 ? grids * 16 : grids * bits + 5 * 2 * 32);
    EXPECT_EQ(parts[1].bits, decoder * 16);
  }
}

TEST_F(NeuralStore, ViewsAreTheStoredValuesOfEveryTexelOfEveryLevel) {
  // Levels that are dense and levels that hash; a latent texture; more channels than texels a row.
  const std::vector<std::vector<GridShape>> models = {
      hash_levels(6, 3, 6, 4, 33), latent_grids(50, 30, 5, 8, 2, 4), latent_grids(9, 5, 12, 8, 0, 4)};
  for (const auto& grids : models)
    for (const std::uint32_t bits : {0u, 3u}) {
      const ModelShape shape{.grids = grids, .hidden = 16, .depth = 1};
      Storing storing(device(), source_of({50, 30}), shape, test::lively_parameters(shape, bits));
      const codec::EncodedNetwork network = artifact_of(storing, bits);
      const std::vector<float> values = parameters_of(network);
      const auto views = storing.stored.views();
      ASSERT_EQ(views.size(), grids.size());
      for (std::size_t index = 0; index < views.size(); ++index) {
        const codec::View& view = views[index];
        SCOPED_TRACE(view.id);
        const GridLayout& grid = storing.network.layout().grids[index];
        const auto [width, height, channels, entries] = grid.shape;
        EXPECT_EQ(view.kind, codec::View::Kind::features);
        EXPECT_TRUE(view.corner_aligned);
        ASSERT_EQ(view.channels, channels);
        ASSERT_EQ(view.texture->width(), width);
        ASSERT_EQ(view.texture->height(), height * channels);
        ASSERT_EQ(view.ranges->height(), channels);
        const Shown seen = shown(storing, view);
        const interop::NeuralGrid addressed = addressing(grid, 50, 30);
        for (std::uint32_t channel = 0; channel < channels; ++channel) {
          for (std::uint32_t y = 0; y < height; ++y)
            for (std::uint32_t x = 0; x < width; ++x)
              ASSERT_EQ(seen.planes[(channel * height + y) * width + x],
                        values[grid.values + interop::grid_entry(addressed, x, y) * channels + channel]);
          // Ranges are those of the values before they were rounded to what is stored.
          float low = 1e9f, high = -1e9f;
          for (std::uint32_t entry = 0; entry < entries; ++entry) {
            low = std::min(low, values[grid.values + entry * channels + channel]);
            high = std::max(high, values[grid.values + entry * channels + channel]);
          }
          EXPECT_NEAR(seen.ranges[2 * channel], low, 1e-3f * std::abs(low));
          EXPECT_NEAR(seen.ranges[2 * channel + 1], high, 1e-3f * std::abs(high));
        }
      }
    }
}

TEST_F(NeuralStore, UploadedNetworksDecodeAndShowAsTheirFileSays) {
  const ModelShape shape{.grids = hash_levels(6, 3, 6, 4, 33), .hidden = 16, .depth = 1};
  const codec::Source source = source_of({50, 30});
  for (const std::uint32_t bits : {0u, 3u}) {
    Storing trained(device(), source, shape, test::lively_parameters(shape, 9));
    const Rgba8Image picture = decoded(trained, bits);
    const codec::EncodedNetwork network = artifact_of(trained, bits);
    Storing loaded(device(), source, shape, std::vector<float>(ModelLayout(shape).floats, 0.0f));
    loaded.stored.upload(network);
    EXPECT_EQ(loaded.stored.quantised_bits(), bits);
    const gpu::Texture target(device(), gpu::Format::rgba8, 50, 30, "decoded");
    run([&](gpu::Recorder& recorder) {
      loaded.stored.decode(recorder, target, 30);
      return 0;
    });
    EXPECT_EQ(values_of<std::uint8_t>(device().download(target)), picture.texels);
    const auto before = trained.stored.views(), after = loaded.stored.views();
    for (std::size_t i = 0; i < before.size(); ++i)
      EXPECT_EQ(shown(loaded, after[i]).planes, shown(trained, before[i]).planes);
  }
}

/// Odd sides, and more pixels than a software device decodes at once.
class NeuralPasses : public NeuralStore {
 protected:
  static constexpr ImageSize size{241, 171};

  static Rgba8Image whole(Storing& storing, float omega0) { return decoded(storing, 0, omega0); }
  /// Parts [first, last) of `passes` quarters of a picture of a state that was stored.
  static std::vector<std::uint8_t> after(Storing& storing, const gpu::Texture& target, std::uint32_t first_pass,
                                         std::uint32_t last_pass, float omega0) {
    const std::uint32_t parts = storing.stored.decode_parts();
    run([&](gpu::Recorder& recorder) {
      if (first_pass == 0) storing.stored.store(recorder, storing.parameters, 0);
      for (std::uint32_t part = parts * first_pass / 4; part < parts * last_pass / 4; ++part)
        storing.stored.decode_part(recorder, target, omega0, part);
      return 0;
    });
    return values_of<std::uint8_t>(device().download(target));
  }
  static std::vector<std::uint8_t> texel(const std::vector<std::uint8_t>& texels, std::uint32_t x, std::uint32_t y) {
    const auto at = texels.begin() + std::ptrdiff_t(4 * (y * size.width + x));
    return {at, at + 4};
  }
};

TEST_F(NeuralPasses, LeaveWholePicturesAndEndInThatOfOneState) {
  const ModelShape shape{.grids = latent_grids(size.width, size.height, 3, 8, 2, 4), .hidden = 16, .depth = 1};
  Storing storing(device(), source_of(size), shape, test::lively_parameters(shape, 9));
  if (!device().is_cpu()) GTEST_SKIP() << "decodes it at once";
  ASSERT_EQ(storing.stored.decode_parts() % 4, 0u);
  const Rgba8Image old = whole(storing, 30), next = whole(storing, 12);
  const gpu::Texture target(device(), gpu::Format::rgba8, size.width, size.height, "decoded");

  const std::vector<std::uint8_t> coarse = after(storing, target, 0, 1, 30);
  for (std::uint32_t y = 0; y < size.height; ++y)
    for (std::uint32_t x = 0; x < size.width; ++x)
      ASSERT_EQ(texel(coarse, x, y), texel(old.texels, x - x % 2, y - y % 2)) << x << " " << y;
  EXPECT_EQ(after(storing, target, 1, 4, 30), old.texels);

  const std::vector<std::uint8_t> mixed = after(storing, target, 0, 2, 12);
  for (std::uint32_t y = 0; y < size.height; ++y)
    for (std::uint32_t x = 0; x < size.width; ++x)
      ASSERT_EQ(texel(mixed, x, y), texel(y % 2 == 0 ? next.texels : old.texels, x, y)) << x << " " << y;
  const gpu::Texture other(device(), gpu::Format::rgba8, size.width, size.height, "another target");
  EXPECT_EQ(after(storing, other, 2, 4, 12), next.texels);
}

void expect_near(const std::vector<float>& gpu, const std::vector<double>& cpu, double tolerance) {
  ASSERT_EQ(gpu.size(), cpu.size());
  for (std::size_t i = 0; i < cpu.size(); ++i) EXPECT_NEAR(gpu[i], cpu[i], tolerance) << i;
}

TEST_F(NeuralStore, InspectionsAreTheReferencesTraces) {
  for (const Activation activation : {Activation::siren, Activation::gelu}) {
    const bool alpha = activation == Activation::gelu;
    const ModelShape shape{.grids = alpha ? latent_grids(50, 30, 5, 8, 2, 4) : hash_levels(6, 3, 6, 4, 33),
                           .hidden = 24,
                           .depth = 2,
                           .outputs = alpha ? 4u : 3u,
                           .activation = activation};
    const codec::Source source = source_of({50, 30}, alpha);
    Storing storing(device(), source, shape, test::lively_parameters(shape, 8));
    const std::uint32_t bits = alpha ? 8 : 0;
    const Rgba8Image picture = decoded(storing, bits, 21);
    const reference::Network network(shape, 21, parameters_of(artifact_of(storing, bits)));
    for (const auto& [x, y] : {std::pair{0u, 0u}, {49u, 29u}, {49u, 0u}, {17u, 23u}, {31u, 8u}}) {
      SCOPED_TRACE(fmt::format("{}, {} of {}", x, y, test::name_of(activation)));
      const auto pending = run([&](gpu::Recorder& recorder) { return storing.stored.inspect(recorder, x, y, 21); });
      const auto texel = std::get<codec::TexelInspection>(pending.get());
      EXPECT_EQ(std::pair(texel.x, texel.y), std::pair(x, y));
      EXPECT_EQ(texel.original, source.picture->at(int(x), int(y)));
      EXPECT_EQ(texel.decoded, picture.at(int(x), int(y)));

      const reference::Trace trace = reference::forward(network, 50, 30, x, y);
      ASSERT_EQ(texel.grids.size(), shape.grids.size());
      for (std::size_t g = 0; g < texel.grids.size(); ++g) {
        const codec::GridSample& sample = texel.grids[g];
        const GridLayout& grid = network.layout.grids[g];
        EXPECT_FALSE(sample.name.empty());
        EXPECT_EQ(sample.hashed, grid.shape.hashed());
        EXPECT_FLOAT_EQ(sample.x, float(x) * float(grid.shape.width - 1) / 49);
        EXPECT_FLOAT_EQ(sample.y, float(y) * float(grid.shape.height - 1) / 29);
        const auto corners = reference::corners(addressing(grid, 50, 30), x, y);
        for (std::size_t c = 0; c < 4; ++c) {
          EXPECT_EQ(sample.corners[c].entry, corners[c].entry);
          EXPECT_NEAR(sample.corners[c].weight, corners[c].weight, 1e-6);
          ASSERT_EQ(sample.corners[c].values.size(), grid.shape.channels);
          for (std::uint32_t channel = 0; channel < grid.shape.channels; ++channel)
            EXPECT_EQ(sample.corners[c].values[channel],
                      network.parameters[grid.values + corners[c].entry * grid.shape.channels + channel]);
        }
        const auto first = trace.features.begin() + grid.first_input;
        expect_near(sample.features, {first, first + grid.shape.channels}, 1e-6);
      }
      ASSERT_EQ(texel.layers.size(), trace.sums.size());
      for (std::size_t layer = 0; layer < texel.layers.size(); ++layer) {
        expect_near(texel.layers[layer].sums, trace.sums[layer], 1e-5);
        expect_near(texel.layers[layer].outputs, trace.outputs[layer], 2e-5);
      }
    }
  }
}

}  // namespace
}  // namespace txs::neural
