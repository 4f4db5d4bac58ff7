// How far a set of texels lies off its main axis, and along it, from sums alone.
#ifndef TXS_BC7_RANKED_MOMENTS_GLSL
#define TXS_BC7_RANKED_MOMENTS_GLSL
#include "codecs/bc7/ranked/push.glsl"

// Sums over a set of texels. Whole numbers below 2^24 where the weights are 1: exact, so that differences are too.
struct Moments {
  float count;
  vec4 sum;
  vec4 squares;
  vec3 cross_colour;  // rg, rb, gb
  vec3 cross_alpha;   // ra, ga, ba
};
Moments no_moments() { return Moments(0.0, vec4(0.0), vec4(0.0), vec3(0.0), vec3(0.0)); }

void add(inout Moments m, vec4 texel, float share) {
  const vec4 x = texel * share;
  m.count += share;
  m.sum += x;
  m.squares += x * texel;
  m.cross_colour += x.rrg * texel.gbb;
  if (may_have_alpha) m.cross_alpha += x.rgb * texel.a;
}

Moments difference(Moments a, Moments b) {
  return Moments(a.count - b.count, a.sum - b.sum, a.squares - b.squares, a.cross_colour - b.cross_colour,
                 a.cross_alpha - b.cross_alpha);
}

// About the mean.
Moments centred(Moments m) {
  const vec4 mean = m.sum / max(m.count, 1.0);
  m.squares = max(m.squares - m.sum * mean, 0.0);
  m.cross_colour -= m.sum.rrg * mean.gbb;
  if (may_have_alpha) m.cross_alpha -= m.sum.rgb * mean.a;
  return m;
}

struct Spread {
  float along, off;  // the main axis: squared distances, summed
};

Spread split(float trace, float sum_of_eighth_powers) {
  // The eighth root of the sum of the eigenvalues' eighth powers: at most a part in 11 above the largest, and that only
  // where two are equal.
  const float along = trace * min(sqrt(sqrt(sqrt(sum_of_eighth_powers))), 1.0);
  return Spread(along, trace - along);
}

// Of RGB, centred.
Spread colour_spread(Moments m) {
  const float trace = m.squares.r + m.squares.g + m.squares.b;
  vec3 d = m.squares.rgb / max(trace, 1e-6), o = m.cross_colour / max(trace, 1e-6);
  for (uint i = 0u; i < 2u; ++i) {
    const vec3 dd = d * d, oo = o * o;
    o = o * (d.rrg + d.gbb) + vec3(o.y * o.z, o.x * o.z, o.x * o.y);
    d = dd + vec3(oo.x + oo.y, oo.x + oo.z, oo.y + oo.z);
  }
  return split(trace, dot(d, d) + 2.0 * dot(o, o));
}

// Of RGBA, centred.
Spread full_spread(Moments m) {
  const float trace = m.squares.r + m.squares.g + m.squares.b + m.squares.a;
  const vec3 o = m.cross_colour, a = m.cross_alpha;
  mat4 c = mat4(m.squares.r, o.x, o.y, a.x, o.x, m.squares.g, o.z, a.y, o.y, o.z, m.squares.b, a.z, a.x, a.y, a.z,
                m.squares.a);
  c *= 1.0 / max(trace, 1e-6);
  for (uint i = 0u; i < 2u; ++i) c = c * c;
  return split(trace, dot(c[0], c[0]) + dot(c[1], c[1]) + dot(c[2], c[2]) + dot(c[3], c[3]));
}
#endif
