#include "panels/run_label.h"

#include <fmt/format.h>

#include "codec/registry.h"

namespace txs::app {

using codec::CodecKind;
using codec::Parameter;
using codec::Parameters;

namespace {

std::vector<const Parameter*> differing(const Parameters& a, const Parameters& b) {
  std::vector<const Parameter*> changed;
  for (const Parameter& parameter : a.declared()) {
    if (a.number(parameter.key) != b.number(parameter.key)) changed.push_back(&parameter);
  }
  return changed;
}

}  // namespace

NearestPreset nearest_preset(const CodecKind& kind, const Parameters& parameters, std::string_view preferred) {
  NearestPreset nearest;
  for (const codec::Preset& preset : kind.presets) {
    Parameters values = codec::preset_parameters(kind, preset);
    auto changed = differing(parameters, values);
    const bool nearer = !nearest.preset || changed.size() < nearest.changed.size();
    const bool as_near = nearest.preset && changed.size() == nearest.changed.size() && preset.id == preferred;
    if (nearer || as_near) nearest = {&preset, std::move(values), std::move(changed)};
  }
  return nearest;
}

std::string value_text(const Parameter& parameter, double value) {
  switch (parameter.type) {
    case Parameter::Type::boolean: return value != 0 ? "on" : "off";
    case Parameter::Type::choice: {
      const auto i = static_cast<std::size_t>(value);
      return i < parameter.choices.size() ? std::string(parameter.choices[i].key) : std::string("?");
    }
    case Parameter::Type::integer:
    case Parameter::Type::real: break;
  }
  const std::string number = fmt::format("{:g}", value);
  return parameter.unit.empty() ? number : fmt::format("{} {}", number, parameter.unit);
}

std::string run_label(const session::RunRecord& run) {
  if (!run.kind) return "";
  if (!run.artifact_name.empty()) return run.artifact_name;
  const NearestPreset nearest = nearest_preset(*run.kind, run.parameters);
  std::string label(nearest.preset ? nearest.preset->id : run.kind->id);
  for (const Parameter* parameter : nearest.changed) {
    label += fmt::format(", {} {}", parameter->key, value_text(*parameter, run.parameters.number(parameter->key)));
  }
  return label;
}

std::string run_details(const session::RunRecord& run) {
  if (!run.kind) return "";
  if (!run.artifact_name.empty()) return run.artifact_name;
  const NearestPreset nearest = nearest_preset(*run.kind, run.parameters);
  std::string lines;
  for (const Parameter& parameter : run.parameters.declared()) {
    const double value = run.parameters.number(parameter.key);
    lines += fmt::format("{}: {}", parameter.title, value_text(parameter, value));
    if (nearest.preset && nearest.values.number(parameter.key) != value) {
      lines +=
          fmt::format("  ({}: {})", nearest.preset->id, value_text(parameter, nearest.values.number(parameter.key)));
    }
    lines += '\n';
  }
  if (!lines.empty()) lines.pop_back();
  return lines;
}

}  // namespace txs::app
