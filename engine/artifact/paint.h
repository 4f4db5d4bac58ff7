#pragma once
#include "artifact/sheet.h"
#include "image/image.h"

/// What sheets and plots of curves are drawn with.
namespace txs::artifact {

/// One texel, opaque.
void put(Rgba8Image& image, int x, int y, Rgb colour);
/// A box that lies in the image, opaque.
void fill(Rgba8Image& image, const Rect& box, Rgb colour);
/// A line of text in the middle of its box's height, in its style at a scale.
void draw_text(Rgba8Image& image, const SheetText& text, int scale);

}  // namespace txs::artifact
