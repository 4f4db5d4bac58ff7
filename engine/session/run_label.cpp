#include "session/run_label.h"

#include <fmt/format.h>

#include <algorithm>
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

std::string own_block_text(const RunRecord& run) {
  const auto differs = [&](codec::TextureFormat format) {
    return codec::BlockSize{codec::traits(format).block_width, codec::traits(format).block_height} != run.block;
  };
  if (!run.kind || std::ranges::none_of(run.kind->formats, differs)) return {};
  return fmt::format(" {}x{}", run.block.width, run.block.height);
}

std::string doing_text(const codec::Progress& progress) {
  if (progress.parts < 2) return std::string(progress.doing);
  return fmt::format("{} {}/{}", progress.doing, progress.part, progress.parts);
}

}  // namespace txs::session
