#pragma once
#include <optional>
#include <set>
#include <string>

namespace txs::app {

struct CodecPanelState {
  std::set<std::string> folded;  ///< groups of parameters that are folded away
  std::string preset;  ///< the one chosen last: what "changed" is measured from where two presets are equally near

  /// A number being typed into a slider (Ctrl+click); it counts once it is finished, not at every key.
  struct Typed {
    std::string key;  ///< of the parameter
    double value = 0;
  };
  std::optional<Typed> typed;
};

}  // namespace txs::app
