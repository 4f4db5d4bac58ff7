// The shape of a neural model and the arithmetic of its addresses, which kernels and the CPU reference share.
#ifndef TXS_INTEROP_NEURAL_MODEL_H
#define TXS_INTEROP_NEURAL_MODEL_H
#include "interop.h"
#include "neural_random.h"
TXS_INTEROP_BEGIN

// Weight matrices are padded with zeros to multiples of this many rows and columns: kernels need no edges.
TXS_CONST uint neural_tile = 8;
TXS_CONST uint neural_most_grids = 16;

// Adam after Kingma and Ba 2015.
TXS_CONST float adam_beta1 = 0.9f;
TXS_CONST float adam_beta2 = 0.999f;
TXS_CONST float adam_epsilon = 1e-15f;

// Quotient and remainder, of numbers below 2^31 whose quotient is below 2^22. By floats: software devices divide whole
// numbers lane by lane, and a float's rounding moves such a quotient by one at most.
TXS_FUNCTION uvec2 divided(uint a, uint b) {
  int quotient = int(float(int(a)) / float(int(b)));
  int rest = int(a) - quotient * int(b);
  quotient += rest < 0 ? -1 : (rest >= int(b) ? 1 : 0);
  return uvec2(uint(quotient), a - uint(quotient) * b);
}

// One level of a grid encoding.
struct NeuralGrid {
  uvec2 size;        // what coordinates address
  uint channels;
  uint entries;      // size.x * size.y: dense; fewer: a power of two, by hash
  uint first_input;  // of the concatenated features
  uint values;       // float of entry 0, channel 0 in the arena; element [entry][channel]
  vec2 scale;        // grid texels an image pixel: (size - 1) / (image - 1); 0 where the image is one pixel wide
};
TXS_ASSERT_SIZE(NeuralGrid, 32);

// Mueller, Evans, Schied, Keller 2022, "Instant Neural Graphics Primitives", equation 4, in two dimensions with both
// factors large. `entries` is a power of two.
TXS_FUNCTION uint hash_entry(uint x, uint y, uint entries) {
  return ((x * 2654435761u) ^ (y * 805459861u)) & (entries - 1u);
}

TXS_FUNCTION uint grid_entry(NeuralGrid grid, uint x, uint y) {
  return grid.entries == grid.size.x * grid.size.y ? y * grid.size.x + x : hash_entry(x, y, grid.entries);
}

// The corners around a pixel and where it lies between them. The blend of corner values is
// mix(mix(top left, top right, part.x), mix(bottom left, bottom right, part.x), part.y), corners aligned.
struct GridPlace {
  uvec2 low;
  uvec2 high;  // low + 1, clamped
  vec2 part;   // [0, 1)
};

TXS_FUNCTION GridPlace grid_place(NeuralGrid grid, uint x, uint y) {
  GridPlace place;
  float at_x = float(x) * grid.scale.x;
  float at_y = float(y) * grid.scale.y;
  place.low.x = uint(at_x) < grid.size.x - 1u ? uint(at_x) : grid.size.x - 1u;
  place.low.y = uint(at_y) < grid.size.y - 1u ? uint(at_y) : grid.size.y - 1u;
  place.high.x = place.low.x + 1u < grid.size.x ? place.low.x + 1u : place.low.x;
  place.high.y = place.low.y + 1u < grid.size.y ? place.low.y + 1u : place.low.y;
  place.part.x = at_x - float(place.low.x);
  place.part.y = at_y - float(place.low.y);
  return place;
}

// Where the samples of a batch lie. The image is cut into cells.x * cells.y cells, row-major, as equal as whole pixels
// allow. Stratified: sample i is a random pixel of cell i. Independent: every sample is a random pixel of the image,
// and the samples are sorted by the cell they fall into.
TXS_FUNCTION uint cell_start(uint cell, uint cells, uint side) { return divided(cell * side, cells).x; }

TXS_FUNCTION uvec2 stratified_pixel(uvec2 image, uvec2 cells, uvec2 seed, uint step, uint sample_index) {
  uvec2 cell = divided(sample_index, cells.x);  // y, x
  uint left = cell_start(cell.y, cells.x, image.x);
  uint top = cell_start(cell.x, cells.y, image.y);
  uvec4 words = random_words(seed, stream_sampling, step, sample_index);
  uvec2 pixel;
  pixel.x = left + random_below(words.x, cell_start(cell.y + 1u, cells.x, image.x) - left);
  pixel.y = top + random_below(words.y, cell_start(cell.x + 1u, cells.y, image.y) - top);
  return pixel;
}

TXS_FUNCTION uvec2 independent_pixel(uvec2 image, uvec2 seed, uint step, uint sample_index) {
  uvec4 words = random_words(seed, stream_sampling, step, sample_index);
  uvec2 pixel;
  pixel.x = random_below(words.x, image.x);
  pixel.y = random_below(words.y, image.y);
  return pixel;
}

// Neither contracted nor reassociated: what an artifact's integers decode to is the same float everywhere.
#ifdef __cplusplus
#define TXS_PRECISE
#else
#define TXS_PRECISE precise
#endif

// Quantisation-aware training: the level that a value is stored as, and the value of a level. `steps` is 2^bits - 1,
// `share` the float nearest to 1 / steps, of the host: devices may round a division otherwise.
TXS_FUNCTION float quantised_level(float value, float low, float high, float steps) {
  float range = high - low;
  float level = range > 0.0f ? (value - low) * (steps / range) + 0.5f : 0.0f;
  level = level > 0.0f ? level : 0.0f;  // NaN too: its conversion to an integer is undefined
  level = level > steps ? steps : level;
  return float(int(level));
}
TXS_FUNCTION float level_value(float level, float low, float high, float share) {
  TXS_PRECISE float step_size = (high - low) * share;
  TXS_PRECISE float above = level * step_size;
  TXS_PRECISE float value = low + above;
  return value;
}

TXS_INTEROP_END
#endif
