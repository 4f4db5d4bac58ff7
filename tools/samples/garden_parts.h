#pragma once
#include "samples/canvas.h"
#include "samples/noise.h"

namespace txs::samples {

/// Rows of the 512x512 garden: where sky meets land, and where the meadow begins in front of the trees.
inline constexpr float horizon = 206, meadow_top = 226;
inline constexpr float garden_side = 512;

/// The sun stands to the upper right, a little in front of the viewer.
inline const glm::vec2 sun_direction = glm::normalize(glm::vec2(0.75f, -0.66f));

/// How near a row of the meadow is: 0 at its far edge, 1 at the bottom of the picture.
inline float nearness(float y) { return std::clamp((y - meadow_top) / (garden_side - meadow_top), 0.0f, 1.0f); }
/// Size of things that stand on that row, 1 at the bottom.
inline float scale_at(float y) { return 0.06f + 0.94f * nearness(y); }

/// How much sun a spot of the meadow gets: clouds and the tree throw shadows on it.
float sunlight(glm::vec2 ground);

void paint_sky(Canvas& canvas);
void paint_hills(Canvas& canvas);
void paint_cottage(Canvas& canvas);
void paint_hedge(Canvas& canvas);
void paint_tree(Canvas& canvas);

void paint_ground(Canvas& canvas);
/// Grass and small flowers on the rows from `from` to `to`, back to front.
void paint_meadow(Canvas& canvas, float from, float to, Random& random);

/// A flower seen at an angle: `tilt` is the height of its disc over its width, `turn` rotates it in the picture.
struct Bloom {
  glm::vec2 centre;
  float radius;
  float tilt;
  float turn;
  std::uint32_t seed;
};
void paint_poppy(Canvas& canvas, const Bloom& bloom);
void paint_daisy(Canvas& canvas, const Bloom& bloom);
void paint_cornflower(Canvas& canvas, const Bloom& bloom);
void paint_stem(Canvas& canvas, glm::vec2 foot, glm::vec2 head, float width, float bend);
/// A poppy still in its green case, hanging from a bent neck.
void paint_bud(Canvas& canvas, glm::vec2 neck, float size);
void paint_seed_head(Canvas& canvas, glm::vec2 foot, glm::vec2 tip, Random& random);
void paint_butterfly(Canvas& canvas, glm::vec2 centre, float size);

}  // namespace txs::samples
