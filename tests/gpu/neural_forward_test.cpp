// Pictures that the kernels decode against those of the reference in double precision, from the same stored values.
#include <fmt/format.h>

#include <cstdlib>

#include "neural/decode.h"
#include "neural/grids.h"
#include "neural_support.h"

namespace txs::neural {
namespace {

using codec::Activation;

/// Channels of all pixels compared so far.
struct Compared {
  std::uint64_t values = 0, unequal = 0;
  int most = 0;

  void add(const Rgba8Image& gpu, const Rgba8Image& cpu) {
    ASSERT_EQ(gpu.texels.size(), cpu.texels.size());
    for (std::size_t i = 0; i < gpu.texels.size(); ++i) {
      const int apart = std::abs(int(gpu.texels[i]) - int(cpu.texels[i]));
      values += 1;
      unequal += apart != 0;
      most = std::max(most, apart);
    }
  }
  double share() const { return double(unequal) / double(values); }
};

class NeuralForward : public NeuralTest {
 protected:
  static void compare(ImageSize size, const ModelShape& shape, std::uint32_t bits, Compared& compared) {
    SCOPED_TRACE(fmt::format("{} x {}, {}, {} of {}, {} outputs, {} bits", size.width, size.height,
                             test::name_of(shape.activation), shape.depth, shape.hidden, shape.outputs, bits));
    Storing storing(device(), source_of(size, shape.outputs == 4), shape,
                    test::lively_parameters(shape, shape.hidden + shape.depth));
    Compared here;
    here.add(decoded(storing, bits), decode_on_cpu(artifact_of(storing, bits)));
    EXPECT_LE(here.most, 1);
    compared.values += here.values;
    compared.unequal += here.unequal;
    compared.most = std::max(compared.most, here.most);
  }
};

std::vector<GridShape> some_hash_levels() { return hash_levels(5, 2, 6, 4, 37); }

// Where a double lies within a float's error of halfway between two bytes they may round apart. Measured on lavapipe: 6e-6.
constexpr double most_unequal = 1e-4;

TEST_F(NeuralForward, EveryActivationAtEveryDepthAndWidth) {
  Compared compared;
  std::uint32_t turn = 0;
  for (const Activation activation : test::all_activations)
    for (std::uint32_t depth = 1; depth <= max_depth; ++depth) {
      constexpr std::uint32_t widths[] = {16, 24, 37, 64, 128};
      const ModelShape shape{.grids = some_hash_levels(),
                             .hidden = widths[turn++ % std::size(widths)],
                             .depth = depth,
                             .outputs = 3 + turn % 2,
                             .activation = activation};
      compare({61, 43}, shape, turn % 3 == 0 ? 5 : 0, compared);
    }
  EXPECT_LT(compared.share(), most_unequal) << compared.unequal << " of " << compared.values;
  RecordProperty("unequal_share", fmt::format("{:.2e}", compared.share()));
}

TEST_F(NeuralForward, AnySizeOfImage) {
  Compared compared;
  for (const ImageSize size : {ImageSize{1, 1}, {1, 7}, {5, 1}, {13, 29}, {16, 16}, {257, 1}, {131, 37}, {130, 67}})
    for (const bool hashed : {false, true}) {
      const ModelShape shape{.grids = hashed ? some_hash_levels() : latent_grids(size.width, size.height, 5, 8, 2, 4),
                             .hidden = 24,
                             .outputs = hashed ? 3u : 4u};
      compare(size, shape, hashed ? 0 : 8, compared);
    }
  EXPECT_LT(compared.share(), most_unequal) << compared.unequal << " of " << compared.values;
  RecordProperty("unequal_share", fmt::format("{:.2e}", compared.share()));
}

TEST_F(NeuralForward, FullestModel) {
  // All the features, grids, units and layers that there may be, on every side of which a kernel could fall short.
  ModelShape shape{.grids = hash_levels(16, 8, 7, 2, 40), .hidden = max_hidden, .depth = max_depth, .outputs = 4};
  ASSERT_EQ(shape.inputs(), max_inputs);
  Compared compared;
  compare({40, 40}, shape, 0, compared);
  EXPECT_LT(compared.share(), most_unequal);
}

TEST_F(NeuralForward, LeanestModel) {
  Compared compared;
  for (const Activation activation : test::all_activations)
    compare({9, 4}, {.grids = {{1, 1, 1, 1}}, .hidden = 1, .depth = 1, .activation = activation}, 0, compared);
  EXPECT_EQ(compared.unequal, 0u);
}

TEST_F(NeuralForward, OmegaIsTheOneThatIsAskedFor) {
  const ModelShape shape{.grids = some_hash_levels(), .hidden = 16};
  Storing storing(device(), source_of({33, 33}), shape, test::lively_parameters(shape, 3));
  const Rgba8Image low = decoded(storing, 0, 7), high = decoded(storing, 0, 61);
  Compared differ;
  differ.add(low, high);
  EXPECT_GT(differ.share(), 0.5);
  Compared compared;
  compared.add(low, decode_on_cpu(artifact_of(storing, 0, 7)));
  compared.add(high, decode_on_cpu(artifact_of(storing, 0, 61)));
  EXPECT_LE(compared.most, 1);
  EXPECT_LT(compared.share(), most_unequal);
}

TEST_F(NeuralForward, RandomModelsDoNotDecodeToFlatPictures) {
  const ModelShape shape{.grids = some_hash_levels(), .hidden = 37, .depth = 4, .outputs = 3, .activation = Activation::gelu};
  Storing storing(device(), source_of({61, 43}), shape, test::lively_parameters(shape, 41));
  const auto [low, high] = std::ranges::minmax(decoded(storing, 0).texels);
  EXPECT_GT(high - low, 40) << "the comparisons above would mean little";
}

}  // namespace
}  // namespace txs::neural
