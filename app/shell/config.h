#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shell/layout.h"
#include "view/view_state.h"

namespace txs::app {

/// What the window remembers between starts. $XDG_CONFIG_HOME/texelscope/config.json.
struct Config {
  static constexpr int smallest_width = 640, smallest_height = 480, largest_side = 16384;
  static constexpr std::size_t most_recent = 10;

  int width = 1440, height = 900;  ///< of the window, at scale 1
  bool maximised = false;
  float ui_scale = 0;              ///< 0: the monitor's; else [0.5, 4]
  LayoutSizes layout;
  ViewState view;                  ///< grids, error scale, codec view, channels; the rest starts anew

  std::string codec, preset;       ///< used last; empty: the first there is
  std::map<std::string, std::string> parameters;
  std::vector<std::filesystem::path> recent;  ///< newest first
  std::set<std::string> folded;    ///< groups of parameters that are folded away

  void add_recent(const std::filesystem::path& path);
};

struct ParsedConfig {
  Config config;
  std::string complaint;  ///< empty, or one line: what was wrong, and that the default stands in its place
};

/// Any text at all. What is no JSON object gives the defaults; values of a wrong type or out of range give their
/// default; keys that are not known are left alone.
ParsedConfig parse_config(std::string_view text);
std::string config_text(const Config& config);

std::filesystem::path config_path();
/// Defaults if there is no file; says what is wrong with one that is there.
Config load_config();
/// Whole or not at all; says what is wrong.
void save_config(const Config& config);

}  // namespace txs::app
