// Colour as the picture stores it: transfer functions, luma, colour maps.
#ifndef TXS_COLOUR_GLSL
#define TXS_COLOUR_GLSL
#include "interop/display.h"

vec3 unpack_colour(uint rgb) { return vec3(rgb >> 16 & 0xffu, rgb >> 8 & 0xffu, rgb & 0xffu) / 255.0; }

// IEC 61966-2-1, on [0, 1].
vec3 srgb_decode(vec3 encoded) {
  const vec3 power = pow((encoded + 0.055) / 1.055, vec3(2.4));
  return mix(power, encoded / 12.92, lessThanEqual(encoded, vec3(0.04045)));
}

vec3 srgb_encode(vec3 linear) {
  const vec3 power = 1.055 * pow(linear, vec3(1.0 / 2.4)) - 0.055;
  return mix(power, linear * 12.92, lessThanEqual(linear, vec3(0.0031308)));
}

float luma(vec3 stored) { return dot(stored, luma_weights.rgb); }

vec3 colour_map(vec4 terms[colour_map_terms], float t) {
  // Spelt out: a loop over the terms keeps them in memory on software devices and costs three times as much.
  t = clamp(t, 0.0, 1.0);
  const vec3 high = terms[4].rgb + t * (terms[5].rgb + t * (terms[6].rgb + t * terms[7].rgb));
  return clamp(terms[0].rgb + t * (terms[1].rgb + t * (terms[2].rgb + t * (terms[3].rgb + t * high))), 0.0, 1.0);
}

vec3 inferno(float t) { return colour_map(inferno_terms, t); }
vec3 viridis(float t) { return colour_map(viridis_terms, t); }

vec3 category_colour(uint category) {
  uint packed = okabe_ito[0];  // selected, not indexed: see colour_map
  for (uint i = 1; i < category_hues; ++i) packed = category % category_hues == i ? okabe_ito[i] : packed;
  const vec3 hue = unpack_colour(packed);
  switch (category / category_hues % category_shades) {
    case 1: return mix(hue, vec3(1.0), lighter_share);
    case 2: return mix(hue, vec3(0.0), darker_share);
    default: return hue;
  }
}

// Of categories in columns of `rows`; rows 1: in one order.
vec3 ordered_colour(int category, int columns, int rows) {
  const vec2 share = vec2(category / rows, category % rows) / vec2(max(columns - 1, 1), max(rows - 1, 1));
  if (rows == 1) return viridis(share.x);
  const vec3 least = mix(unpack_colour(pair_least), unpack_colour(pair_first), share.x);
  return mix(least, mix(unpack_colour(pair_second), unpack_colour(pair_most), share.x), share.y);
}
#endif
