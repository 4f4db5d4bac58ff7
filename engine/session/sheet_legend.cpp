#include "session/sheet_legend.h"

#include <fmt/format.h>

#include <array>

#include "display/colour_map.h"
#include "display/view_colour.h"

namespace txs::session {
namespace {
constexpr int ramp_steps = 64;

using ColourMap = std::array<std::uint8_t, 3> (*)(float);

artifact::SheetLegend ramp_legend(ColourMap map, std::string low, std::string high) {
  artifact::SheetLegend legend{{}, std::move(low), std::move(high), {}};
  for (int i = 0; i < ramp_steps; ++i) legend.ramp.push_back(map(static_cast<float>(i) / (ramp_steps - 1)));
  return legend;
}

artifact::SheetLegend features_legend(const display::FeatureLook& look) {
  if (look.mapped) return ramp_legend(display::viridis, "least", fmt::format("largest of channel {}", look.channel));
  static constexpr std::array<artifact::Rgb, 3> primaries{{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}}};
  artifact::SheetLegend legend;
  for (std::size_t i = 0; i < 3; ++i)
    if (look.rgb[i] >= 0) legend.swatches.push_back({primaries[i], fmt::format("channel {}", look.rgb[i])});
  return legend;
}
}  // namespace

std::string error_title(metrics::Measure measure) {
  switch (measure) {
    case metrics::Measure::red: return "Error, difference of R";
    case metrics::Measure::red_green: return "Error, largest difference of R and G";
    case metrics::Measure::light: return "Error, largest channel difference of ln(1 + v)";
    default: return "Error, largest channel difference";
  }
}

artifact::SheetLegend error_legend(float error_scale, metrics::Measure measure) {
  if (measure == metrics::Measure::light) return ramp_legend(display::inferno, "0", fmt::format("{:.3g}", error_scale));
  return ramp_legend(display::inferno, "0", fmt::format("{:.3g} = {:.1f}/255", error_scale, error_scale * 255));
}

artifact::SheetLegend view_legend(const codec::View& view, const display::FeatureLook& look) {
  if (view.kind == codec::View::Kind::picture) return {};  // its colours stand for themselves
  if (view.kind == codec::View::Kind::features) return features_legend(look);
  if (view.kind == codec::View::Kind::scalar)
    return ramp_legend(display::viridis, fmt::format("{:.4g}", view.minimum),
                       fmt::format("{:.4g}{}{}", view.maximum, view.unit.empty() ? "" : " ", view.unit));
  artifact::SheetLegend legend;
  for (std::size_t i = 0; i < view.categories.size(); ++i)
    legend.swatches.push_back({display::category_colour(view, i), view.categories[i]});
  legend.rows = view.rows > 1 ? view.rows : 0;
  return legend;
}

}  // namespace txs::session
