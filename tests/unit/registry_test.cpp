// What must hold for every registered codec, however many there are.
#include "codec/registry.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "codecs/hash_grid/hash_grid.h"
#include "codecs/latent_texture/latent_texture.h"
#include "core/error.h"

namespace txs::codec {
namespace {

TEST(Registry, IdsOfCodecsAndPresetsAreUnique) {
  std::set<std::string_view> ids, presets;
  for (const CodecKind& kind : registry()) {
    EXPECT_TRUE(ids.insert(kind.id).second) << kind.id;
    EXPECT_FALSE(kind.presets.empty()) << kind.id;
    for (const Preset& preset : kind.presets) EXPECT_TRUE(presets.insert(preset.id).second) << preset.id;
  }
  EXPECT_FALSE(ids.empty());
}

TEST(Registry, FindsWhatItHolds) {
  for (const CodecKind& kind : registry()) {
    EXPECT_EQ(&find_codec(kind.id), &kind);
    for (const Preset& preset : kind.presets) {
      const auto [owner, found] = find_preset(preset.id);
      EXPECT_EQ(owner, &kind);
      EXPECT_EQ(found, &preset);
    }
  }
}

TEST(Registry, BlocksOfAFormatHaveOneReader) {
  for (const CodecKind& kind : registry()) {
    EXPECT_EQ(kind.formats.empty(), kind.family == Family::neural) << kind.id;
    for (const TextureFormat format : kind.formats) {
      EncodedTexture texture;
      texture.format = format;
      EXPECT_EQ(find_reader(texture), &kind) << traits(format).name;
    }
  }
}

TEST(Registry, WhatDoesNothingDoesNotApply) {
  const CodecKind& bc7 = find_codec("bc7");
  const auto shown = [&](const char* preset, std::string_view key) {
    const Parameters values = preset_parameters(bc7, *find_preset(preset).second);
    const Parameter& parameter = values.find(key);
    return !parameter.applies || parameter.applies(values);
  };
  EXPECT_TRUE(shown("tinybc", "reflection"));
  EXPECT_FALSE(shown("tinybc", "mode0"));
  EXPECT_FALSE(shown("tinybc-pca", "reflection"));
  EXPECT_FALSE(shown("bc7-fast", "reflection"));
  EXPECT_TRUE(shown("bc7-fast", "mode0"));
  for (const CodecKind& kind : registry()) {
    EXPECT_EQ(kind.parameters.front().applies, nullptr) << kind.id << ": something has to be there to choose by";
  }
}

TEST(Registry, NamesWhatThereIs) {
  const auto refused = [](auto find) -> std::string {
    try {
      find();
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::usage);
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(refused([] { find_codec("bc8"); }).find("'bc8' is no codec; there are: bc7"), 0u);
  EXPECT_NE(refused([] { find_preset("tiny"); }).find("tinybc"), std::string::npos);
}

TEST(Registry, PresetsAreValuesTheirCodecTakes) {
  for (const CodecKind& kind : registry()) {
    for (const Preset& preset : kind.presets) {
      SCOPED_TRACE(preset.id);
      const Parameters parameters = preset_parameters(kind, preset);
      for (const auto& [key, value] : preset.values) EXPECT_EQ(parameters.text(key), value);
    }
  }
}

TEST(Registry, Bc7IsReadByBc7) {
  for (const TextureFormat format : {TextureFormat::bc7_unorm, TextureFormat::bc7_srgb}) {
    const CodecKind* reader = find_reader(EncodedTexture{format});
    ASSERT_NE(reader, nullptr);
    EXPECT_EQ(reader->id, "bc7");
  }
}

TEST(Registry, NeuralPresetsHaveThePublishedModelsParameters) {
  const auto parameters_of = [](std::string_view id) {
    const auto [kind, preset] = find_preset(id);
    const auto shape = kind->id == "hash_grid" ? hash_grid::model_shape : latent_texture::model_shape;
    return shape(preset_parameters(*kind, *preset), 512, 512, 3).parameter_count();
  };
  EXPECT_EQ(parameters_of("tinymlp"), 101'399u);
  EXPECT_EQ(parameters_of("tinymlp-tiny"), 12'317u);
  EXPECT_EQ(parameters_of("tinymlp-large"), 322'145u);
  EXPECT_EQ(parameters_of("tinylatent"), 137'539u);
  EXPECT_EQ(parameters_of("tinylatent-two-scale"), 103'875u);
  EXPECT_EQ(parameters_of("tinylatent-qat8"), 103'875u);
}

TEST(Registry, TrainingsSayWhatAStepTakes) {
  const auto [kind, preset] = find_preset("tinylatent-two-scale");
  const double multiply_adds = 18 * 64 + 64 * 64 + 64 * 3;
  const Parameters parameters = preset_parameters(*kind, *preset);
  EXPECT_EQ(kind->step_flops(parameters, 512, 512), 6 * multiply_adds * 65536);
  EXPECT_EQ(kind->step_flops(parameters, 60, 50), 6 * multiply_adds * 3000) << "the whole picture";
}

TEST(Registry, ParametersAreWhole) {
  for (const CodecKind& kind : registry()) {
    for (const Parameter& parameter : kind.parameters) {
      SCOPED_TRACE(std::string(kind.id) + "." + std::string(parameter.key));
      EXPECT_FALSE(parameter.title.empty());
      EXPECT_FALSE(parameter.help.empty());
      EXPECT_EQ(parameter.type == Parameter::Type::choice, !parameter.choices.empty());
      // The default is a value that text gives back.
      Parameters parameters(kind.parameters);
      EXPECT_NO_THROW(parameters.set(parameter.key, parameter.fallback));
      EXPECT_NO_THROW(parameters.set_text(parameter.key, parameters.text(parameter.key)));
    }
  }
}

}  // namespace
}  // namespace txs::codec
