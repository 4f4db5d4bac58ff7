// Linear light: how it is shown, and how its errors are counted. The C++ twins are in image/tone_map.h and metrics.
#ifndef TXS_LIGHT_GLSL
#define TXS_LIGHT_GLSL
#include "interop/display.h"

// Exposed light to [0, 1], still linear.
vec3 tone_map(vec3 light, uint curve, float white_point) {
  const vec3 v = min(max(light, 0.0), 1e6);  // beyond it the squares overflow, and white is reached long before
  vec3 shown = v;
  if (curve == tone_reinhard) {
    shown = v * (1.0 + v / (white_point * white_point)) / (1.0 + v);
    shown = mix(shown, vec3(1.0), greaterThanEqual(v, vec3(white_point)));
  }
  if (curve == tone_filmic) shown = v * (2.51 * v + 0.03) / (v * (2.43 * v + 0.59) + 0.14);
  return min(shown, 1.0);
}

// ln(1 + v), of negative values with its sign.
vec3 signed_log(vec3 light) { return sign(light) * log(1.0 + abs(light)); }
#endif
