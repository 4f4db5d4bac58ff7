#pragma once
#include <span>

#include "image/image.h"

namespace txs::samples {

/// 512x512: sky, foliage, grass and flowers; soft gradients, fine texture, hard edges and saturated colours in one
/// picture.
Rgba8Image garden();
/// 256x256: 64 cells that are hard for block codecs: several hues in a block, single-texel lines, subtle steps.
Rgba8Image swatches();
/// 256x256 with straight alpha: a leaf with a crisp outline, holes, and a soft shadow.
Rgba8Image leaf();
/// 201x103: a zone plate in colour, with sides that are no multiple of a block's.
Rgba8Image odd();
/// 1x1.
Rgba8Image tiny();
/// 96x64, light: a street after sunset, from walls of 0.002 to a sun of 24000.
Rgba16fImage dusk();
/// 96x64, light of both signs: rings of 1 and of 100.
Rgba16fImage ripples();
/// The application's icon: a grid of texels under a lens. Drawn for its size, so that lines stay crisp at 16.
Rgba8Image icon(int side);

/// A picture and its place in assets/.
struct Sample {
  const char* file;
  Rgba8Image (*draw)();
};
std::span<const Sample> all();

/// The same of light; the file's extension says how it is kept.
struct LightSample {
  const char* file;
  Rgba16fImage (*draw)();
};
std::span<const LightSample> all_of_light();

}  // namespace txs::samples
