#pragma once
#include <string>

namespace txs::app {

struct CodecPanelState {
  std::string preset;  ///< the one chosen last: what "changed" is measured from where two presets are equally near
};

}  // namespace txs::app
