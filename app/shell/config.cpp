#include "shell/config.h"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/files.h"
#include "core/log.h"

namespace txs::app {
namespace {
using nlohmann::json;

constexpr std::uint64_t largest_file = 1 << 20;
constexpr std::size_t longest_text = 4096, most_parameters = 256;

/// Reads one object's values; those that do not fit leave their target as it is and are named in the complaint.
class Reader {
 public:
  Reader(const json& object, std::string& complaint) : object_(object), complaint_(complaint) {}

  template <std::floating_point T>
  void read(const char* key, T& target, T least, T most) {
    const json* value = find(key);
    if (!value) return;
    const double number = value->is_number() ? value->get<double>() : NAN;
    if (number >= double(least) && number <= double(most))
      target = T(number);
    else
      reject(key);
  }

  void read(const char* key, int& target, int least, int most) {
    double number = target;
    read(key, number, double(least), double(most));
    target = int(number);
  }

  void read(const char* key, bool& target) {
    const json* value = find(key);
    if (!value) return;
    if (value->is_boolean())
      target = value->get<bool>();
    else
      reject(key);
  }

  void read(const char* key, std::string& target) {
    const json* value = find(key);
    if (!value) return;
    if (is_text(*value))
      target = value->get<std::string>();
    else
      reject(key);
  }

  void read(const char* key, std::map<std::string, std::string>& target) {
    const json* value = find(key);
    if (!value) return;
    if (!value->is_object() || value->size() > most_parameters) return reject(key);
    for (const auto& [name, text] : value->items())
      if (is_text(text)) target[name] = text.get<std::string>();
  }

  void read(const char* key, std::vector<std::filesystem::path>& target, std::size_t most) {
    const json* value = find(key);
    if (!value) return;
    if (!value->is_array()) return reject(key);
    for (const json& text : *value)
      if (is_text(text) && !text.get_ref<const std::string&>().empty() && target.size() < most)
        target.emplace_back(text.get<std::string>());
  }

  void read(const char* key, std::set<std::string>& target, std::size_t most) {
    const json* value = find(key);
    if (!value) return;
    if (!value->is_array()) return reject(key);
    for (const json& text : *value)
      if (is_text(text) && target.size() < most) target.insert(text.get<std::string>());
  }

  /// The object under `key`, or an empty one.
  const json& inner(const char* key) {
    static const json nothing = json::object();
    const json* value = find(key);
    if (!value) return nothing;
    if (value->is_object()) return *value;
    reject(key);
    return nothing;
  }

 private:
  const json* find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() ? nullptr : &*found;
  }
  static bool is_text(const json& value) {
    return value.is_string() && value.get_ref<const std::string&>().size() <= longest_text;
  }
  void reject(const char* key) {
    if (complaint_.empty()) complaint_ = std::string("\"") + key + "\" is not what it should be; the default is used";
  }

  const json& object_;
  std::string& complaint_;
};

void read_layout(Reader reader, LayoutSizes& sizes) {
  const LayoutSizes &least = smallest_sizes, &most = largest_sizes;
  reader.read("left", sizes.left, least.left, most.left);
  reader.read("right", sizes.right, least.right, most.right);
  reader.read("bottom", sizes.bottom, least.bottom, most.bottom);
  reader.read("runs", sizes.runs, least.runs, most.runs);
  reader.read("drawer", sizes.drawer, least.drawer, most.drawer);
}

void read_features(Reader reader, display::FeatureLook& look) {
  constexpr int most_channels = 1024;  // of any grid; what one lacks is left out when it is shown
  reader.read("mapped", look.mapped);
  reader.read("common_range", look.common_range);
  reader.read("channel", look.channel, 0, most_channels);
  reader.read("red", look.rgb[0], -1, most_channels);
  reader.read("green", look.rgb[1], -1, most_channels);
  reader.read("blue", look.rgb[2], -1, most_channels);
}

void read_view(Reader reader, ViewState& view) {
  reader.read("pixel_grid", view.pixel_grid);
  reader.read("block_grid", view.block_grid);
  reader.read("error_scale", view.error_scale, 0.005f, 1.0f);
  reader.read("codec_view", view.codec_view);
}

json window_json(const Config& config) {
  return {{"width", config.width},
          {"height", config.height},
          {"maximised", config.maximised},
          {"scale", config.ui_scale}};
}

json layout_json(const LayoutSizes& sizes) {
  return {{"left", sizes.left},
          {"right", sizes.right},
          {"bottom", sizes.bottom},
          {"runs", sizes.runs},
          {"drawer", sizes.drawer}};
}

json features_json(const display::FeatureLook& look) {
  return {{"mapped", look.mapped},    {"common_range", look.common_range},
          {"channel", look.channel},  {"red", look.rgb[0]},
          {"green", look.rgb[1]},     {"blue", look.rgb[2]}};
}

json view_json(const ViewState& view) {
  return {{"pixel_grid", view.pixel_grid},
          {"block_grid", view.block_grid},
          {"error_scale", view.error_scale},
          {"codec_view", view.codec_view},
          {"features", features_json(view.features)}};
}

}  // namespace

void Config::add_recent(const std::filesystem::path& path) {
  std::error_code failed;
  const auto whole = std::filesystem::absolute(path, failed);
  const auto& kept = failed ? path : whole;
  std::erase(recent, kept);
  recent.insert(recent.begin(), kept);
  if (recent.size() > most_recent) recent.resize(most_recent);
}

ParsedConfig parse_config(std::string_view text) {
  ParsedConfig parsed;
  const json root = json::parse(text, nullptr, false);
  if (!root.is_object()) {
    parsed.complaint = "not a JSON object; the defaults are used";
    return parsed;
  }
  Config& config = parsed.config;
  Reader reader(root, parsed.complaint);
  Reader window(reader.inner("window"), parsed.complaint);
  window.read("width", config.width, Config::smallest_width, Config::largest_side);
  window.read("height", config.height, Config::smallest_height, Config::largest_side);
  window.read("maximised", config.maximised);
  window.read("scale", config.ui_scale, 0.0f, 4.0f);
  if (config.ui_scale < 0.5f) config.ui_scale = 0;
  read_layout({reader.inner("layout"), parsed.complaint}, config.layout);
  Reader view(reader.inner("view"), parsed.complaint);
  read_view(view, config.view);
  read_features({view.inner("features"), parsed.complaint}, config.view.features);
  Reader codec(reader.inner("codec"), parsed.complaint);
  codec.read("id", config.codec);
  codec.read("preset", config.preset);
  codec.read("parameters", config.parameters);
  reader.read("recent", config.recent, Config::most_recent);
  reader.read("folded", config.folded, most_parameters);
  return parsed;
}

std::string config_text(const Config& config) {
  json recent = json::array();
  for (const auto& path : config.recent) recent.push_back(path.string());
  const json root{{"window", window_json(config)},
                  {"layout", layout_json(config.layout)},
                  {"view", view_json(config.view)},
                  {"codec", {{"id", config.codec}, {"preset", config.preset}, {"parameters", config.parameters}}},
                  {"recent", recent},
                  {"folded", config.folded}};
  // File names need not be UTF-8; a replaced one is then not found, which is better than no config.
  return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::filesystem::path config_path() { return config_folder() / "config.json"; }

Config load_config() {
  const auto path = config_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  try {
    const auto bytes = read_file(path, largest_file);
    ParsedConfig parsed = parse_config({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!parsed.complaint.empty()) say(Severity::warning, path.string() + ": " + parsed.complaint);
    return parsed.config;
  } catch (const Error& error) {
    say(Severity::warning, std::string(error.what()) + "; the defaults are used");
    return {};
  }
}

void save_config(const Config& config) {
  try {
    std::filesystem::create_directories(config_folder());
    write_file(config_path(), config_text(config));
  } catch (const std::exception& error) {
    say(Severity::warning, std::string("settings are not kept: ") + error.what());
  }
}

}  // namespace txs::app
