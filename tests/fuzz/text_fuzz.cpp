// Damaged scripts and config files: a script parses or names its line; a config gives values in their ranges, whatever it says.
#include <gtest/gtest.h>

#include <span>
#include <string>

#include "core/error.h"
#include "script/script.h"
#include "shell/config.h"
#include "support/mutate.h"

namespace txs::app {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::string_view text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const char* const sample_script = R"(# every command there is
open a.png "b c.png"
codec bc7
preset tinybc
seed 12
set max_iterations 32
wait done
wait steps 12
wait seconds 0.5
wait frames 3
select 3 4
select none
view codec
compare split 0.25
codec-view mode
zoom 16 100 50.5
error-scale 0.05
sheet x.png
save x.ktx2
pause
quit
)";

TEST(TextFuzz, ScriptsParseOrNameTheirLine) {
  const auto whole = bytes_of(sample_script);
  ASSERT_EQ(parse_script(text_of(whole), "s").lines.size(), 20u);
  fuzz::run(200000, std::chrono::seconds(5), [&](std::mt19937_64& random) {
    const auto damaged = fuzz::mutate(random, whole);
    try {
      int last = 0;
      for (const ScriptLine& line : parse_script(text_of(damaged), "s").lines) {
        ASSERT_GT(line.number, last);
        last = line.number;
      }
    } catch (const Error& error) {
      ASSERT_EQ(error.fault(), Fault::usage);
      ASSERT_EQ(std::string(error.what()).rfind("s:", 0), 0u) << error.what();
    }
  });
}

void expect_in_range(const Config& config) {
  ASSERT_GE(config.width, Config::smallest_width);
  ASSERT_LE(config.width, Config::largest_side);
  ASSERT_GE(config.height, Config::smallest_height);
  ASSERT_LE(config.height, Config::largest_side);
  ASSERT_TRUE(config.ui_scale == 0 || (config.ui_scale >= 0.5f && config.ui_scale <= 4.0f));
  ASSERT_TRUE(config.view.error_scale >= 0.005f && config.view.error_scale <= 1.0f);
  ASSERT_LE(config.recent.size(), Config::most_recent);
}

TEST(TextFuzz, ConfigsGiveValuesInTheirRanges) {
  Config config;
  config.width = 1600;
  config.preset = "tinybc";
  config.parameters = {{"init", "principal"}, {"shrink", "0.45"}};
  config.add_recent("/pictures/a.png");
  const std::string written = config_text(config);
  ASSERT_EQ(parse_config(written).config.width, 1600);
  ASSERT_EQ(parse_config(written).complaint, "");
  const auto whole = bytes_of(written);
  fuzz::run(200000, std::chrono::seconds(5), [&](std::mt19937_64& random) {
    const auto damaged = fuzz::mutate(random, whole);
    expect_in_range(parse_config(text_of(damaged)).config);
  });
}

}  // namespace
}  // namespace txs::app
