#pragma once
#include "artifact/sheet.h"

/// How sheets look; lengths at scale 1, all on a grid of 4 pixels.
namespace txs::artifact::sheet_style {

inline constexpr int margin = 24;     ///< around the sheet
inline constexpr int gap = 16;        ///< between panels, and between the columns of the caption
inline constexpr int small_gap = 8;   ///< between a picture and what belongs to it, and between a name and its value
inline constexpr int group_gap = 12;  ///< between the groups of the caption that stand below one another
inline constexpr int rule = 1;        ///< thickness of lines
inline constexpr int bar_width = 256, bar_height = 8;
inline constexpr int swatch = 12;
inline constexpr int pairs_gap = 2;      ///< between the swatches of a field
inline constexpr int checker = 8;        ///< side of the squares under transparency
inline constexpr int min_cell = 128;     ///< panels of smaller pictures stand in a cell of this width, for their titles
inline constexpr int min_content = 512;  ///< the caption has at least this width
inline constexpr int min_column = 232;   ///< a caption column has at least this width where there are several

inline constexpr int max_row = 8192;     ///< a row of panels wider than that becomes rows of two
inline constexpr int scale_step = 2000;  ///< text grows by one step for each this many pixels of pictures in a row

/// Neutral greys: pictures are judged on them.
inline constexpr Rgb background{30, 30, 30}, line{64, 64, 64};
inline constexpr Rgb checker_dark{96, 96, 96}, checker_light{144, 144, 144};

struct TextStyle {
  int size, line_height;
  bool medium;
  Rgb colour;
};

constexpr TextStyle of(SheetText::Style style) {
  switch (style) {
    case SheetText::Style::title: return {16, 24, true, {232, 232, 232}};
    case SheetText::Style::heading: return {15, 24, true, {232, 232, 232}};
    case SheetText::Style::name: return {15, 20, false, {152, 152, 152}};
    case SheetText::Style::value: return {15, 20, false, {220, 220, 220}};
    case SheetText::Style::note: return {13, 16, false, {152, 152, 152}};
  }
  return {};
}

inline const Font& font(SheetText::Style style) { return of(style).medium ? Font::medium() : Font::regular(); }

}  // namespace txs::artifact::sheet_style
