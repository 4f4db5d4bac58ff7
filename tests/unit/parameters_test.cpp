#include "codec/parameters.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "codec/encoded_texture.h"
#include "core/error.h"

namespace txs::codec {
namespace {

constexpr Choice starts[] = {{"principal", "Exact PCA", ""}, {"published", "Published start", ""}};

constexpr Parameter declared[] = {
    {.key = "refine", .title = "Refine", .type = Parameter::Type::boolean, .fallback = 1, .effect = Effect::live},
    {.key = "iterations", .title = "Iterations", .type = Parameter::Type::integer, .fallback = 64, .minimum = 1,
     .maximum = 256, .effect = Effect::live},
    {.key = "step", .title = "Step", .type = Parameter::Type::real, .fallback = 0.1, .minimum = 0.001, .maximum = 0.5},
    {.key = "init", .title = "Start", .type = Parameter::Type::choice, .fallback = 0, .choices = starts},
};

/// The line of the usage error that `act` throws; fails the test if it throws none.
template <typename Act>
std::string refusal(Act act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::usage);
    return error.what();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(Parameters, StandAtTheirDefaults) {
  const Parameters parameters(declared);
  EXPECT_TRUE(parameters.boolean("refine"));
  EXPECT_EQ(parameters.integer("iterations"), 64);
  EXPECT_EQ(parameters.number("step"), 0.1);
  EXPECT_EQ(parameters.choice("init"), "principal");
}

TEST(Parameters, TakeTheirBoundsAndNothingBeyond) {
  Parameters parameters(declared);
  parameters.set("iterations", 1);
  parameters.set("iterations", 256);
  EXPECT_EQ(refusal([&] { parameters.set("iterations", 257); }),
            "iterations: '257' is not possible; give a whole number from 1 to 256");
  refusal([&] { parameters.set("iterations", 0); });
  refusal([&] { parameters.set("iterations", 2.5); });
  refusal([&] { parameters.set("iterations", std::numeric_limits<double>::quiet_NaN()); });
  refusal([&] { parameters.set("step", std::numeric_limits<double>::quiet_NaN()); });
  refusal([&] { parameters.set("step", std::numeric_limits<double>::infinity()); });
  refusal([&] { parameters.set("refine", 2); });
  refusal([&] { parameters.set("init", 2); });
  refusal([&] { parameters.set("init", -1); });
  EXPECT_EQ(parameters.integer("iterations"), 256) << "a refused value must change nothing";
}

TEST(Parameters, ReadText) {
  Parameters parameters(declared);
  for (const char* no : {"false", "off", "0"}) {
    parameters.set_text("refine", "true");
    parameters.set_text("refine", no);
    EXPECT_FALSE(parameters.boolean("refine")) << no;
  }
  for (const char* yes : {"true", "on", "1"}) {
    parameters.set_text("refine", "false");
    parameters.set_text("refine", yes);
    EXPECT_TRUE(parameters.boolean("refine")) << yes;
  }
  parameters.set_text("step", "2.5e-1");
  EXPECT_EQ(parameters.number("step"), 0.25);
  parameters.set_text("init", "published");
  EXPECT_EQ(parameters.choice("init"), "published");
  EXPECT_EQ(parameters.number("init"), 1);
}

TEST(Parameters, RefuseTextThatIsNoValue) {
  Parameters parameters(declared);
  EXPECT_EQ(refusal([&] { parameters.set_text("step", "0.1x"); }),
            "step: '0.1x' is not possible; give a number from 0.001 to 0.5");
  EXPECT_EQ(refusal([&] { parameters.set_text("init", "1"); }),
            "init: '1' is not possible; give principal or published");
  for (const char* nonsense : {"", " 5", "5 ", "nan", "inf", "0x10", "many"}) {
    refusal([&] { parameters.set_text("iterations", nonsense); });
    refusal([&] { parameters.set_text("step", nonsense); });
  }
  refusal([&] { parameters.set_text("refine", "yes"); });
}

TEST(Parameters, NameTheKeysThereAre) {
  const Parameters parameters(declared);
  EXPECT_EQ(refusal([&] { parameters.number("stepp"); }),
            "'stepp' is no parameter of this codec; give refine, iterations, step or init");
}

TEST(Parameters, TextReadsBackTheSame) {
  Parameters parameters(declared);
  for (double value : {0.1, 1.0 / 3.0, 0.001, 0.49999999999999994}) {
    parameters.set("step", value);
    Parameters other(declared);
    for (const auto& [key, text] : parameters.texts()) other.set_text(key, text);
    EXPECT_EQ(other.number("step"), value);
    EXPECT_FALSE(parameters.change_to(other).differs);
  }
  parameters.set("step", 0.1);
  EXPECT_EQ(parameters.text("step"), "0.1");
  EXPECT_EQ(parameters.text("iterations"), "64");
  EXPECT_EQ(parameters.text("refine"), "true");
  EXPECT_EQ(parameters.text("init"), "principal");
}

TEST(Parameters, ChangeHasTheStrongestEffect) {
  const Parameters before(declared);
  Parameters after = before;
  EXPECT_FALSE(before.change_to(after).differs);

  after.set("iterations", 32);
  EXPECT_TRUE(before.change_to(after).differs);
  EXPECT_EQ(before.change_to(after).effect, Effect::live);

  after.set("step", 0.2);
  EXPECT_EQ(before.change_to(after).effect, Effect::restart);
}

TEST(EncodedTexture, PayloadRoundsUpToBlocks) {
  EXPECT_EQ(payload_bytes(TextureFormat::bc7_unorm, 1, 1), 16u);
  EXPECT_EQ(payload_bytes(TextureFormat::bc7_unorm, 4, 4), 16u);
  EXPECT_EQ(payload_bytes(TextureFormat::bc7_srgb, 5, 4), 32u);
  EXPECT_EQ(payload_bytes(TextureFormat::bc7_srgb, 13, 7), 4u * 2 * 16);
  EXPECT_EQ(payload_bytes(TextureFormat::bc7_unorm, 0xffffffffu, 1), (std::uint64_t(1) << 30) * 16);
  EXPECT_TRUE(traits(TextureFormat::bc7_srgb).srgb);
  EXPECT_FALSE(traits(TextureFormat::bc7_unorm).srgb);
}

TEST(EncodedTexture, LevelsHalveDownToOne) {
  EXPECT_EQ(full_level_count(1, 1), 1u);
  EXPECT_EQ(full_level_count(17, 4), 5u);
  EXPECT_EQ(full_level_count(2, 16384), 15u);
  EXPECT_EQ(level_side(17, 0), 17u);
  EXPECT_EQ(level_side(17, 1), 8u);
  EXPECT_EQ(level_side(17, 5), 1u);
  EXPECT_EQ(level_side(17, 4000), 1u);

  EncodedTexture texture;
  texture.blocks.resize(3);
  EXPECT_EQ(level_count(texture), 1u);
  texture.mips.resize(2);
  texture.mips[1].resize(5);
  EXPECT_EQ(level_count(texture), 3u);
  EXPECT_EQ(level_blocks(texture, 0).size(), 3u);
  EXPECT_EQ(level_blocks(texture, 2).size(), 5u);
}

}  // namespace
}  // namespace txs::codec
