#pragma once
#include <optional>
#include <string>
#include <vector>

#include "artifact/report.h"
#include "artifact/text.h"
#include "image/image.h"

namespace txs::artifact {

/// What the colours of a panel mean: a bar from `low` to `high`, or a swatch a category, or neither.
struct SheetLegend {
  struct Swatch {
    Rgb colour{};
    std::string label;
  };
  std::vector<Rgb> ramp;  ///< colours at equal steps, low first; no bar below two of them
  std::string low, high;  ///< labels of the bar's ends
  std::vector<Swatch> swatches;
  /// Not 0: the swatches are pairs of numbers, column by column of so many; those without a label cannot be.
  std::size_t rows = 0;
};

struct SheetPanel {
  std::string title;
  Rgba8Image picture;  ///< at full resolution; all panels of one sheet are equally large
  SheetLegend legend = {};
};

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
};

/// One line of text: it stands in the middle of its box's height, and is no wider than the box.
struct SheetText {
  enum class Style { title, heading, name, value, note };
  Rect box;
  Style style = Style::value;
  std::string text;
};

/// Where everything of a sheet stands, in pixels from its top left corner.
struct SheetLayout {
  struct Bar {
    Rect box;
    std::size_t panel = 0;  ///< whose ramp it shows
  };
  struct Swatch {
    Rect box;
    Rgb colour{};
  };
  int scale = 1;  ///< of all text and spacing; 2 from about 3000 pixels of width on, and so forth: views are shrunk
  int width = 0, height = 0;
  std::vector<Rect> pictures;  ///< in the order of the panels
  std::vector<Bar> bars;
  std::vector<Swatch> swatches;
  std::vector<SheetText> texts;
  std::vector<Rect> rules;  ///< thin lines between the parts of the sheet
};

/// What a sheet's caption is of: one result, or two on the same picture.
struct SheetResults {
  ResultRecord a;
  std::optional<ResultRecord> b = {};
  std::optional<metrics::Figures> between = {};  ///< of their pictures, where they can be compared
};

/// Pixels of the em square that a style has at a scale.
int text_size(SheetText::Style style, int scale);

SheetLayout layout_sheet(const std::vector<SheetPanel>& panels, const SheetResults& results);

/// A comparison sheet: the panels in a row (or in rows of two where a row would be wider than 8192), each with its
/// title and legend, over a caption strip that says image, codec, parameters, size, bpp, PSNR, SSIM, max error, device
/// and seed, of each result. Text wraps and the sheet grows so that nothing is clipped, however small the picture. Pictures are copied
/// texel by texel; where they are transparent, a checkerboard shows through. The result is opaque. Throws
/// Error(internal) if the font is not installed.
Rgba8Image compose_sheet(const std::vector<SheetPanel>& panels, const SheetResults& results);

}  // namespace txs::artifact
