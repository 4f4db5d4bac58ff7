// Runs: the same bits twice, however they are cut, stopped and taken up again; live settings; trainings gone wrong.
#include <fmt/format.h>

#include <functional>
#include <limits>

#include "artifact/network_file.h"
#include "codec/registry.h"
#include "core/error.h"
#include "neural/grids.h"
#include "neural_support.h"

namespace txs::neural {
namespace {

using codec::Encode;
using codec::Parameters;
using Bytes = std::vector<std::byte>;
using Settled = std::vector<std::pair<std::string_view, std::string_view>>;

// 12800 pixels: more than a software device's slice of samples.
constexpr ImageSize image{160, 80};
constexpr std::uint64_t whole_step = 1 << 20;

const ModelShape small_shape{.grids = {{4, 4, 2, 16}, {9, 9, 2, 32}, {21, 21, 2, 32}}, .hidden = 16, .depth = 1};

Settings quick_settings(Sampling sampling) {
  Settings settings;
  settings.steps = 6;
  settings.batch = 9000;  // several slices
  settings.ramp = 2;      // from 4500
  settings.sampling = sampling;
  settings.qat_bits = 4;
  settings.qat_start = 3;
  return settings;
}

bool operator==(const codec::TrainingState& a, const codec::TrainingState& b) {
  return a.step == b.step && a.parameters == b.parameters && a.first_moments == b.first_moments &&
         a.second_moments == b.second_moments;
}

class NeuralRuns : public NeuralTest {
 protected:
  static Training small_training(const Settings& settings) {
    return {device(), source_of(image), small_shape, settings, test::lively_parameters(small_shape, 4)};
  }
};

TEST_F(NeuralRuns, GiveTheSameBitsWhereverTheyAreCut) {
  for (const Kernels kernels : {Kernels::portable, Kernels::shared, Kernels::matrix})
    for (const Sampling sampling : {Sampling::stratified, Sampling::independent}) {
      if (!runs(kernels, small_shape)) continue;
      SCOPED_TRACE(fmt::format("kernels {}, sampling {}", int(kernels), int(sampling)));
      Settings settings = quick_settings(sampling);
      settings.kernels = kernels;
      std::vector<codec::TrainingState> states;
      for (const std::uint64_t budget : {whole_step, whole_step, std::uint64_t(1), std::uint64_t(8193), std::uint64_t(20011)}) {
        Training training = small_training(settings);
        train_to(training.trainer, 6, budget);
        EXPECT_TRUE(training.trainer.done());
        states.push_back(state_of(training));
        EXPECT_TRUE(states.back() == states.front()) << "budget " << budget;
      }
      EXPECT_NE(states.front().parameters, test::lively_parameters(small_shape, 4));
    }
}

TEST_F(NeuralRuns, OfOtherSeedsOrSamplingDiffer) {
  std::vector<std::vector<float>> ends;
  for (const std::uint64_t seed : {std::uint64_t(0), std::uint64_t(1), std::uint64_t(1) << 32})
    for (const Sampling sampling : {Sampling::stratified, Sampling::independent}) {
      Settings settings = quick_settings(sampling);
      settings.seed = seed;
      Training training = small_training(settings);
      train_to(training.trainer, 2);
      ends.push_back(state_of(training).parameters);
      for (std::size_t i = 0; i + 1 < ends.size(); ++i) EXPECT_NE(ends[i], ends.back());
    }
}

TEST_F(NeuralRuns, RecordNoMoreThanTheyAreTold) {
  Training training = small_training(quick_settings(Sampling::stratified));
  Trainer& trainer = training.trainer;
  const auto record = [&](std::uint64_t samples, std::uint64_t stop) {
    return run([&](gpu::Recorder& recorder) { return trainer.record(recorder, samples, stop); });
  };
  EXPECT_EQ(record(whole_step, 0), 0u);
  if (device().is_cpu()) {
    const std::uint64_t slice = record(1, 6);
    EXPECT_GT(slice, 0u);
    EXPECT_LT(slice, 4500u) << "no more than a part of the batch";
    EXPECT_FALSE(trainer.between_steps());
    EXPECT_EQ(trainer.step(), 0u);
    EXPECT_GT(trainer.fraction(), 0);
  }
  record(whole_step, 1);
  EXPECT_EQ(trainer.step(), 1u);
  EXPECT_TRUE(trainer.between_steps());
  EXPECT_DOUBLE_EQ(trainer.fraction(), 1.0 / 6);
  record(whole_step, UINT64_MAX);
  EXPECT_TRUE(trainer.done());
  EXPECT_EQ(trainer.step(), 6u);
  EXPECT_EQ(record(whole_step, UINT64_MAX), 0u) << "done means done";
}

TEST_F(NeuralRuns, RatesOfNothingChangeNothing) {
  Training training = small_training(quick_settings(Sampling::stratified));
  train_to(training.trainer, 1);
  Settings settings = training.trainer.settings();
  settings.grid_rate = 0;
  training.trainer.set(settings);
  const codec::TrainingState first = state_of(training);
  train_to(training.trainer, 2);
  const codec::TrainingState second = state_of(training);
  const std::uint32_t grids = training.network.layout().grid_floats;
  EXPECT_TRUE(std::equal(first.parameters.begin(), first.parameters.begin() + grids, second.parameters.begin()));
  EXPECT_NE(first.parameters, second.parameters);
  EXPECT_NE(first.first_moments, second.first_moments) << "it is still learning";
  settings.decoder_rate = 0;
  training.trainer.set(settings);
  train_to(training.trainer, 3);
  EXPECT_EQ(state_of(training).parameters, second.parameters);
}

TEST_F(NeuralRuns, AnotherBatchBeginsWithAStep) {
  std::vector<codec::TrainingState> states;
  for (const bool amid : {false, true}) {
    Training training = small_training(quick_settings(Sampling::stratified));
    train_to(training.trainer, 1);
    if (amid) run([&](gpu::Recorder& recorder) { return training.trainer.record(recorder, 1, 6); });
    Settings settings = training.trainer.settings();
    if (!amid) train_to(training.trainer, 2);
    settings.batch = 300;
    training.trainer.set(settings);
    train_to(training.trainer, 3);
    settings.batch = 12000;  // more than there was room for
    training.trainer.set(settings);
    train_to(training.trainer, 4);
    states.push_back(state_of(training));
  }
  EXPECT_TRUE(states[0] == states[1]);
}

TEST_F(NeuralRuns, GridsAreIntegersFromTheirStepOn) {
  Training training = small_training(quick_settings(Sampling::stratified));
  for (std::uint32_t step = 0; step <= 6; ++step) {
    train_to(training.trainer, step);
    EXPECT_EQ(training.trainer.quantised_bits(), step < 3 ? 0u : 4u) << step;
  }
  Settings settings = training.trainer.settings();
  settings.qat_bits = 0;
  training.trainer.set(settings);
  EXPECT_EQ(training.trainer.quantised_bits(), 0u);
}

TEST_F(NeuralRuns, AStateOfAnotherModelIsRefused) {
  const codec::Source source = source_of(image);
  const Network network(device(), small_shape, image.width, image.height);
  const std::size_t floats = network.layout().floats;
  for (const std::size_t wrong : {floats - 8, floats + 8, std::size_t(0), floats * 100})
    for (int part = 0; part < 3; ++part) {
      std::vector<std::size_t> sizes(3, floats);
      sizes[std::size_t(part)] = wrong;
      const codec::TrainingState state{1, std::vector<float>(sizes[0]), std::vector<float>(sizes[1]),
                                       std::vector<float>(sizes[2])};
      try {
        Trainer trainer(device(), network, source, {}, state);
        ADD_FAILURE() << "took part " << part << " of " << wrong;
      } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::input);
      }
    }
}

/// Health: what statistics count.
class NeuralHealth : public NeuralRuns {
 protected:
  static codec::CodecFigures figures_of(Training& training) {
    return run([&](gpu::Recorder& recorder) { return training.trainer.figures(recorder); }).get();
  }
};

TEST_F(NeuralHealth, OfATrainingThatIsOne) {
  Training training = small_training(quick_settings(Sampling::stratified));
  EXPECT_FALSE(figures_of(training).loss) << "there is none before the first step";
  EXPECT_FALSE(figures_of(training).health);
  const codec::TrainingState before = state_of(training);
  train_to(training.trainer, 1);
  const codec::CodecFigures figures = figures_of(training);
  EXPECT_GT(figures.loss.value(), 0);
  ASSERT_TRUE(figures.health);
  EXPECT_FALSE(figures.health->bad());
  const auto largest = [](const std::vector<float>& values) {
    float most = 0;
    for (const float value : values) most = std::max(most, std::abs(value));
    return most;
  };
  EXPECT_EQ(figures.health->largest_parameter, largest(before.parameters));
  const double gradient = largest(state_of(training).first_moments) / double(1.0f - interop::adam_beta1);
  EXPECT_NEAR(figures.health->largest_gradient, gradient, 1e-6 * gradient);
}

TEST_F(NeuralHealth, NumbersThatAreNoneAreCounted) {
  const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> parameters = test::lively_parameters(small_shape, 4);
  const ModelLayout layout(small_shape);
  parameters[layout.grids[0].values + 3] = nan;
  parameters[layout.grids[1].values + 8] = infinity;
  parameters[layout.layers[0].weights] = -infinity;
  Training training(device(), source_of(image), small_shape, quick_settings(Sampling::stratified), parameters);
  train_to(training.trainer, 1);
  const codec::CodecFigures figures = figures_of(training);
  ASSERT_TRUE(figures.health);
  EXPECT_EQ(figures.health->bad_parameters, 3u);
  EXPECT_GT(figures.health->bad_gradients, 0u);
  EXPECT_TRUE(figures.health->bad());
  EXPECT_LT(figures.health->largest_parameter, 2) << "of those that are numbers";
}

TEST_F(NeuralHealth, OfRatesBeyondAllReason) {
  Settings settings = quick_settings(Sampling::stratified);
  settings.grid_rate = settings.decoder_rate = 3e38f;
  Training training = small_training(settings);
  train_to(training.trainer, 6);
  EXPECT_TRUE(figures_of(training).health.value().bad());
  // What is left of it decodes to some picture without harm.
  StoredNetwork stored(device(), training.network, training.source);
  wait_for(stored);
  const gpu::Texture target(device(), gpu::Format::rgba8, image.width, image.height, "decoded");
  run([&](gpu::Recorder& recorder) {
    stored.store(recorder, training.trainer.parameters(), training.trainer.quantised_bits());
    stored.decode(recorder, target, 30);
    return 0;
  });
  EXPECT_EQ(device().download(target).size(), std::size_t(image.width) * image.height * 4);
}

/// Runs of both codecs, from the file's bytes on.
class NeuralResuming : public NeuralTest, public ::testing::WithParamInterface<const char*> {
 protected:
  static const codec::CodecKind& kind() { return codec::find_codec(GetParam()); }

  static Parameters parameters_with(const Settled& settings) {
    Parameters parameters(kind().parameters);
    const Settled quick = {{"hidden", "16"}, {"depth", "1"}, {"steps", "8"}, {"batch", "9000"}, {"ramp", "4"}};
    for (const auto& [key, value] : quick) parameters.set_text(key, value);
    const Settled small = GetParam() == std::string_view("hash_grid")
                              ? Settled{{"levels", "6"}, {"table_log2", "7"}, {"finest", "64"}}
                              : Settled{{"channels_lo", "10"}, {"channels_hi", "2"}};
    for (const auto& [key, value] : small) parameters.set_text(key, value);
    for (const auto& [key, value] : settings) parameters.set_text(key, value);
    return parameters;
  }
  static void advance_to(Encode& encode, std::uint64_t step, std::uint64_t work = whole_step) {
    wait_for(encode);
    while (encode.progress().step < step)
      run([&](gpu::Recorder& recorder) { return encode.advance(recorder, {work, codec::Budget::Pace::rush, step}); });
  }
  static Bytes file_of(Encode& encode, Encode::Keep keep) {
    const auto pending = run([&](gpu::Recorder& recorder) { return encode.artifact(recorder, keep); });
    return artifact::write_network(std::get<codec::EncodedNetwork>(pending.get()));
  }
  static std::unique_ptr<Encode> taken_up(const codec::Source& source, const Bytes& file) {
    return kind().adopt(device(), source, artifact::read_network(file, "memory"));
  }
};

TEST_P(NeuralResuming, GoesOnAsIfItHadNeverStopped) {
  const codec::Source source = source_of(image);
  const std::vector<Settled> runs = {{}, {{"sampling", "independent"}}, {{"qat_bits", "5"}, {"qat_start", "4"}}};
  for (const Settled& settings : runs) {
    SCOPED_TRACE(settings.empty() ? "as it is" : std::string(settings.front().first));
    const Parameters parameters = parameters_with(settings);
    const auto whole = kind().start(device(), source, parameters, 77);
    advance_to(*whole, 8);
    const Bytes expected = file_of(*whole, Encode::Keep::result_and_training);

    for (const std::uint64_t stop : {0, 3, 4, 5}) {
      auto encode = kind().start(device(), source, parameters, 77);
      advance_to(*encode, stop);
      encode = taken_up(source, file_of(*encode, Encode::Keep::result_and_training));
      EXPECT_EQ(encode->progress().step, stop);
      EXPECT_FALSE(encode->progress().done);
      advance_to(*encode, 8);
      EXPECT_TRUE(encode->progress().done);
      EXPECT_EQ(file_of(*encode, Encode::Keep::result_and_training), expected) << "stopped at " << stop;
    }
  }
}

TEST_P(NeuralResuming, AStepThatWasBegunIsTakenAgain) {
  const codec::Source source = source_of(image);
  const auto encode = kind().start(device(), source, parameters_with({}), 5);
  advance_to(*encode, 2);
  const Bytes between = file_of(*encode, Encode::Keep::result_and_training);
  run([&](gpu::Recorder& recorder) { return encode->advance(recorder, {1, codec::Budget::Pace::watch}); });
  if (device().is_cpu()) {
    EXPECT_EQ(encode->progress().step, 2u);
    EXPECT_EQ(file_of(*encode, Encode::Keep::result_and_training), between) << "amid a step nothing has changed";
  }
  const auto resumed = taken_up(source, file_of(*encode, Encode::Keep::result_and_training));
  advance_to(*resumed, 8);
  advance_to(*encode, 8);
  EXPECT_EQ(file_of(*resumed, Encode::Keep::result), file_of(*encode, Encode::Keep::result));
}

TEST_P(NeuralResuming, ADoneTrainingGoesOnWhereMoreStepsAreAskedFor) {
  const codec::Source source = source_of(image);
  const auto encode = kind().start(device(), source, parameters_with({{"steps", "2"}}), 5);
  advance_to(*encode, 2);
  const auto resumed = taken_up(source, file_of(*encode, Encode::Keep::result_and_training));
  wait_for(*resumed);
  EXPECT_TRUE(resumed->progress().done);
  EXPECT_EQ(file_of(*resumed, Encode::Keep::result_and_training), file_of(*encode, Encode::Keep::result_and_training));
  for (Encode* each : {encode.get(), resumed.get()}) {
    each->set_live(parameters_with({{"steps", "5"}}));
    EXPECT_FALSE(each->progress().done);
    advance_to(*each, 5);
  }
  EXPECT_EQ(file_of(*resumed, Encode::Keep::result), file_of(*encode, Encode::Keep::result));
}

TEST_P(NeuralResuming, AResultAloneIsDoneAndStaysAsItIs) {
  const codec::Source source = source_of(image);
  const auto encode = kind().start(device(), source, parameters_with({{"qat_bits", "6"}, {"qat_start", "2"}}), 5);
  advance_to(*encode, 4);
  const Bytes file = file_of(*encode, Encode::Keep::result);
  const auto loaded = taken_up(source, file);
  wait_for(*loaded);
  EXPECT_TRUE(loaded->progress().done);
  EXPECT_EQ(loaded->progress().step, 4u);
  EXPECT_EQ(file_of(*loaded, Encode::Keep::result), file);
  EXPECT_EQ(file_of(*loaded, Encode::Keep::result_and_training), file) << "there is no training to keep";
}

TEST_P(NeuralResuming, AModelOfAnotherSizeIsRefused) {
  const auto encode = kind().start(device(), source_of(image), parameters_with({}), 5);
  advance_to(*encode, 0);
  const Bytes file = file_of(*encode, Encode::Keep::result);
  EXPECT_THROW(taken_up(source_of({80, 160}), file), Error);
}

INSTANTIATE_TEST_SUITE_P(Codecs, NeuralResuming, ::testing::Values("hash_grid", "latent_texture"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace txs::neural
