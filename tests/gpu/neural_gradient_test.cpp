// Gradients and loss of a step on the device, and what Adam makes of them, against the reference in double precision.
#include <fmt/format.h>

#include <cmath>

#include "neural/grids.h"
#include "neural_support.h"

namespace txs::neural {
namespace {

using codec::Activation;
using reference::Sample;

/// A batch as the trainer cuts the image for it: `cells` are as many as the samples, as square as the image allows.
struct Batch {
  ImageSize image;
  std::uint32_t batch;
  ImageSize cells;
};
constexpr Batch whole(ImageSize image) { return {image, image.width * image.height, image}; }

// 13 x 20 = 260: a whole block and four more samples.
constexpr Batch small_batch{{39, 61}, 260, {13, 20}};

/// Every sample a random pixel, by the formula of interop/neural_model.h.
std::vector<Sample> independent_batch(const Rgba8Image& picture, std::uint32_t channels, std::uint32_t count,
                                      std::uint64_t seed, std::uint32_t step) {
  std::vector<Sample> samples;
  for (std::uint32_t i = 0; i < count; ++i) {
    const interop::uvec2 pixel = interop::independent_pixel({std::uint32_t(picture.width), std::uint32_t(picture.height)},
                                                            interop::seed_words(seed), step, i);
    Sample& sample = samples.emplace_back(Sample{.x = pixel.x, .y = pixel.y});
    const auto texel = picture.at(int(pixel.x), int(pixel.y));
    for (std::uint32_t channel = 0; channel < channels; ++channel) sample.colour[channel] = texel[channel] / 255.0;
  }
  return samples;
}

/// What Adam's first moments say of the gradient of the step between them.
std::vector<double> gradient_between(const std::vector<float>& before, const std::vector<float>& after) {
  const double beta = interop::adam_beta1, rest = 1.0f - interop::adam_beta1;
  std::vector<double> gradient;
  for (std::size_t i = 0; i < after.size(); ++i) gradient.push_back((after[i] - beta * before[i]) / rest);
  return gradient;
}

/// Of one tensor: how far its gradients are apart, in parts of the largest of them.
double relative_error(std::span<const double> gpu, std::span<const double> cpu) {
  double apart = 0, largest = 0;
  for (std::size_t i = 0; i < cpu.size(); ++i) {
    apart = std::max(apart, std::abs(gpu[i] - cpu[i]));
    largest = std::max(largest, std::abs(cpu[i]));
  }
  EXPECT_GT(largest, 0) << "nothing depends on anything: the comparison would mean nothing";
  return apart / largest;
}

// Sums of some hundred products in single precision, and siren's phases, whose errors omega0 multiplies layer by layer.
// Measured on lavapipe: 2e-6 at most. Other devices may have a coarser sine.
constexpr double gradient_tolerance = 1e-4;

/// Whichever kernels carry the samples.
class NeuralGradients : public NeuralTest, public ::testing::WithParamInterface<Kernels> {
 protected:
  void SetUp() override {
    NeuralTest::SetUp();
    const ModelShape widest{.grids = hash_levels(16, 8, 7, 2, 30), .hidden = max_hidden, .depth = max_depth};
    if (!runs(GetParam(), widest)) GTEST_SKIP() << "the device cannot run them";
  }

  static Settings settings_for(const Batch& batch) {
    Settings settings;
    settings.seed = 0x1234567890abcdef;
    settings.steps = 10;
    settings.batch = batch.batch;
    settings.kernels = GetParam();
    return settings;
  }

  /// Each tensor's gradient in turn.
  static void expect_close(const ModelLayout& layout, std::span<const double> gpu, std::span<const double> cpu) {
    const auto compare = [&](const std::string& what, std::size_t first, std::size_t count) {
      const double error = relative_error(gpu.subspan(first, count), cpu.subspan(first, count));
      EXPECT_LT(error, gradient_tolerance) << what;
      worst_ = std::max(worst_, error);
    };
    for (const GridLayout& grid : layout.grids)
      compare(fmt::format("grid of {} x {}", grid.shape.width, grid.shape.height), grid.values,
              std::size_t(grid.shape.entries) * grid.shape.channels);
    for (std::size_t i = 0; i < layout.layers.size(); ++i) {
      const LayerLayout& layer = layout.layers[i];
      compare(fmt::format("weights {}", i), layer.weights, layer.biases - layer.weights);
      compare(fmt::format("biases {}", i), layer.biases, layer.padded_outputs);
    }
  }

  static std::vector<Sample> samples_of(const codec::Source& source, const ModelShape& shape, const Batch& batch,
                                        const Settings& settings, std::uint32_t step) {
    const bool all = batch.cells.width * batch.cells.height == batch.image.width * batch.image.height;
    if (settings.sampling == Sampling::independent && !all)
      return independent_batch(*source.picture, shape.outputs, batch.batch, settings.seed, step);
    return reference::stratified_batch(*source.picture, shape.outputs, batch.cells.width, batch.cells.height,
                                       settings.seed, step);
  }

  /// Takes steps, each held to the reference at the parameters that the device had before it.
  static void compare(const Batch& batch, const ModelShape& shape, const Settings& settings, std::uint32_t steps = 1) {
    const auto [width, height] = batch.image;
    const codec::Source source = source_of(batch.image, shape.outputs == 4);
    Training training(device(), source, shape, settings, test::lively_parameters(shape, shape.hidden + shape.depth));
    codec::TrainingState before = state_of(training);
    for (std::uint32_t step = 0; step < steps; ++step) {
      SCOPED_TRACE(fmt::format("{} x {}, {} of {}, {}, step {}", width, height, shape.depth, shape.hidden,
                               test::name_of(shape.activation), step));
      train_to(training.trainer, step + 1);
      const codec::TrainingState after = state_of(training);

      reference::Network network(shape, settings.omega0, before.parameters);
      if (settings.qat_bits > 0 && step >= settings.qat_start) reference::fake_quantise(network, settings.qat_bits);
      const auto samples = samples_of(source, shape, batch, settings, step);
      const reference::Gradient gradient = reference::gradient(network, width, height, samples);
      expect_close(network.layout, gradient_between(before.first_moments, after.first_moments), gradient.values);

      const auto figures =
          run([&](gpu::Recorder& recorder) { return training.trainer.figures(recorder); }).get();
      EXPECT_NEAR(figures.loss.value(), gradient.loss, 1e-5 * gradient.loss);
      before = after;
    }
  }

  void TearDown() override {
    RecordProperty("worst", fmt::format("{:.1e}", worst_));
    worst_ = 0;
    NeuralTest::TearDown();
  }

 private:
  static inline double worst_ = 0;
};

const std::vector<GridShape> dense_grids = {{5, 4, 3, 20}, {9, 7, 2, 63}};
const std::vector<GridShape> mixed_grids = {{4, 4, 2, 16}, {9, 9, 2, 32}, {21, 21, 2, 32}};

TEST_P(NeuralGradients, ThroughEachActivationAtEachDepth) {
  // Each activation at two depths, a shallow and a deep one, and each of those at all widths: kernels compile for seconds.
  constexpr std::uint32_t widths[] = {16, 24, 37, 64};
  for (const Activation activation : test::all_activations)
    for (std::uint32_t depth = 2 - std::uint32_t(activation) % 2; depth <= max_depth; depth += 2) {
      const std::uint32_t hidden = widths[(depth + std::uint32_t(activation)) % std::size(widths)];
      const ModelShape shape{.grids = depth % 2 == 0 ? dense_grids : mixed_grids,
                             .hidden = hidden,
                             .depth = depth,
                             .outputs = 3 + depth % 2,
                             .activation = activation};
      compare(small_batch, shape, settings_for(small_batch));
    }
}

TEST_P(NeuralGradients, OfTheWidestLayers) {
  const ModelShape shape{.grids = hash_levels(16, 8, 7, 2, 30), .hidden = max_hidden, .depth = 2};
  ASSERT_EQ(shape.inputs(), max_inputs);
  compare(small_batch, shape, settings_for(small_batch));
  compare(small_batch, {.grids = mixed_grids, .hidden = 104, .depth = 3}, settings_for(small_batch));
}

TEST_P(NeuralGradients, OfChannelsOneTwoAndFourAtATime) {
  for (const std::vector<GridShape>& grids : {std::vector<GridShape>{{5, 4, 8, 20}, {9, 7, 4, 63}}, {{5, 4, 6, 20}, {9, 9, 4, 32}},
                                              {{5, 4, 5, 20}, {9, 9, 1, 32}}}) {
    const ModelShape shape{.grids = grids, .hidden = 40, .depth = 2};
    compare(small_batch, shape, settings_for(small_batch));
  }
}

TEST_P(NeuralGradients, OfHashedEntriesThatCornersShare) {
  // 576 and 2500 corners on 8 and 4 entries: every entry adds up hundreds of corners, some of one sample.
  const ModelShape shape{.grids = {{24, 24, 2, 8}, {50, 50, 3, 4}, {3, 3, 1, 9}}, .hidden = 16, .depth = 1};
  compare(small_batch, shape, settings_for(small_batch));
  compare(whole({30, 20}), shape, settings_for(whole({30, 20})));
}

TEST_P(NeuralGradients, OfEverySizeOfBatch) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 16, .depth = 1};
  // A sample; a block to the sample, and one less and more; cells that differ in size; slices and a part of one.
  for (const Batch& batch : {Batch{{15, 17}, 1, {1, 1}}, {{31, 33}, 255, {15, 17}}, {{63, 65}, 256, {16, 16}},
                             {{257, 3}, 257, {148, 1}}, {{131, 37}, 500, {42, 11}}, {{150, 120}, 9000, {106, 84}}})
    compare(batch, shape, settings_for(batch));
}

TEST_P(NeuralGradients, OfWholeImagesOfAnySize) {
  for (const ImageSize image : {ImageSize{1, 1}, {1, 7}, {5, 1}, {131, 70}}) {
    std::vector<GridShape> grids = latent_grids(image.width, image.height, 3, 8, 2, 4);
    grids.push_back({6, 6, 1, 16});
    const ModelShape shape{.grids = grids, .hidden = 16, .depth = 1};
    compare(whole(image), shape, settings_for(whole(image)));
  }
}

TEST_P(NeuralGradients, OfIndependentSamples) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 16, .depth = 1};
  for (const Batch& batch : {Batch{{63, 65}, 256, {16, 16}}, {{131, 37}, 500, {}}, {{150, 120}, 9000, {}}, {{1, 600}, 301, {}},
                             whole({13, 29})}) {
    Settings settings = settings_for(batch);
    settings.sampling = Sampling::independent;
    compare(batch, shape, settings, 2);
  }
}

TEST_P(NeuralGradients, ThroughQuantisationStraight) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 16, .depth = 1};
  for (const std::uint32_t bits : {2u, 5u, 8u}) {
    Settings settings = settings_for(small_batch);
    settings.qat_bits = bits;
    settings.qat_start = bits == 5 ? 1 : 0;
    compare(small_batch, shape, settings, 3);
  }
}

TEST_P(NeuralGradients, OfLaterSteps) {
  const ModelShape shape{.grids = dense_grids, .hidden = 37, .depth = 2};
  compare(small_batch, shape, settings_for(small_batch), 4);
}

TEST_P(NeuralGradients, OfPaddingAreNothing) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 37, .depth = 2};
  Training training(device(), source_of(small_batch.image), shape, settings_for(small_batch),
                    test::lively_parameters(shape, 1));
  train_to(training.trainer, 3);
  const codec::TrainingState state = state_of(training);
  for (const LayerLayout& layer : training.network.layout().layers)
    for (std::uint32_t output = 0; output < layer.padded_outputs; ++output)
      for (std::uint32_t input = 0; input <= layer.padded_inputs; ++input) {  // the bias last
        if (output < layer.outputs && (input < layer.inputs || input == layer.padded_inputs)) continue;
        const std::uint32_t at =
            input == layer.padded_inputs ? layer.biases + output : layer.weights + output * layer.padded_inputs + input;
        ASSERT_EQ(state.parameters[at], 0);
        ASSERT_EQ(state.first_moments[at], 0);
        ASSERT_EQ(state.second_moments[at], 0);
      }
}

/// Half a cosine over the planned steps.
double scheduled(double rate, std::uint64_t step, std::uint32_t steps) {
  return rate * 0.5 * (1 + std::cos(M_PI * double(step) / steps));
}

TEST_P(NeuralGradients, AdamTakesTheReferencesSteps) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 37, .depth = 2};
  Settings settings = settings_for(small_batch);
  settings.grid_rate = 3e-2f;
  settings.decoder_rate = 1e-3f;
  settings.steps = 7;
  const std::vector<float> start = test::lively_parameters(shape, 5);
  Training training(device(), source_of(small_batch.image), shape, settings, start);
  const ModelLayout& layout = training.network.layout();

  // The device's own gradients: where one is all but zero, rounding decides its sign and so which way Adam goes.
  reference::Adam adam;
  std::vector<double> parameters(start.begin(), start.end());
  codec::TrainingState before = state_of(training);
  for (std::uint32_t step = 0; step < 5; ++step) {
    train_to(training.trainer, step + 1);
    const codec::TrainingState after = state_of(training);
    std::vector<double> rates(layout.floats, scheduled(settings.decoder_rate, step, settings.steps));
    std::fill_n(rates.begin(), layout.grid_floats, scheduled(settings.grid_rate, step, settings.steps));
    adam.update(parameters, gradient_between(before.first_moments, after.first_moments), rates, step + 1);
    EXPECT_EQ(training.trainer.decoder_rate(), scheduled(settings.decoder_rate, step, settings.steps));
    before = after;
  }
  double moved = 0, apart = 0, second_apart = 0;
  for (std::uint32_t i = 0; i < layout.floats; ++i) {
    const double rate = i < layout.grid_floats ? settings.grid_rate : settings.decoder_rate;
    moved = std::max(moved, std::abs(double(before.parameters[i]) - start[i]) / rate);
    apart = std::max(apart, std::abs(before.parameters[i] - parameters[i]) / rate);
    if (adam.second[i] > 1e-30)  // below, floats are on their way to underflow
      second_apart = std::max(second_apart, std::abs(before.second_moments[i] / adam.second[i] - 1));
  }
  EXPECT_GT(moved, 3);  // rates of steps that were taken in full
  // In parts of the learning rate. Measured on lavapipe: 4e-5, most of it the rounding to floats of decoder parameters that
  // are a thousand times their rate; and 1.4e-5 of the moments, where a gradient is what is left of two moments.
  EXPECT_LT(apart, 2e-4);
  EXPECT_LT(second_apart, 5e-5);
}

INSTANTIATE_TEST_SUITE_P(Kernels, NeuralGradients, ::testing::Values(Kernels::portable, Kernels::shared),
                         [](const auto& tested) {
                           return std::string(tested.param == Kernels::shared ? "shared" : "portable");
                         });

}  // namespace
}  // namespace txs::neural
