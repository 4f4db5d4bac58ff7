#include "session/run_label.h"

#include <fmt/format.h>

#include <optional>

#include "codec/registry.h"

namespace txs::session {

std::string run_label(const RunRecord& run) {
  if (!run.artifact_name.empty()) return run.artifact_name;
  std::string_view nearest;
  std::optional<std::vector<std::string>> differences;
  for (const codec::Preset& preset : run.kind->presets) {
    const codec::Parameters values = codec::preset_parameters(*run.kind, preset);
    std::vector<std::string> changed;
    for (const codec::Parameter& parameter : run.parameters.declared())
      if (values.number(parameter.key) != run.parameters.number(parameter.key))
        changed.push_back(fmt::format("{} {}", parameter.key, run.parameters.text(parameter.key)));
    if (differences && differences->size() <= changed.size()) continue;
    nearest = preset.id;
    differences = std::move(changed);
  }
  std::string label(nearest);
  for (const std::string& difference : *differences) label += ", " + difference;
  if (run.seed != 0) label += fmt::format(", seed {}", run.seed);
  if (!run.resumed_from.empty()) label += ", from " + run.resumed_from;
  return label;
}

}  // namespace txs::session
