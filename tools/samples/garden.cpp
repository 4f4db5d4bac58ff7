// A garden in late light, painted from back to front: what lies further away is softened by the blurs between the
// layers, as by a lens, so that smooth gradients, fine texture and hard edges stand in one picture.
#include <span>

#include "samples/garden_parts.h"
#include "samples/samples.h"

namespace txs::samples {
namespace {

struct Planted {
  void (*paint)(Canvas&, const Bloom&);
  glm::vec2 foot;
  float stem_width, stem_bend;
  Bloom bloom;
};

void plant(Canvas& canvas, std::span<const Planted> flowers) {
  for (const Planted& flower : flowers) {
    paint_stem(canvas, flower.foot, flower.bloom.centre, flower.stem_width, flower.stem_bend);
    flower.paint(canvas, flower.bloom);
  }
}

constexpr Planted back_row[] = {
    {paint_poppy, {492, 500}, 2.6f, -14, {{476, 286}, 36, 0.52f, 0.15f, 21}},
    {paint_cornflower, {140, 500}, 2.2f, 16, {{168, 318}, 21, 0.80f, 0.2f, 31}},
    {paint_poppy, {20, 500}, 2.6f, 12, {{34, 306}, 30, 0.48f, -0.2f, 14}},
    {paint_daisy, {300, 500}, 2.2f, -12, {{318, 392}, 22, 0.58f, -0.15f, 12}},
    {paint_cornflower, {246, 500}, 2.2f, -10, {{232, 372}, 20, 0.72f, -0.1f, 36}},
    {paint_daisy, {346, 500}, 2.2f, 8, {{356, 436}, 25, 0.62f, 0.2f, 11}},
};
constexpr Planted front_row[] = {
    {paint_poppy, {112, 560}, 3.6f, 20, {{102, 366}, 52, 0.72f, -0.22f, 3}},
    {paint_daisy, {36, 560}, 3.2f, -12, {{46, 446}, 36, 0.70f, 0.2f, 15}},
    {paint_cornflower, {300, 560}, 3.0f, -16, {{284, 436}, 27, 0.74f, -0.3f, 33}},
    {paint_poppy, {392, 560}, 4.2f, -26, {{404, 338}, 62, 0.80f, 0.22f, 7}},
    {paint_daisy, {170, 560}, 3.2f, 12, {{156, 462}, 31, 0.66f, -0.25f, 18}},
    {paint_poppy, {236, 570}, 3.4f, 10, {{226, 476}, 38, 0.60f, 0.05f, 9}},
    {paint_cornflower, {430, 560}, 3.2f, -8, {{428, 450}, 28, 0.78f, 0.25f, 39}},
    {paint_daisy, {492, 570}, 3.4f, 12, {{482, 462}, 37, 0.68f, -0.2f, 23}},
};

void paint_tall_grass(Canvas& canvas, Random& random) {
  for (const float x : {14.0f, 66.0f, 194.0f, 262.0f, 334.0f, 350.0f, 456.0f, 500.0f})
    paint_seed_head(canvas, {x, 540}, {x + random.range(8, 40), random.range(276, 390)}, random);
}

/// Warm light from the sun's side and a slight fall-off to the corners.
void paint_light(Canvas& canvas) {
  canvas.paint(canvas.bounds(), [](glm::vec2 p) {
    const float glow = std::exp(-glm::distance(p, glm::vec2(500, 60)) / 190);
    return glm::vec4(rgb(0xFFE2A8), 0.22f * glow);
  });
  canvas.paint(canvas.bounds(), [](glm::vec2 p) {
    const float corner = glm::distance(p, glm::vec2(256, 256)) / 362;
    return glm::vec4(rgb(0x06120A), 0.30f * std::pow(corner, 3.0f));
  });
}

}  // namespace

Rgba8Image garden() {
  Canvas canvas(static_cast<int>(garden_side), static_cast<int>(garden_side));
  paint_sky(canvas);
  paint_hills(canvas);
  canvas.blur(0.5f);
  paint_cottage(canvas);
  paint_ground(canvas);
  paint_hedge(canvas);
  Random random(2024);
  paint_meadow(canvas, meadow_top, 250, random);
  paint_tree(canvas);
  canvas.blur(0.3f);
  paint_meadow(canvas, 250, 350, random);
  canvas.blur(0.35f);
  paint_meadow(canvas, 350, 480, random);
  plant(canvas, back_row);
  paint_bud(canvas, {262, 338}, 15);
  paint_meadow(canvas, 480, 520, random);
  paint_tall_grass(canvas, random);
  plant(canvas, front_row);
  paint_meadow(canvas, 528, 580, random);
  paint_butterfly(canvas, {318, 292}, 25);
  paint_light(canvas);
  return canvas.finish();
}

}  // namespace txs::samples
