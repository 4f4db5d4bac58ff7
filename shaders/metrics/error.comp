// Squared differences and the largest difference of two 8-bit pictures, exact in integers.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/metrics.h"
#include "metrics/accumulate.glsl"

layout(local_size_x = error_tile_side) in;  // a column of the tile each: few invocations meet at the atomics
layout(binding = 0) uniform sampler2D source;
layout(binding = 1) uniform sampler2D decoded;

shared uint tile_squares, tile_squares_alpha, tile_largest;

void main() {
  if (gl_LocalInvocationIndex == 0) {
    tile_squares = 0;
    tile_squares_alpha = 0;
    tile_largest = 0;
  }
  barrier();

  const uvec2 tile = gl_WorkGroupID.xy * error_tile_side;
  const uint end = min(tile.y + error_tile_side, push.size.y);
  const uint x = tile.x + gl_LocalInvocationID.x;
  uvec4 squares = uvec4(0);
  uvec4 largest = uvec4(0);
  if (x < push.size.x) {
    for (uint y = tile.y; y < end; ++y) {
      const vec4 difference = texelFetch(source, ivec2(x, y), 0) - texelFetch(decoded, ivec2(x, y), 0);
      // A byte's value is a multiple of 1 / 255: rounding regains the integer.
      const uvec4 bytes = uvec4(abs(difference * push.measured) * 255.0 + 0.5);
      squares += bytes * bytes;
      largest = max(largest, bytes);
    }
  }
  atomicAdd(tile_squares, squares.r + squares.g + squares.b);
  atomicAdd(tile_squares_alpha, squares.a);
  atomicMax(tile_largest, max(max(largest.r, largest.g), max(largest.b, largest.a)));
  barrier();

  if (gl_LocalInvocationIndex == 0) {
    add_to_record(sum_of_squares, tile_squares);
    add_to_record(sum_of_squares_alpha, tile_squares_alpha);
    atomicMax(push.to.record.largest_difference, tile_largest);
  }
}
