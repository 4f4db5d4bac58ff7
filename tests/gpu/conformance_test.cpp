// What every registered codec must keep to, whatever it is: a codec inherits these tests by being in the registry.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <thread>

#include "artifact/container.h"
#include "artifact/network_file.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/half.h"
#include "gpu/recorder.h"
#include "gpu_test.h"
#include "image/tone_map.h"

namespace txs::codec {
namespace {

using Size = std::pair<int, int>;
using Settled = std::vector<std::pair<std::string_view, std::string_view>>;
using Bytes = std::vector<std::byte>;
constexpr Budget rush{1 << 20, Budget::Pace::rush};

/// What makes the codecs of a family quick where their shape does not matter, and what differs between their laws.
struct FamilyTraits {
  Settled quick;                  ///< over the defaults, of those parameters that the codec has
  Settled short_run;              ///< over a preset: its model, few steps
  Settled able;                   ///< over `quick`: enough to tell that a picture is learnt
  std::uint64_t watch_work;       ///< of a budget that takes several turns to the end
  std::uint64_t steps_at_an_end;  ///< taken with a parameter at its minimum or maximum
  int most_apart;                 ///< of 255, a decoded channel from the CPU reference's
  double most_unequal;            ///< share of channels that may be apart at all
};
const FamilyTraits& traits_of(Family family) {
  static const FamilyTraits block{{}, {}, {}, 1 << 14, UINT64_MAX, 0, 0};
  static const FamilyTraits neural{
      .quick = {{"hidden", "16"}, {"depth", "1"}, {"steps", "6"}, {"batch", "512"}, {"qat_start", "2"},
                {"finest", "64"}},
      .short_run = {{"steps", "3"}, {"batch", "512"}, {"qat_start", "1"}},
      .able = {{"steps", "200"}, {"lr_decoder", "0.01"}, {"lr_grid", "0.03"}},
      .watch_work = 600,
      .steps_at_an_end = 4,
      .most_apart = 1,
      .most_unequal = 1e-3};  // single precision: where a double lies almost halfway between two bytes
  return family == Family::neural ? neural : block;
}

Parameters with(Parameters parameters, const Settled& settings) {
  for (const auto& [key, value] : settings)
    if (std::ranges::find(parameters.declared(), key, &Parameter::key) != parameters.declared().end())
      parameters.set_text(key, value);
  return parameters;
}

/// Bits of the values that an artifact holds, without any container.
std::uint64_t payload_bits(const Encoded& encoded) {
  if (const auto* texture = std::get_if<EncodedTexture>(&encoded)) return texture->blocks.size() * 8;
  const auto& network = std::get<EncodedNetwork>(encoded);
  std::uint64_t bits = 0;
  for (const FeatureGrid& grid : network.grids)
    bits += grid.values.size() * grid.bits + (grid.low.size() + grid.high.size()) * 32;
  for (const DenseLayer& layer : network.layers) bits += (layer.weights.size() + layer.biases.size()) * 16;
  return bits;
}

Size size_of(const Encoded& encoded) {
  return std::visit([](const auto& which) { return Size(int(which.width), int(which.height)); }, encoded);
}

/// Its files, in every container there is for it.
std::vector<Bytes> files_of(const Encoded& encoded) {
  if (const auto* texture = std::get_if<EncodedTexture>(&encoded))
    return {is_astc(texture->format) ? artifact::write_astc(*texture) : artifact::write_dds(*texture),
            artifact::write_ktx2(*texture)};
  return {artifact::write_network(std::get<EncodedNetwork>(encoded))};
}

/// All that decodes.
Bytes payload_of(const Encoded& encoded) {
  if (const auto* texture = std::get_if<EncodedTexture>(&encoded)) return texture->blocks;
  EncodedNetwork network = std::get<EncodedNetwork>(encoded);
  network.provenance = {};
  return artifact::write_network(network);
}

/// Gradients, an edge and grain; alpha from none to all where asked for.
Rgba8Image make_picture(Size size, bool alpha) {
  const auto [width, height] = size;
  Rgba8Image picture{width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 4)};
  std::uint32_t grain = 7;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      grain = grain * 1664525u + 1013904223u;
      std::uint8_t* texel = &picture.texels[(std::size_t(y) * width + x) * 4];
      texel[0] = std::uint8_t(x * 5 + (grain >> 28));
      texel[1] = std::uint8_t(y * 7 + (grain >> 27 & 15));
      texel[2] = std::uint8_t((x / 11 + y / 13) % 2 == 0 ? 40 : 200);
      texel[3] = alpha ? std::uint8_t((x + y) * 3) : std::uint8_t(255);
    }
  return picture;
}

/// A codec, or one of the block sizes of a codec that has several: they differ in every kernel.
struct Case {
  std::size_t kind = 0;
  std::string_view block = {};  ///< empty: the codec has one
  bool first = true;            ///< of those of its codec
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (std::size_t i = 0; i < registry().size(); ++i) {
    if (std::ranges::find(registry()[i].parameters, "block", &Parameter::key) == registry()[i].parameters.end()) {
      all.push_back({i});
      continue;
    }
    for (const std::string_view block : {"4x4", "5x4", "6x6", "8x8", "12x12"}) all.push_back({i, block, block == "4x4"});
  }
  return all;
}

class Conformance : public GpuTest, public ::testing::WithParamInterface<Case> {
 protected:
  const CodecKind& kind() const { return registry()[GetParam().kind]; }
  const FamilyTraits& traits() const { return traits_of(kind().family); }
  Parameters quick() const {
    const Parameters parameters = with(preset_parameters(kind(), kind().presets.front()), traits().quick);
    if (GetParam().block.empty()) return parameters;
    return with(parameters, {{"block", GetParam().block}, {"effort", "fast"}});
  }
  Budget watch() const { return {traits().watch_work, Budget::Pace::watch}; }

  Source source_of(Rgba8Image picture, Alpha alpha) const {
    auto shared = std::make_shared<const Rgba8Image>(std::move(picture));
    auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(shared->width),
                                                  std::uint32_t(shared->height), "source");
    device().upload(*texture, std::as_bytes(std::span(shared->texels)));
    Source source{shared, texture, ColourSpace::srgb, alpha};
    if (kind().hdr) add_light(source);
    return source;
  }
  Source source_of(Size size, bool alpha = false) const {
    return source_of(make_picture(size, alpha), alpha ? Alpha::straight : Alpha::none);
  }

  void add_light(Source& source) const {
    auto light = std::make_shared<const Rgba16fImage>(to_rgba16f(*source.picture, source.colour_space));
    auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba16f, source.texture->width(),
                                                  source.texture->height(), "light");
    device().upload(*texture, std::as_bytes(std::span(light->texels)));
    source.light = std::move(light);
    source.light_texture = std::move(texture);
  }

  std::unique_ptr<Encode> start(const Source& source, const Parameters& parameters) const {
    auto encode = kind().start(device(), source, parameters, 0);
    while (!encode->ready()) std::this_thread::yield();
    return encode;
  }
  Progress advance(Encode& encode, const Budget& budget) const {
    gpu::Recorder recorder(device());
    const Progress progress = encode.advance(recorder, budget);
    device().wait(device().submit(std::move(recorder)));
    return progress;
  }
  void finish(Encode& encode, const Budget& budget = rush) const {
    for (int turns = 0; !encode.progress().done; ++turns) {
      ASSERT_LT(turns, 100000) << "never done";
      advance(encode, budget);
    }
  }

  template <typename Image>
  Image decoded_as(Encode& encode, const Source& source, gpu::Format format) const {
    const gpu::Texture target(device(), format, source.texture->width(), source.texture->height(), "decoded");
    gpu::Recorder recorder(device());
    encode.decode(recorder, target);
    device().wait(device().submit(std::move(recorder)));
    using Sample = typename decltype(Image::texels)::value_type;
    return {source.picture->width, source.picture->height, values_of<Sample>(device().download(target))};
  }
  Rgba16fImage decoded_light(Encode& encode, const Source& source) const {
    return decoded_as<Rgba16fImage>(encode, source, gpu::Format::rgba16f);
  }
  /// As it is shown.
  Rgba8Image decoded(Encode& encode, const Source& source) const {
    if (kind().hdr) return to_rgba8(decoded_light(encode, source), source.exposure);
    return decoded_as<Rgba8Image>(encode, source, gpu::Format::rgba8);
  }
  Encoded artifact_of(Encode& encode) const {
    gpu::Recorder recorder(device());
    const Pending<Encoded> pending = encode.artifact(recorder);
    device().submit(std::move(recorder));
    return pending.get();
  }

  /// The law of all codecs: what is shown is what the artifact decodes to, by a decoder that shares no code with the GPU's.
  void expect_honest(Encode& encode, const Source& source) const {
    const Encoded artifact = artifact_of(encode);
    EXPECT_EQ(size_of(artifact), Size(source.picture->width, source.picture->height));
    if (const auto* texture = std::get_if<EncodedTexture>(&artifact)) {
      EXPECT_EQ(texture->blocks.size(), payload_bytes(texture->format, texture->width, texture->height));
    }
    if (kind().hdr) {
      const Rgba16fImage light = decoded_light(encode, source);
      EXPECT_EQ(light.texels, kind().decode_light_on_cpu(artifact).texels);
      EXPECT_TRUE(std::ranges::all_of(light.texels, half_is_finite));
    } else {
      expect_alike(decoded(encode, source), kind().decode_on_cpu(artifact));
    }
    std::uint64_t bits = 0;
    for (const BitPart& part : encode.bits()) bits += part.bits;
    EXPECT_EQ(bits, payload_bits(artifact)) << "the parts are the whole";
  }
  void expect_alike(const Rgba8Image& gpu, const Rgba8Image& cpu) const {
    ASSERT_EQ(gpu.texels.size(), cpu.texels.size());
    std::size_t unequal = 0;
    int most = 0;
    for (std::size_t i = 0; i < gpu.texels.size(); ++i) {
      const int apart = std::abs(int(gpu.texels[i]) - int(cpu.texels[i]));
      unequal += apart != 0;
      most = std::max(most, apart);
    }
    EXPECT_LE(most, traits().most_apart);
    EXPECT_LE(double(unequal), std::ceil(traits().most_unequal * double(gpu.texels.size())));
  }
};

TEST_P(Conformance, AnySizeDecodesToItsArtifact) {
  for (const Size& size : {Size{1, 1}, {2, 3}, {1, 67}, {61, 1}, {13, 29}, {64, 64}, {131, 37}}) {
    SCOPED_TRACE(std::to_string(size.first) + "x" + std::to_string(size.second));
    const Source source = source_of(size);
    const auto encode = start(source, quick());
    finish(*encode);
    expect_honest(*encode, source);
  }
}

TEST_P(Conformance, AlphaIsKept) {
  if (!kind().takes_alpha) GTEST_SKIP() << "takes no alpha";
  Rgba8Image original = make_picture({64, 40}, true);
  if (kind().cuts_alpha)
    for (std::size_t i = 3; i < original.texels.size(); i += 4) original.texels[i] = original.texels[i] < 128 ? 0 : 255;
  const Source source = source_of(std::move(original), Alpha::straight);
  const auto encode = start(source, with(quick(), traits().able));
  finish(*encode);
  expect_honest(*encode, source);
  const Rgba8Image picture = decoded(*encode, source);
  double error = 0;
  for (std::size_t i = 3; i < picture.texels.size(); i += 4)
    error += std::abs(int(picture.texels[i]) - int(source.picture->texels[i]));
  EXPECT_LT(error / double(picture.pixel_count()), 16) << "mean error of alpha";
}

TEST_P(Conformance, OpaqueStaysOpaque) {
  const Source source = source_of({48, 33});
  const auto encode = start(source, quick());
  finish(*encode);
  const Rgba8Image picture = decoded(*encode, source);
  for (std::size_t i = 3; i < picture.texels.size(); i += 4) ASSERT_EQ(picture.texels[i], 255);
}

TEST_P(Conformance, TwoRunsGiveTheSameBytesWhateverTheBudget) {
  const Source source = source_of({93, 50});
  std::optional<Bytes> bytes;
  for (const Budget& budget : {rush, rush, Budget{1, Budget::Pace::watch}, Budget{5000, Budget::Pace::watch}}) {
    const auto encode = start(source, quick());
    finish(*encode, budget);
    const Bytes now = payload_of(artifact_of(*encode));
    if (!bytes) bytes = now;
    EXPECT_EQ(now, *bytes) << "work " << budget.work;
  }
}

TEST_P(Conformance, EveryStateOnTheWayIsAWholeHonestPicture) {
  const Source source = source_of({40, 40});
  const auto encode = start(source, quick());
  std::uint64_t step = 0;
  double fraction = 0;
  int turns = 0;
  for (; !encode->progress().done; ++turns) {
    const Progress progress = advance(*encode, watch());
    EXPECT_GE(progress.step, step);
    EXPECT_GE(progress.fraction, fraction - 1e-9);
    EXPECT_LE(progress.fraction, 1);
    step = progress.step;
    fraction = progress.fraction;
    if (progress.whole) expect_honest(*encode, source);
  }
  EXPECT_GT(turns, 2);
  EXPECT_EQ(encode->progress().fraction, 1);
  EXPECT_EQ(advance(*encode, rush).work, 0u) << "done means done";
}

TEST_P(Conformance, AnEncodeCanBeDroppedAtAnyStep) {
  const Source source = source_of({64, 64});
  for (int turns = 0; turns < 6; ++turns) {
    const auto encode = start(source, quick());
    gpu::Recorder recorder(device());
    for (int i = 0; i < turns; ++i) encode->advance(recorder, watch());
    device().submit(std::move(recorder));  // and goes while the GPU may still be at it
  }
  device().wait_idle();
}

TEST_P(Conformance, StopsAtTheStepItIsTold) {
  const Source source = source_of({40, 40});
  const auto encode = start(source, quick());
  const std::uint64_t stop = encode->progress().planned_steps / 2;
  for (int i = 0; i < 200; ++i) advance(*encode, {1 << 16, Budget::Pace::rush, stop});
  EXPECT_EQ(encode->progress().step, stop);
  EXPECT_FALSE(encode->progress().done);
  expect_honest(*encode, source);
  finish(*encode);
  expect_honest(*encode, source);
}

TEST_P(Conformance, EveryParameterWorksAtItsEnds) {
  if (!GetParam().first) GTEST_SKIP() << "the same whatever the block size";
  const Source source = source_of({29, 22});
  for (const Parameter& parameter : kind().parameters) {
    std::vector<double> values{parameter.minimum, parameter.maximum};
    if (parameter.type == Parameter::Type::boolean) values = {0, 1};
    if (parameter.type == Parameter::Type::choice) {
      values.clear();
      for (std::size_t i = 0; i < parameter.choices.size(); ++i) values.push_back(double(i));
    }
    for (const double value : values) {
      Parameters parameters = quick();
      parameters.set(parameter.key, value);
      SCOPED_TRACE(std::string(parameter.key) + " = " + parameters.text(parameter.key));
      std::unique_ptr<Encode> encode;
      try {
        encode = start(source, parameters);
      } catch (const Error& error) {  // a choice may need what only some devices have; the default may not
        EXPECT_EQ(error.fault(), Fault::device) << error.what();
        EXPECT_NE(value, parameter.fallback) << error.what();
        EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
        continue;
      }
      Budget budget = rush;
      budget.stop_at_step = std::min(traits().steps_at_an_end, encode->progress().planned_steps);
      for (int turns = 0; encode->progress().step < budget.stop_at_step; ++turns) {
        ASSERT_LT(turns, 1000);
        advance(*encode, budget);
      }
      expect_honest(*encode, source);
    }
  }
}

TEST_P(Conformance, EveryPresetFinishes) {
  if (!GetParam().first) GTEST_SKIP() << "the same whatever the block size";
  const Source source = source_of({52, 36});
  for (const Preset& preset : kind().presets) {
    SCOPED_TRACE(std::string(preset.id));
    const auto encode = start(source, with(preset_parameters(kind(), preset), traits().short_run));
    finish(*encode);
    expect_honest(*encode, source);
  }
}

TEST_P(Conformance, ArtifactsSurviveTheirContainersAndCanBeAdopted) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, quick());
  finish(*encode);
  const Encoded artifact = artifact_of(*encode);
  for (const Bytes& bytes : files_of(artifact)) {
    const Encoded read = artifact::read_container(bytes, "memory");
    EXPECT_EQ(payload_of(read), payload_of(artifact));
    EXPECT_EQ(find_reader(read), &kind());
    const auto adopted = kind().adopt(device(), source, read);
    while (!adopted->ready()) std::this_thread::yield();
    EXPECT_TRUE(adopted->progress().done);
    EXPECT_EQ(decoded(*adopted, source).texels, decoded(*encode, source).texels);
    EXPECT_EQ(payload_of(artifact_of(*adopted)), payload_of(artifact));
    expect_honest(*adopted, source);
  }
}

TEST_P(Conformance, ViewsBelongToThePicture) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, quick());
  finish(*encode);
  decoded(*encode, source);
  for (const View& view : encode->views()) {
    SCOPED_TRACE(view.id);
    ASSERT_NE(view.texture, nullptr);
    const bool colours = view.kind == View::Kind::picture;
    EXPECT_EQ(view.texture->format(), colours ? gpu::Format::rgba8 : gpu::Format::r32f);
    EXPECT_FALSE(view.title.empty());
    EXPECT_FALSE(view.help.empty());
    gpu::Recorder recorder(device());
    encode->fill_view(recorder, view.id);
    device().wait(device().submit(std::move(recorder)));
    if (view.kind == View::Kind::categorical) {
      EXPECT_FALSE(view.categories.empty());
      EXPECT_LE(view.categories.size(), View::most_categories);
      EXPECT_TRUE(view.patterns.empty() || view.patterns.size() == view.categories.size());
    }
    if (view.kind != View::Kind::features) {
      EXPECT_EQ(view.texture->width(), gpu::divide_up(45, view.texels_wide));
      EXPECT_EQ(view.texture->height(), gpu::divide_up(31, view.texels_high));
      continue;
    }
    const auto values = values_of<float>(device().download(*view.texture));
    ASSERT_GT(view.channels, 0u);
    EXPECT_EQ(view.texture->height() % view.channels, 0u) << "planes of the same height";
    ASSERT_NE(view.ranges, nullptr);
    EXPECT_EQ(view.ranges->width(), 2u);
    EXPECT_EQ(view.ranges->height(), view.channels);
    const auto ranges = values_of<float>(device().download(*view.ranges));
    const std::size_t plane = values.size() / view.channels;
    for (std::size_t i = 0; i < values.size(); ++i) {  // by a rounding to binary16
      ASSERT_GE(values[i], ranges[i / plane * 2] - 1e-3f * std::abs(ranges[i / plane * 2]));
      ASSERT_LE(values[i], ranges[i / plane * 2 + 1] + 1e-3f * std::abs(ranges[i / plane * 2 + 1]));
    }
  }
}

void expect_belongs(const BlockInspection& block, const BlockSize& size, const Source& source, const Rgba8Image& picture) {
  EXPECT_EQ(BlockSize(block.width, block.height), size);
  const int x = int(block.block_x * size.width), y = int(block.block_y * size.height);
  EXPECT_EQ(block.decoded.front(), picture.at(x, y));
  EXPECT_EQ(block.original.front(), source.picture->at(x, y));
}
void expect_belongs(const TexelInspection& texel, const BlockSize& size, const Source& source, const Rgba8Image& picture) {
  EXPECT_EQ(size, BlockSize());
  EXPECT_EQ(texel.decoded, picture.at(int(texel.x), int(texel.y)));
  EXPECT_EQ(texel.original, source.picture->at(int(texel.x), int(texel.y)));
  EXPECT_FALSE(texel.grids.empty());
  EXPECT_FALSE(texel.layers.empty());
}
std::pair<std::uint32_t, std::uint32_t> place_of(const Inspection& inspection) {
  if (const auto* block = std::get_if<BlockInspection>(&inspection)) return {block->block_x, block->block_y};
  const auto& texel = std::get<TexelInspection>(inspection);
  return {texel.x, texel.y};
}

TEST_P(Conformance, InspectionsBelongToThePicture) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, quick());
  finish(*encode);
  const Rgba8Image picture = decoded(*encode, source);
  const BlockSize size = encode->block_size();
  const std::uint32_t wide = gpu::divide_up(45, size.width), high = gpu::divide_up(31, size.height);
  for (const auto& [x, y] : {std::pair{0u, 0u}, {wide - 1, high - 1}, {wide / 2, high / 2}}) {
    gpu::Recorder recorder(device());
    const auto pending = encode->inspect(recorder, x, y);
    device().submit(std::move(recorder));
    const Inspection inspection = pending.get();
    EXPECT_EQ(place_of(inspection), std::pair(x, y));
    std::visit([&](const auto& which) { expect_belongs(which, size, source, picture); }, inspection);
  }
}

TEST_P(Conformance, FiguresOfATrainingAreItsLossAndHealth) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, quick());
  finish(*encode);
  gpu::Recorder recorder(device());
  const auto pending = encode->figures(recorder);
  device().submit(std::move(recorder));
  const CodecFigures figures = pending.get();
  const bool trains = kind().family == Family::neural;
  EXPECT_EQ(figures.loss.has_value(), trains);
  EXPECT_EQ(figures.learning_rate.has_value(), trains);
  ASSERT_EQ(figures.health.has_value(), trains);
  EXPECT_EQ(bool(kind().step_flops), trains);
  if (trains) {
    EXPECT_FALSE(figures.health->bad());
    EXPECT_GT(kind().step_flops(quick(), 45, 31), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Registered, Conformance, ::testing::ValuesIn(cases()), [](const auto& tested) {
  const Case& of = tested.param;
  return std::string(registry()[of.kind].id) + (of.block.empty() ? "" : "_") + std::string(of.block);
});

}  // namespace
}  // namespace txs::codec
