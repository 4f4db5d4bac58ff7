#pragma once
#include <vector>

#include "image/image.h"

namespace txs {

/// How a level is made of the one above it.
enum class MipFilter {
  box,     ///< the mean over the area that a texel covers
  kaiser,  ///< sinc in a Kaiser window of 3 texels each side (alpha 4): sharper, rings at hard edges
};

/// Levels of a full chain, the first included: floor(log2(longest side)) + 1.
int mip_level_count(int width, int height);

/// Levels 1, 2, ... down to 1x1: sides halved and rounded down, at least 1. The same picture gives the same bytes.
///
/// Odd sides: a level covers the same area as the one above, its texels are that much larger than two (a 5 texel row
/// becomes two of 2.5), so nothing shifts and nothing is left out. Edges are clamped: beyond the border is the texel on
/// it. Colours are averaged as light: sRGB texels are made linear before and encoded after, never rounded between two
/// levels. Under Alpha::straight they are weighted by alpha, so that what cannot be seen does not bleed in; where a
/// texel comes out with no alpha at all it has the mean colour of those it covers. What the sharper filter overshoots
/// is cut at the range that the channel has in level 0.
std::vector<Rgba8Image> mip_chain(const Rgba8Image& level0, ColourSpace colour_space, Alpha alpha, MipFilter filter);

/// The same in linear half floats, rounded to nearest even.
std::vector<Rgba16fImage> mip_chain(const Rgba16fImage& level0, Alpha alpha, MipFilter filter);

}  // namespace txs
