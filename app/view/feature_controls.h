#pragma once
#include <imgui.h>

#include <span>

#include "codec/codec.h"
#include "display/feature_look.h"

namespace txs::app {

/// The least and the largest value of a plane of features.
struct ValueRange {
  float low = 0, high = 0;
};

/// What of a view of features is shown, and by which range: small buttons in a cell's title strip, `corner` its top left
/// and `height` its height. Where `room` is too short for them they are behind one button. Each has a key too
/// (shell/actions.cpp).
void draw_feature_controls(ImVec2 corner, float height, float room, const codec::View& view,
                           display::FeatureLook& look);

/// What the colours mean, over the bottom of the picture in [from, to]. `ranges` of all planes; empty: not known yet.
void draw_feature_legend(ImVec2 from, ImVec2 to, const codec::View& view, const display::FeatureLook& look,
                         std::span<const ValueRange> ranges);

}  // namespace txs::app
