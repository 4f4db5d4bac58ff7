// Activations and their derivatives. Needs `activation` and `software` (specialisation).
#include "../interop/neural_train.h"

// sin and cos of 2 pi t. Software devices have slow ones: Taylor's series to t^15 and t^14 after reduction to half a turn
// around 0 would need more terms at its ends than this least-error fit; largest error 3e-7.
vec2 sin_cos_turns(float t) {
  if (!software) return vec2(sin(t * 6.283185307179586), cos(t * 6.283185307179586));
  float r = t - floor(t + 0.5);
  // Quarter-turn reduction: |s| <= 1/8, the quadrant in q.
  float q = floor(r * 4.0 + 0.5);
  float s = (r - q * 0.25) * 6.283185307179586;
  float s2 = s * s;
  float sine = s * (1.0 + s2 * (-1.6666667163e-1 + s2 * (8.3333337680e-3 + s2 * (-1.9841270114e-4 + s2 * 2.7557314297e-6))));
  float cosine = 1.0 + s2 * (-0.5 + s2 * (4.1666667908e-2 + s2 * (-1.3888889225e-3 + s2 * 2.4801587642e-5)));
  bool swap = (int(q) & 1) != 0;
  float a = swap ? cosine : sine;
  float b = swap ? sine : cosine;
  bool negate_sine = q < 0.0 || abs(q) == 2.0;
  return vec2(q == -1.0 || abs(q) == 2.0 ? -a : a, q == 1.0 || abs(q) == 2.0 ? -b : b);
}

// erf(x) to 1.5e-7: Abramowitz and Stegun 1964, 7.1.26.
float error_function(float x) {
  float t = 1.0 / (1.0 + 0.3275911 * abs(x));
  float polynomial =
      t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  float y = 1.0 - polynomial * exp(-x * x);
  return x < 0.0 ? -y : y;
}

// The activation of a sum and its derivative there.
vec2 activate(float sum, float omega0) {
  if (activation == activation_siren) {
    vec2 both = sin_cos_turns(sum * (omega0 * 0.15915494309189535));
    return vec2(both.x, both.y * omega0);
  }
  if (activation == activation_gelu) {
    float share = 0.5 + 0.5 * error_function(sum * 0.7071067811865476);
    return vec2(sum * share, share + sum * 0.3989422804014327 * exp(-0.5 * sum * sum));
  }
  if (activation == activation_silu) {
    float share = 1.0 / (1.0 + exp(-sum));
    return vec2(sum * share, share * (1.0 + sum * (1.0 - share)));
  }
  return sum > 0.0 ? vec2(sum, 1.0) : vec2(0.0);
}
