// What the search makes small: the sum over 16 texels and RGBA of squared differences in [0, 1].
#ifndef TXS_BC7_OBJECTIVE_GLSL
#define TXS_BC7_OBJECTIVE_GLSL
#include "codecs/bc7/mode6.glsl"

Ends to_bytes(Ends point) {
  precise vec4 low = point.low * 255.0, high = point.high * 255.0;
  return Ends(low, high);
}

// The nearest colour of the segment between two endpoints, all in 0..255.
vec4 nearest_on_segment(vec4 texel, vec4 low, vec4 along, float length2) {
  precise vec4 products = (texel - low) * along;
  precise float weight = length2 > 0.0 ? clamp(sum4(products) / length2, 0.0, 1.0) : 0.0;
  precise vec4 colour = low + along * weight;
  return colour;
}

// Relaxed: continuous endpoints and weights, what no block can hold.
float relaxed_loss(Ends point) {
  const Ends ends = to_bytes(point);
  precise vec4 along = ends.high - ends.low;
  precise float length2 = sum4(along * along);
  precise float error = 0.0;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    precise vec4 difference = texels[t] - nearest_on_segment(texels[t], ends.low, along, length2);
    precise vec4 squares = difference * difference;
    error += sum4(squares);
  }
  return error * loss_of_error;
}

// The squared error of the relaxed solution rounded to 8 bits: RGB of the texels that the mask names. Exact.
uint relaxed_rounded_error(Ends point, uint mask) {
  const Ends ends = to_bytes(point);
  precise vec4 along = ends.high - ends.low;
  precise float length2 = sum4(along * along);
  float error = 0.0;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 rounded = floor(nearest_on_segment(texels[t], ends.low, along, length2) + 0.5);
    const vec3 difference = texels[t].rgb - clamp(rounded, 0.0, 255.0).rgb;
    error += (mask >> t & 1u) != 0u ? dot(difference, difference) : 0.0;
  }
  return uint(error);
}

// A point of the search as a block would hold it, what that costs, and its loss by the objective.
struct Evaluation {
  Ends quantised;
  float error;
  float loss;
};

Evaluation evaluate(Ends point, uint objective) {
  Evaluation e;
  uvec2 indices;
  e.quantised = quantise(to_bytes(point));
  e.error = mode6_error(e.quantised, indices);
  e.loss = objective == bc7_objective_quantised ? e.error * loss_of_error : relaxed_loss(point);
  return e;
}
#endif
