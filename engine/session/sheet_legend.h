#pragma once
#include "artifact/sheet.h"
#include "codec/codec.h"
#include "display/feature_look.h"
#include "metrics/metrics.h"

namespace txs::session {

/// The keys of a sheet's coloured panels, in the colours that display::PanelPass gives them.
artifact::SheetLegend error_legend(float error_scale, metrics::Measure measure);
std::string error_title(metrics::Measure measure);  ///< "Error, largest channel difference"
artifact::SheetLegend view_legend(const codec::View& view, const display::FeatureLook& look);  ///< `look` fits the view

}  // namespace txs::session
