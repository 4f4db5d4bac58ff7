#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "shell/actions.h"
#include "shell/config.h"
#include "shell/layout.h"

namespace txs::app {
namespace {

TEST(Config, WhatIsWrittenReadsBack) {
  Config config;
  config.width = 1600;
  config.height = 1000;
  config.maximised = true;
  config.ui_scale = 1.5f;
  config.layout.left = 300;
  config.view.pixel_grid = false;
  config.view.error_scale = 0.05f;
  config.view.codec_view = "mode";
  config.view.features = {.mapped = true, .rgb = {4, -1, 30}, .channel = 7, .common_range = true};
  config.codec = "bc7";
  config.preset = "tinybc";
  config.parameters = {{"max_iterations", "32"}, {"init", "published"}};
  config.recent = {"/a/b.png", "/c.jpg"};
  config.folded = {"Grids", "File"};
  const ParsedConfig parsed = parse_config(config_text(config));
  EXPECT_EQ(parsed.complaint, "");
  EXPECT_EQ(config_text(parsed.config), config_text(config));
  EXPECT_EQ(parsed.config.parameters, config.parameters);
  EXPECT_EQ(parsed.config.recent, config.recent);
  EXPECT_EQ(parsed.config.folded, config.folded);
  EXPECT_FALSE(parsed.config.view.pixel_grid);
  EXPECT_EQ(parsed.config.view.features, config.view.features);
}

TEST(Config, ABrokenFileGivesTheDefaultsAndSaysSo) {
  const std::string defaults = config_text({});
  for (const char* text : {"", "{", "[]", "42", "null", "{\"window\": {\"width\": 1600}", "\xFF\xFE"}) {
    const ParsedConfig parsed = parse_config(text);
    EXPECT_EQ(config_text(parsed.config), defaults) << text;
    EXPECT_NE(parsed.complaint, "") << text;
  }
}

TEST(Config, ABadValueGivesItsDefaultAndIsNamed) {
  const ParsedConfig parsed =
      parse_config(R"({"window": {"width": 1e30, "height": 1000}, "layout": {"left": "wide"}})");
  EXPECT_EQ(parsed.config.width, Config{}.width);
  EXPECT_EQ(parsed.config.height, 1000);
  EXPECT_EQ(parsed.config.layout.left, LayoutSizes{}.left);
  EXPECT_NE(parsed.complaint.find("width"), std::string::npos);
}

TEST(Config, UnknownKeysAreLeftAlone) {
  const ParsedConfig parsed = parse_config(R"({"later": [1, 2], "view": {"unheard": {}, "block_grid": false}})");
  EXPECT_EQ(parsed.complaint, "");
  EXPECT_FALSE(parsed.config.view.block_grid);
}

TEST(Config, RecentFilesAreNewestFirstAndOnce) {
  Config config;
  for (int i = 0; i < 20; ++i) config.add_recent("/x/" + std::to_string(i) + ".png");
  config.add_recent("/x/15.png");
  ASSERT_EQ(config.recent.size(), Config::most_recent);
  EXPECT_EQ(config.recent[0], "/x/15.png");
  EXPECT_EQ(config.recent[1], "/x/19.png");
  EXPECT_EQ(std::ranges::count(config.recent, "/x/15.png"), 1);
}

void expect_whole(const Layout& layout, Extent window) {
  const Area areas[] = {layout.toolbar, layout.codec,   layout.canvas, layout.drawer,
                        layout.inspector, layout.quality, layout.runs,   layout.status};
  for (const Area& area : areas) {
    EXPECT_GE(area.x, 0);
    EXPECT_GE(area.y, 0);
    EXPECT_LE(area.right(), window.width);
    EXPECT_LE(area.bottom(), window.height);
    EXPECT_EQ(area.x, std::floor(area.x));
    EXPECT_EQ(area.y, std::floor(area.y));
  }
  for (const Area& a : areas) {
    for (const Area& b : areas) {
      if (&a == &b) continue;
      const bool apart = a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y ||
                         a.width * a.height == 0 || b.width * b.height == 0;
      EXPECT_TRUE(apart) << a.x << ',' << a.y << " over " << b.x << ',' << b.y;
    }
  }
}

TEST(LayoutOfTheWindow, AreasLieWithinItAndApart) {
  for (const Extent window : {Extent{300, 200}, {640, 480}, {800, 500}, {1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}}) {
    for (const float scale : {0.5f, 1.0f, 1.25f, 1.5f, 2.0f}) {
      for (const bool drawer : {false, true}) {
        SCOPED_TRACE(testing::Message() << window.width << "x" << window.height << " at " << scale);
        for (const LayoutSizes& sizes : {LayoutSizes{}, smallest_sizes, largest_sizes})
          for (const bool inspecting : {false, true})
            expect_whole(lay_out(window, sizes, scale, {drawer, inspecting}), window);
      }
    }
  }
}

TEST(LayoutOfTheWindow, PanelsHaveTheRoomTheyAskForAtTheUsualSize) {
  const Layout layout = lay_out({1440, 900}, {}, 1, {});
  EXPECT_GE(layout.codec.width, 264);
  EXPECT_GE(layout.inspector.width, 340);
  EXPECT_GE(layout.inspector.height, 560);
  EXPECT_GE(layout.canvas.width, 720);
}

TEST(LayoutOfTheWindow, ASmallOneHasOneColumnAndWhatIsSelectedTakesIt) {
  const Layout usual = lay_out({640, 480}, {}, 1, {});
  EXPECT_GT(usual.codec.width, 200);
  EXPECT_EQ(usual.inspector.width, 0);
  EXPECT_EQ(usual.runs.width, 0);
  EXPECT_EQ(usual.quality.width, 640);
  const Layout inspecting = lay_out({640, 480}, {}, 1, {.inspecting = true});
  EXPECT_EQ(inspecting.codec.width, 0);
  EXPECT_GT(inspecting.inspector.width, 240);
  for (const Layout& layout : {usual, inspecting}) {
    EXPECT_GE(layout.canvas.width, 640 * 0.5f);
    EXPECT_GE(layout.canvas.height, 160);
  }
}

TEST(Actions, EachKeyDoesOneThing) {
  std::set<std::tuple<char32_t, int, bool, bool>> seen;
  for (const Action& action : actions()) {
    EXPECT_FALSE(action.title.empty());
    EXPECT_FALSE(keys_text(action).empty());
    for (const Chord& chord : action.keys) {
      if (chord.character == 0 && chord.key == 0) continue;
      EXPECT_TRUE(seen.insert({chord.character, chord.key, chord.shift, chord.control}).second) << action.title;
    }
  }
}

TEST(Actions, KeysAreNamedAsTheyStandOnTheKeyboard) {
  const auto keys_of = [](std::string_view title) {
    const auto found = std::ranges::find(actions(), title, &Action::title);
    return found == actions().end() ? std::string("none") : keys_text(*found);
  };
  EXPECT_EQ(keys_of("pause, resume"), "Space");
  EXPECT_EQ(keys_of("this help"), "F1 or ?");
  EXPECT_EQ(keys_of("red alone"), "Shift+R");
  EXPECT_EQ(keys_of("restart"), "R");
  EXPECT_EQ(keys_of("quit"), "Ctrl+Q");
  EXPECT_EQ(keys_of("previous cell fills the centre"), "Shift+Tab");
}

}  // namespace
}  // namespace txs::app
