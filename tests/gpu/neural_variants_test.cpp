// What kernels that multiply matrices of halves are held to, against the reference in double precision, and what all kernel
// variants are beyond neural_gradient_test.cpp, where the device runs them.
#include <fmt/format.h>

#include <cmath>

#include "core/error.h"
#include "neural/decode.h"
#include "neural/grids.h"
#include "neural_support.h"

namespace txs::neural {
namespace {

using codec::Activation;

/// A batch as the trainer cuts the image for it.
struct Batch {
  ImageSize image;
  std::uint32_t batch;
  ImageSize cells;
};
constexpr Batch whole(ImageSize image) { return {image, image.width * image.height, image}; }
constexpr Batch small_batch{{39, 61}, 260, {13, 20}};  // a whole block and four more samples

const std::vector<GridShape> dense_grids = {{5, 4, 3, 20}, {9, 7, 2, 63}};
const std::vector<GridShape> mixed_grids = {{4, 4, 2, 16}, {9, 9, 2, 32}, {21, 21, 2, 32}};

struct Variant {
  Kernels kernels;
  const char* name;
  double tolerance;       ///< of a tensor's gradient: root of the mean square, in parts of its own
  double fit_tolerance;   ///< where errors are so small that the outputs' last bits count
};

/// Root of the mean square of what two gradients are apart, in parts of that of the second.
double relative_error(std::span<const double> gpu, std::span<const double> cpu) {
  double apart = 0, square = 0;
  for (std::size_t i = 0; i < cpu.size(); ++i) {
    apart += (gpu[i] - cpu[i]) * (gpu[i] - cpu[i]);
    square += cpu[i] * cpu[i];
  }
  EXPECT_GT(square, 0) << "nothing depends on anything: the comparison would mean nothing";
  return std::sqrt(apart / square);
}

class NeuralVariants : public NeuralTest, public ::testing::WithParamInterface<Variant> {
 protected:
  void SetUp() override {
    NeuralTest::SetUp();
    if (!runs({.grids = mixed_grids})) GTEST_SKIP() << device().info().name << " does not run these kernels";
  }

  static bool runs(const ModelShape& shape) {
    try {
      choose_kernels(GetParam().kernels, KernelLimits(device()), shape);
    } catch (const Error&) {
      return false;
    }
    return true;
  }

  static Settings settings_for(const Batch& batch) {
    Settings settings;
    settings.kernels = GetParam().kernels;
    settings.seed = 0x1234567890abcdef;
    settings.steps = 10;
    settings.batch = batch.batch;
    return settings;
  }

  static void compare(const Batch& batch, const ModelShape& shape) {
    compare(batch, shape, source_of(batch.image, shape.outputs == 4),
            test::lively_parameters(shape, shape.hidden + shape.depth), GetParam().tolerance);
  }

  /// Adam's first moments say what the gradient of the first step was.
  static void compare(const Batch& batch, const ModelShape& shape, const codec::Source& source,
                      const std::vector<float>& parameters, double tolerance) {
    const auto [width, height] = batch.image;
    SCOPED_TRACE(fmt::format("{} x {}, {} inputs, {} of {}, {}", width, height, shape.inputs(), shape.depth, shape.hidden,
                             test::name_of(shape.activation)));
    const Settings settings = settings_for(batch);
    Training training(device(), source, shape, settings, parameters);
    train_to(training.trainer, 1);
    std::vector<double> gpu;
    for (const float moment : state_of(training).first_moments) gpu.push_back(moment / double(1.0f - interop::adam_beta1));

    const reference::Network network(shape, settings.omega0, parameters);
    const auto samples = reference::stratified_batch(*source.picture, shape.outputs, batch.cells.width, batch.cells.height,
                                                     settings.seed, 0);
    const reference::Gradient cpu = reference::gradient(network, width, height, samples);
    const auto expect_close = [&](const std::string& what, std::size_t first, std::size_t count) {
      const double error = relative_error(std::span(gpu).subspan(first, count), std::span(cpu.values).subspan(first, count));
      EXPECT_LT(error, tolerance) << what;
      worst_ = std::max(worst_, error);
    };
    for (const GridLayout& grid : network.layout.grids)
      expect_close(fmt::format("grid of {} x {}", grid.shape.width, grid.shape.height), grid.values,
                   std::size_t(grid.shape.entries) * grid.shape.channels);
    for (const LayerLayout& layer : network.layout.layers) {
      expect_close(fmt::format("weights of {} x {}", layer.outputs, layer.inputs), layer.weights,
                   layer.biases - layer.weights);
      expect_close("biases", layer.biases, layer.padded_outputs);
    }
    const auto figures = run([&](gpu::Recorder& recorder) { return training.trainer.figures(recorder); }).get();
    EXPECT_NEAR(figures.loss.value(), cpu.loss, tolerance * cpu.loss);
  }

  void TearDown() override {
    RecordProperty("worst", fmt::format("{:.1e}", worst_));
    worst_ = 0;
    NeuralTest::TearDown();
  }

 private:
  static inline double worst_ = 0;
};

/// Single precision has these in neural_gradient_test.cpp, more closely.
class NeuralHalves : public NeuralVariants {};

TEST_P(NeuralHalves, ThroughEachActivationAtEachDepth) {
  constexpr std::uint32_t widths[] = {16, 24, 37, 64};
  for (const Activation activation : test::all_activations)
    for (std::uint32_t depth = 2 - std::uint32_t(activation) % 2; depth <= max_depth; depth += 2)
      compare(small_batch, {.grids = depth % 2 == 0 ? dense_grids : mixed_grids,
                            .hidden = widths[(depth + std::uint32_t(activation)) % std::size(widths)],
                            .depth = depth,
                            .outputs = 3 + depth % 2,
                            .activation = activation});
}

TEST_P(NeuralHalves, OfTheWidestLayers) {
  compare(small_batch, {.grids = hash_levels(16, 8, 7, 2, 30), .hidden = max_hidden, .depth = 2});
  compare(small_batch, {.grids = mixed_grids, .hidden = 104, .depth = 3});
}

TEST_P(NeuralHalves, OfEverySizeOfBatch) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 16, .depth = 1};
  for (const Batch& batch : {Batch{{15, 17}, 1, {1, 1}}, {{31, 33}, 255, {15, 17}}, {{257, 3}, 257, {148, 1}},
                             {{150, 120}, 9000, {106, 84}}, whole({131, 70}), whole({1, 7})})
    compare(batch, shape);
}

TEST_P(NeuralVariants, OfMoreThanASlice) {
  if (device().is_cpu()) return;  // whose slices the test before has
  compare(whole({700, 700}), {.grids = mixed_grids, .hidden = 16, .depth = 4});
}

// Errors of half a byte: where halves would underflow first.
TEST_P(NeuralVariants, OfAnAlmostPerfectFit) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 24, .depth = 2};
  const std::vector<float> parameters = test::lively_parameters(shape, 7);
  const ImageSize size{33, 31};
  codec::Source source = source_of(size);
  Storing storing(device(), source, shape, parameters);
  auto picture = std::make_shared<Rgba8Image>(decoded(storing, 0));
  auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, size.width, size.height, "fitted");
  device().upload(*texture, bytes_of(picture->texels));
  source.picture = picture;
  source.texture = texture;
  compare(whole(size), shape, source, parameters, GetParam().fit_tolerance);
}

TEST_P(NeuralVariants, GiveTheSameBitsTwice) {
  const ModelShape shape{.grids = hash_levels(8, 2, 8, 4, 60), .hidden = 64, .depth = 2};
  const codec::Source source = source_of({150, 120});
  std::vector<codec::TrainingState> states;
  for (int turn = 0; turn < 2; ++turn) {
    Training training(device(), source, shape, settings_for({{150, 120}, 9000, {}}), test::lively_parameters(shape, 3));
    train_to(training.trainer, 5, turn == 0 ? 1 << 20 : 1000);
    states.push_back(state_of(training));
  }
  EXPECT_EQ(states[0].parameters, states[1].parameters);
  EXPECT_EQ(states[0].second_moments, states[1].second_moments);
}

// Measured on an H200 and, portable and shared, on lavapipe: 7e-7, 7e-7, 4.5e-3; of the almost perfect fit 2e-3, 2e-3, 6e-2.
constexpr Variant portable{Kernels::portable, "portable", 1e-4, 2e-2}, shared{Kernels::shared, "shared", 1e-4, 2e-2},
    matrix{Kernels::matrix, "matrix", 2e-2, 0.2};
std::string name_of_variant(const ::testing::TestParamInfo<Variant>& variant) { return variant.param.name; }
INSTANTIATE_TEST_SUITE_P(Kernels, NeuralVariants, ::testing::Values(portable, shared, matrix), name_of_variant);
INSTANTIATE_TEST_SUITE_P(Kernels, NeuralHalves, ::testing::Values(matrix), name_of_variant);

class NeuralKernelChoice : public NeuralTest {};

TEST_F(NeuralKernelChoice, IsTheBestThatTheDeviceRuns) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 64, .depth = 2};
  KernelLimits limits;
  limits.software = false;
  limits.shared_bytes = 49152;
  limits.multiplies_matrices = true;
  EXPECT_EQ(choose_kernels(Kernels::automatic, limits, shape), Kernels::matrix);
  EXPECT_EQ(choose_kernels(Kernels::shared, limits, shape), Kernels::shared);
  limits.multiplies_matrices = false;
  EXPECT_EQ(choose_kernels(Kernels::automatic, limits, shape), Kernels::shared);
  EXPECT_THROW(choose_kernels(Kernels::matrix, limits, shape), Error);
  limits.shared_bytes = 16384;
  EXPECT_EQ(choose_kernels(Kernels::automatic, limits, shape), Kernels::portable);
  EXPECT_THROW(choose_kernels(Kernels::shared, limits, shape), Error);
  limits.shared_bytes = 49152;
  limits.software = true;
  EXPECT_EQ(choose_kernels(Kernels::automatic, limits, shape), Kernels::portable);
  EXPECT_EQ(choose_kernels(Kernels::shared, limits, shape), Kernels::shared);
}

TEST_F(NeuralKernelChoice, RefusesWhatTheDeviceLacksInOneLine) {
  const ModelShape shape{.grids = mixed_grids, .hidden = 16, .depth = 1};
  Settings settings;
  settings.kernels = Kernels::matrix;
  if (device().multiplies_matrices()) GTEST_SKIP() << device().info().name << " lacks nothing";
  try {
    const Training training(device(), source_of({8, 8}), shape, settings, test::lively_parameters(shape, 1));
    FAIL() << "took them";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::device);
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("kernels=matrix"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace txs::neural
