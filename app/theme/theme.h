#pragma once
#include <imgui.h>

#include "core/log.h"

namespace txs::app {

/// Colours as stored, IM_COL32 order. Surfaces are greys without tint, since pictures are judged beside them; the
/// accent marks what the user acts on or has chosen, the curve colours are Okabe and Ito's colour-blind-safe set.
namespace colour {
extern const ImU32 canvas;                                       ///< behind pictures; that of display::PanelPass
inline constexpr ImU32 window = IM_COL32(34, 34, 34, 255);       ///< panels
inline constexpr ImU32 raised = IM_COL32(46, 46, 46, 255);       ///< bars, headings, popups
inline constexpr ImU32 control = IM_COL32(58, 58, 58, 255);      ///< sliders, buttons
inline constexpr ImU32 control_hot = IM_COL32(74, 74, 74, 255);  ///< under the mouse
inline constexpr ImU32 line = IM_COL32(58, 58, 58, 255);         ///< separators, borders
inline constexpr ImU32 line_faint = IM_COL32(46, 46, 46, 255);   ///< grid lines of plots and tables

inline constexpr ImU32 text = IM_COL32(224, 224, 224, 255);
inline constexpr ImU32 text_dim = IM_COL32(152, 152, 152, 255);    ///< captions, units, labels
inline constexpr ImU32 text_faint = IM_COL32(110, 110, 110, 255);  ///< disabled, hints

inline constexpr ImU32 accent = IM_COL32(226, 168, 74, 255);       ///< a calm amber
inline constexpr ImU32 accent_dim = IM_COL32(140, 104, 48, 255);
inline constexpr ImU32 accent_text = IM_COL32(20, 20, 20, 255);    ///< on the accent

inline constexpr ImU32 good = IM_COL32(0, 158, 115, 255);
inline constexpr ImU32 warning = IM_COL32(240, 228, 66, 255);
inline constexpr ImU32 bad = IM_COL32(230, 110, 60, 255);

inline constexpr ImU32 orange = IM_COL32(230, 159, 0, 255);
inline constexpr ImU32 sky_blue = IM_COL32(86, 180, 233, 255);
inline constexpr ImU32 bluish_green = IM_COL32(0, 158, 115, 255);
inline constexpr ImU32 yellow = IM_COL32(240, 228, 66, 255);
inline constexpr ImU32 blue = IM_COL32(0, 114, 178, 255);
inline constexpr ImU32 vermillion = IM_COL32(213, 94, 0, 255);
inline constexpr ImU32 reddish_purple = IM_COL32(204, 121, 167, 255);

/// For the i-th curve of a plot; wraps.
ImU32 curve(int i);
/// Of a message's text.
ImU32 of_severity(Severity severity);
/// The same colour at another opacity in [0, 1].
ImU32 faded(ImU32 colour, float opacity);
}  // namespace colour

/// All of one family (Roboto); its figures are tabular.
struct Fonts {
  ImFont* text = nullptr;     ///< 15 px
  ImFont* medium = nullptr;   ///< 15 px, for headings and figures that matter
  ImFont* caption = nullptr;  ///< 13 px
  ImFont* title = nullptr;    ///< 22 px, for the empty state and the help overlay
};

namespace theme {

/// Sets style and builds the font atlas (the caller uploads it) for a content scale (1: 96 dpi; any in [0.5, 4]).
/// Glyphs: Latin, Greek, punctuation, super- and subscripts, Roboto's mathematical signs (± × ÷ − ≤ ≥ ≈ ≠ ∞ ·). Arrows
/// and media signs are icons (icons.h): the font has none. Without the font file ImGui's own font is used.
void apply(float scale);

const Fonts& fonts();
float scale();
/// A length given at scale 1, in whole pixels of now.
float px(float length);

}  // namespace theme
}  // namespace txs::app
