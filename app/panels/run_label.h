#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "session/snapshot.h"

namespace txs::app {

/// The preset that parameters come from, as far as one can tell: the one that the fewest of them differ from.
struct NearestPreset {
  const codec::Preset* preset = nullptr;  ///< null if the codec has none
  codec::Parameters values;               ///< of the preset
  std::vector<const codec::Parameter*> changed;
};

/// Among presets that are equally near `preferred` wins, then the first.
NearestPreset nearest_preset(const codec::CodecKind& kind, const codec::Parameters& parameters,
                             std::string_view preferred = {});

/// "tinybc", or "tinybc, init published, step 0.2": the nearest preset and what differs from it.
std::string run_label(const session::RunRecord& run);

/// Every parameter as "title: value unit", a line each; those changed from the nearest preset say what it has there.
std::string run_details(const session::RunRecord& run);

/// A parameter's value as a person reads it: the title of a choice, "on" or "off", or number and unit.
std::string value_text(const codec::Parameter& parameter, double value);

}  // namespace txs::app
