#include <gtest/gtest.h>

#include "panels/run_label.h"

namespace txs::app {
namespace {

using codec::Choice;
using codec::Parameter;

constexpr Choice starts[] = {{"principal", "Principal axis", ""}, {"published", "Published estimate", ""}};
constexpr Choice objectives[] = {{"quantised", "Quantised", ""}, {"relaxed", "Relaxed", ""}};
constexpr Parameter declared[] = {
    {.key = "init", .title = "Start", .type = Parameter::Type::choice, .choices = starts},
    {.key = "objective", .title = "Objective", .type = Parameter::Type::choice, .choices = objectives},
    {.key = "refine", .title = "Refine", .type = Parameter::Type::boolean, .fallback = 1},
    {.key = "step", .title = "Step", .type = Parameter::Type::real, .fallback = 0.1, .maximum = 0.5, .unit = "units"},
};

codec::CodecKind a_kind() {
  codec::CodecKind kind;
  kind.id = "test";
  kind.parameters = declared;
  kind.presets = {{"plain", "Plain", "", {}},
                  {"published", "Published", "", {{"init", "published"}, {"objective", "relaxed"}}}};
  return kind;
}

session::RunRecord a_run(const codec::CodecKind& kind) {
  session::RunRecord run;
  run.kind = &kind;
  run.parameters = codec::Parameters(declared);
  return run;
}

TEST(NearestPreset, IsTheOneWithFewestChanges) {
  const codec::CodecKind kind = a_kind();
  codec::Parameters values(declared);
  EXPECT_EQ(nearest_preset(kind, values).preset->id, "plain");
  EXPECT_TRUE(nearest_preset(kind, values).changed.empty());

  values.set_text("init", "published");
  values.set_text("objective", "relaxed");
  values.set_text("step", "0.2");
  const NearestPreset nearest = nearest_preset(kind, values);
  EXPECT_EQ(nearest.preset->id, "published");
  ASSERT_EQ(nearest.changed.size(), 1u);
  EXPECT_EQ(nearest.changed[0]->key, "step");
}

TEST(NearestPreset, StaysWithTheOneChosenWhereTwoAreAsNear) {
  const codec::CodecKind kind = a_kind();
  codec::Parameters values(declared);
  values.set_text("objective", "relaxed");
  EXPECT_EQ(nearest_preset(kind, values).preset->id, "plain");
  EXPECT_EQ(nearest_preset(kind, values, "published").preset->id, "published");
  EXPECT_EQ(nearest_preset(kind, codec::Parameters(declared), "published").preset->id, "plain")
      << "nearer beats chosen";
}

TEST(NearestPreset, IsNoneOfACodecWithoutPresets) {
  codec::CodecKind kind = a_kind();
  kind.presets.clear();
  EXPECT_EQ(nearest_preset(kind, codec::Parameters(declared)).preset, nullptr);
}

TEST(RunLabel, NamesThePresetAndWhatDiffersFromIt) {
  const codec::CodecKind kind = a_kind();
  session::RunRecord run = a_run(kind);
  EXPECT_EQ(run_label(run), "plain");
  run.parameters.set("refine", 0);
  run.parameters.set("step", 0.25);
  EXPECT_EQ(run_label(run), "plain, refine off, step 0.25 units");
  EXPECT_EQ(run_label({}), "") << "nothing was run yet";
}

TEST(RunDetails, ListEveryParameterAndMarkTheChanged) {
  const codec::CodecKind kind = a_kind();
  session::RunRecord run = a_run(kind);
  run.parameters.set_text("init", "published");
  EXPECT_EQ(run_details(run),
            "Start: published  (plain: principal)\nObjective: quantised\nRefine: on\nStep: 0.1 units");
}

}  // namespace
}  // namespace txs::app
