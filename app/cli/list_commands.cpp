// codecs and devices: what there is.
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/commands.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"

namespace txs::app {
namespace {
using codec::CodecKind;
using codec::Parameter;
using nlohmann::ordered_json;

const char* type_name(Parameter::Type type) {
  switch (type) {
    case Parameter::Type::boolean: return "boolean";
    case Parameter::Type::integer: return "integer";
    case Parameter::Type::real: return "real";
    case Parameter::Type::choice: return "choice";
  }
  return "";
}

ordered_json parameter_json(const Parameter& parameter, const codec::Parameters& defaults) {
  ordered_json json = {{"key", parameter.key},
                       {"title", parameter.title},
                       {"group", parameter.group},
                       {"type", type_name(parameter.type)},
                       {"default", defaults.text(parameter.key)},
                       {"unit", parameter.unit},
                       {"live", parameter.effect == codec::Effect::live},
                       {"help", parameter.help}};
  if (parameter.type == Parameter::Type::integer || parameter.type == Parameter::Type::real)
    json["minimum"] = parameter.minimum, json["maximum"] = parameter.maximum;
  for (const codec::Choice& choice : parameter.choices)
    json["choices"].push_back({{"key", choice.key}, {"title", choice.title}, {"help", choice.help}});
  return json;
}

ordered_json codec_json(const CodecKind& kind) {
  ordered_json json = {{"id", kind.id},
                       {"title", kind.title},
                       {"family", kind.family == codec::Family::block ? "block" : "neural"},
                       {"help", kind.help},
                       {"hdr", kind.hdr},
                       {"takes_alpha", kind.takes_alpha}};
  const codec::Parameters defaults(kind.parameters);
  for (const Parameter& parameter : kind.parameters) json["parameters"].push_back(parameter_json(parameter, defaults));
  for (const codec::Preset& preset : kind.presets) {
    ordered_json values = ordered_json::object();
    for (const auto& [key, value] : preset.values) values[std::string(key)] = value;
    json["presets"].push_back({{"id", preset.id}, {"title", preset.title}, {"help", preset.help}, {"values", values}});
  }
  return json;
}

std::string range_text(const Parameter& parameter) {
  std::string text;
  if (parameter.type == Parameter::Type::boolean) return "on | off";
  if (parameter.type == Parameter::Type::choice) {
    for (const codec::Choice& choice : parameter.choices) text += (text.empty() ? "" : " | ") + std::string(choice.key);
    return text;
  }
  char range[64];
  std::snprintf(range, sizeof range, "%g .. %g", parameter.minimum, parameter.maximum);
  return range;
}

void print_codec(const CodecKind& kind) {
  std::printf("%s  %s\n  %s\n", std::string(kind.id).c_str(), std::string(kind.title).c_str(), std::string(kind.help).c_str());
  const codec::Parameters defaults(kind.parameters);
  std::printf("\n  %-22s %-10s %-24s %s\n", "parameter", "default", "range", "what it does");
  for (const Parameter& parameter : kind.parameters)
    std::printf("  %-22s %-10s %-24s %s\n", std::string(parameter.key).c_str(), defaults.text(parameter.key).c_str(),
                range_text(parameter).c_str(), std::string(parameter.help).c_str());
  std::printf("\n  presets\n");
  for (const codec::Preset& preset : kind.presets)
    std::printf("  %-22s %s\n", std::string(preset.id).c_str(), std::string(preset.help).c_str());
}
}  // namespace

int codecs_command(bool json) {
  if (json) {
    ordered_json list = ordered_json::array();
    for (const CodecKind& kind : codec::registry()) list.push_back(codec_json(kind));
    std::printf("%s\n", list.dump(2).c_str());
    return 0;
  }
  for (const CodecKind& kind : codec::registry()) print_codec(kind);
  return 0;
}

int devices_command(const CommonOptions& common) {
  const std::vector<gpu::DeviceInfo> devices = gpu::list_devices();
  int used = -1;
  std::string problem;
  try {
    used = gpu::Device(common.device).info().index;
  } catch (const Error& error) {
    problem = error.what();
  }
  for (const gpu::DeviceInfo& device : devices) {
    std::printf("%c %d  %s  (%s, %s, Vulkan %s, %.1f GiB)\n", device.index == used ? '*' : ' ', device.index,
                device.name.c_str(), device.kind.c_str(), device.driver.c_str(), device.api.c_str(),
                static_cast<double>(device.memory_bytes) / (1 << 30));
    if (!device.lacks.empty()) std::printf("     not usable: %s\n", device.lacks.c_str());
  }
  if (!problem.empty()) throw Error(Fault::device, problem);
  std::printf("* would be used\n");
  return 0;
}

int validation_status(const gpu::Device& device) {
  if (device.validation_messages() == 0) return 0;
  say(Severity::error, "the Vulkan validation layer said " + std::to_string(device.validation_messages()) + " messages");
  return static_cast<int>(Fault::internal);
}

}  // namespace txs::app
