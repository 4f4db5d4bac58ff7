// Normals of unit length that are stored as x and y, in [0, 1] for [-1, 1].
#ifndef TXS_NORMALS_GLSL
#define TXS_NORMALS_GLSL

// z = sqrt(1 - x^2 - y^2), 0 where that is of a negative number.
vec3 normal_of(vec2 stored) {
  const vec2 xy = stored * 2.0 - 1.0;
  return normalize(vec3(xy, sqrt(max(0.0, 1.0 - dot(xy, xy)))));
}

// 2 asin(chord / 2), by its series where normals are near: asin has errors of 1e-4 on some devices.
float angle_between(vec3 a, vec3 b) {
  const float square = dot(a - b, a - b);
  const float chord = sqrt(square);
  const float series =
      chord * (1.0 + square * (1.0 / 24.0 + square * (3.0 / 640.0 + square * (5.0 / 7168.0 + square * 35.0 / 294912.0))));
  return square < 0.5 ? series : 2.0 * asin(min(1.0, chord * 0.5));
}
#endif
