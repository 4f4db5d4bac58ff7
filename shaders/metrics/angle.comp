// Angles between the normals of two maps that hold x and y in red and green.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/metrics.h"
#include "metrics/accumulate.glsl"
#include "metrics/tile_sum.glsl"

layout(local_size_x = error_tile_side) in;  // a column of the tile each, as in error.comp
layout(binding = 0) uniform sampler2D source;
layout(binding = 1) uniform sampler2D decoded;

shared uint tile_largest;

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

void main() {
  if (gl_LocalInvocationIndex == 0) tile_largest = 0;
  barrier();

  const uvec2 tile = gl_WorkGroupID.xy * error_tile_side;
  const uint end = min(tile.y + error_tile_side, push.size.y);
  const uint x = tile.x + gl_LocalInvocationID.x;
  float angles = 0.0;
  float largest = 0.0;
  if (x < push.size.x) {
    for (uint y = tile.y; y < end; ++y) {
      const float angle = angle_between(normal_of(texelFetch(source, ivec2(x, y), 0).rg),
                                        normal_of(texelFetch(decoded, ivec2(x, y), 0).rg));
      angles += angle;
      largest = max(largest, angle);
    }
  }
  atomicMax(tile_largest, floatBitsToUint(largest));
  const float tile_angles = tile_sum(angles);
  if (gl_LocalInvocationIndex == 0) {
    add_to_record(sum_of_angles, tile_angles);
    atomicMax(push.to.record.largest_angle, tile_largest);
  }
}
