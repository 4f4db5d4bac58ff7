// What every registered codec must keep to, whatever it is: a codec inherits these tests by being in the registry.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>

#include "artifact/container.h"
#include "codec/registry.h"
#include "gpu/recorder.h"
#include "gpu_test.h"

namespace txs::codec {
namespace {

using Size = std::pair<int, int>;
constexpr Budget rush{1 << 20, Budget::Pace::rush};

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

class Conformance : public GpuTest, public ::testing::WithParamInterface<std::size_t> {
 protected:
  const CodecKind& kind() const { return registry()[GetParam()]; }
  Parameters defaults() const { return preset_parameters(kind(), kind().presets.front()); }

  Source source_of(Rgba8Image picture, Alpha alpha) const {
    auto shared = std::make_shared<const Rgba8Image>(std::move(picture));
    auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(shared->width),
                                                  std::uint32_t(shared->height), "source");
    device().upload(*texture, std::as_bytes(std::span(shared->texels)));
    return {shared, texture, ColourSpace::srgb, alpha};
  }
  Source source_of(Size size, bool alpha = false) const {
    return source_of(make_picture(size, alpha), alpha ? Alpha::straight : Alpha::none);
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

  Rgba8Image decoded(Encode& encode, const Source& source) const {
    const gpu::Texture target(device(), gpu::Format::rgba8, source.texture->width(), source.texture->height(), "decoded");
    gpu::Recorder recorder(device());
    encode.decode(recorder, target);
    device().wait(device().submit(std::move(recorder)));
    const auto bytes = device().download(target);
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    return {source.picture->width, source.picture->height, {first, first + bytes.size()}};
  }
  EncodedTexture artifact_of(Encode& encode) const {
    gpu::Recorder recorder(device());
    const Pending<Encoded> pending = encode.artifact(recorder);
    device().submit(std::move(recorder));
    return std::get<EncodedTexture>(pending.get());
  }

  /// The law of all codecs: what is shown is what the artifact decodes to, by a decoder that shares no code with the GPU's.
  void expect_honest(Encode& encode, const Source& source) const {
    const EncodedTexture artifact = artifact_of(encode);
    EXPECT_EQ(artifact.width, source.texture->width());
    EXPECT_EQ(artifact.height, source.texture->height());
    EXPECT_EQ(artifact.blocks.size(), payload_bytes(artifact.format, artifact.width, artifact.height));
    EXPECT_EQ(decoded(encode, source).texels, kind().decode_on_cpu(artifact).texels);
    std::uint64_t bits = 0;
    for (const BitPart& part : encode.bits()) bits += part.bits;
    EXPECT_EQ(bits, artifact.blocks.size() * 8) << "the parts are the whole";
  }
};

TEST_P(Conformance, AnySizeDecodesToItsArtifact) {
  for (const Size& size : {Size{1, 1}, {2, 3}, {1, 67}, {61, 1}, {13, 29}, {64, 64}, {131, 37}}) {
    SCOPED_TRACE(std::to_string(size.first) + "x" + std::to_string(size.second));
    const Source source = source_of(size);
    const auto encode = start(source, defaults());
    finish(*encode);
    expect_honest(*encode, source);
  }
}

TEST_P(Conformance, AlphaIsKept) {
  if (!kind().takes_alpha) GTEST_SKIP() << "takes no alpha";
  const Source source = source_of({64, 40}, true);
  const auto encode = start(source, defaults());
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
  const auto encode = start(source, defaults());
  finish(*encode);
  const Rgba8Image picture = decoded(*encode, source);
  for (std::size_t i = 3; i < picture.texels.size(); i += 4) ASSERT_EQ(picture.texels[i], 255);
}

TEST_P(Conformance, TwoRunsGiveTheSameBytesWhateverTheBudget) {
  const Source source = source_of({93, 50});
  std::optional<std::vector<std::byte>> bytes;
  for (const Budget& budget : {rush, rush, Budget{1, Budget::Pace::watch}, Budget{5000, Budget::Pace::watch}}) {
    const auto encode = start(source, defaults());
    finish(*encode, budget);
    const EncodedTexture artifact = artifact_of(*encode);
    if (!bytes) bytes = artifact.blocks;
    EXPECT_EQ(artifact.blocks, *bytes) << "work " << budget.work;
  }
}

TEST_P(Conformance, EveryStateOnTheWayIsAWholeHonestPicture) {
  const Source source = source_of({40, 40});
  const auto encode = start(source, defaults());
  std::uint64_t step = 0;
  double fraction = 0;
  while (!encode->progress().done) {
    const Progress progress = advance(*encode, {1 << 14, Budget::Pace::watch});
    EXPECT_GE(progress.step, step);
    EXPECT_GE(progress.fraction, fraction - 1e-9);
    EXPECT_LE(progress.fraction, 1);
    step = progress.step;
    fraction = progress.fraction;
    if (progress.whole) expect_honest(*encode, source);
  }
  EXPECT_EQ(encode->progress().fraction, 1);
  EXPECT_EQ(advance(*encode, rush).work, 0u) << "done means done";
}

TEST_P(Conformance, AnEncodeCanBeDroppedAtAnyStep) {
  const Source source = source_of({64, 64});
  for (int turns = 0; turns < 6; ++turns) {
    const auto encode = start(source, defaults());
    gpu::Recorder recorder(device());
    for (int i = 0; i < turns; ++i) encode->advance(recorder, {4096, Budget::Pace::watch});
    device().submit(std::move(recorder));  // and goes while the GPU may still be at it
  }
  device().wait_idle();
}

TEST_P(Conformance, StopsAtTheStepItIsTold) {
  const Source source = source_of({40, 40});
  const auto encode = start(source, defaults());
  const std::uint64_t stop = encode->progress().planned_steps / 2;
  for (int i = 0; i < 200; ++i) advance(*encode, {1 << 16, Budget::Pace::rush, stop});
  EXPECT_EQ(encode->progress().step, stop);
  EXPECT_FALSE(encode->progress().done);
  expect_honest(*encode, source);
  finish(*encode);
  expect_honest(*encode, source);
}

TEST_P(Conformance, EveryParameterWorksAtItsEnds) {
  const Source source = source_of({29, 22}, kind().takes_alpha);
  for (const Parameter& parameter : kind().parameters) {
    std::vector<double> values{parameter.minimum, parameter.maximum};
    if (parameter.type == Parameter::Type::boolean) values = {0, 1};
    if (parameter.type == Parameter::Type::choice) {
      values.clear();
      for (std::size_t i = 0; i < parameter.choices.size(); ++i) values.push_back(double(i));
    }
    for (const double value : values) {
      Parameters parameters = defaults();
      parameters.set(parameter.key, value);
      SCOPED_TRACE(std::string(parameter.key) + " = " + parameters.text(parameter.key));
      const auto encode = start(source, parameters);
      finish(*encode);
      expect_honest(*encode, source);
    }
  }
}

TEST_P(Conformance, EveryPresetFinishes) {
  const Source source = source_of({52, 36});
  for (const Preset& preset : kind().presets) {
    SCOPED_TRACE(std::string(preset.id));
    const auto encode = start(source, preset_parameters(kind(), preset));
    finish(*encode);
    expect_honest(*encode, source);
  }
}

TEST_P(Conformance, ArtifactsSurviveTheirContainersAndCanBeAdopted) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, defaults());
  finish(*encode);
  const EncodedTexture artifact = artifact_of(*encode);
  for (const auto& bytes : {artifact::write_dds(artifact), artifact::write_ktx2(artifact)}) {
    const Encoded read = artifact::read_container(bytes, "memory");
    EXPECT_EQ(std::get<EncodedTexture>(read).blocks, artifact.blocks);
    ASSERT_TRUE(kind().reads(read));
    const auto adopted = kind().adopt(device(), source, read);
    while (!adopted->ready()) std::this_thread::yield();
    EXPECT_TRUE(adopted->progress().done);
    EXPECT_EQ(decoded(*adopted, source).texels, decoded(*encode, source).texels);
    EXPECT_EQ(artifact_of(*adopted).blocks, artifact.blocks);
  }
}

TEST_P(Conformance, ViewsAndInspectionsBelongToThePicture) {
  const Source source = source_of({45, 31});
  const auto encode = start(source, defaults());
  finish(*encode);
  const Rgba8Image picture = decoded(*encode, source);
  for (const View& view : encode->views()) {
    ASSERT_NE(view.texture, nullptr);
    EXPECT_FALSE(view.title.empty());
    EXPECT_EQ(view.texture->width(), gpu::divide_up(45, view.texels_wide)) << view.id;
    EXPECT_EQ(view.texture->height(), gpu::divide_up(31, view.texels_high)) << view.id;
  }
  const std::uint32_t wide = gpu::divide_up(45, kind().block_width), high = gpu::divide_up(31, kind().block_height);
  for (const auto& [x, y] : {std::pair{0u, 0u}, {wide - 1, high - 1}, {wide / 2, high / 2}}) {
    gpu::Recorder recorder(device());
    const auto pending = encode->inspect(recorder, x, y);
    device().submit(std::move(recorder));
    const BlockInspection block = std::get<BlockInspection>(pending.get());
    EXPECT_EQ(std::pair(block.block_x, block.block_y), std::pair(x, y));
    EXPECT_EQ(block.decoded.front(), picture.at(int(x * kind().block_width), int(y * kind().block_height)));
    EXPECT_EQ(block.original.front(), source.picture->at(int(x * kind().block_width), int(y * kind().block_height)));
  }
}

INSTANTIATE_TEST_SUITE_P(Registered, Conformance, ::testing::Range<std::size_t>(0, registry().size()),
                         [](const auto& tested) { return std::string(registry()[tested.param].id); });

}  // namespace
}  // namespace txs::codec
