// Angles between the normals of two maps that hold x and y in red and green.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common/normals.glsl"
#include "interop/metrics.h"
#include "metrics/accumulate.glsl"
#include "metrics/tile_sum.glsl"

layout(local_size_x = error_tile_side) in;  // a column of the tile each, as in error.comp
layout(binding = 0) uniform sampler2D source;
layout(binding = 1) uniform sampler2D decoded;

shared uint tile_largest;

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
