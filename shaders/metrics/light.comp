// mPSNR and RMSLE of two pictures of linear half floats: see metrics.h for what they are.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/metrics.h"
#include "metrics/accumulate.glsl"
#include "metrics/tile_sum.glsl"
#include "common/light.glsl"

layout(local_size_x = error_tile_side) in;  // a column of the tile each, as in error.comp
layout(binding = 0) uniform sampler2D source;
layout(binding = 1) uniform sampler2D decoded;

shared uint tile_largest;

// Exposing a value by s stops multiplies its encoded value by 2^(s / 2.2): one power for all exposures.
vec3 encoded(vec3 light) { return pow(max(light, 0.0), vec3(1.0 / 2.2)); }

float tone_mapped_squares(vec3 a, vec3 b) {
  const float stop = exp2(1.0 / 2.2);
  const float first = exp2(float(first_exposure) / 2.2);
  vec3 exposed_a = encoded(a) * first;
  vec3 exposed_b = encoded(b) * first;
  vec3 sum = vec3(0.0);
  for (int stops = first_exposure; stops <= last_exposure; ++stops) {
    const vec3 difference = min(exposed_a, 1.0) - min(exposed_b, 1.0);
    sum += difference * difference;
    exposed_a *= stop;
    exposed_b *= stop;
  }
  return sum.r + sum.g + sum.b;
}

void main() {
  if (gl_LocalInvocationIndex == 0) tile_largest = 0;
  barrier();

  const uvec2 tile = gl_WorkGroupID.xy * error_tile_side;
  const uint end = min(tile.y + error_tile_side, push.size.y);
  const uint x = tile.x + gl_LocalInvocationID.x;
  float tone_mapped = 0.0;
  float logs = 0.0;
  float largest = 0.0;
  if (x < push.size.x) {
    for (uint y = tile.y; y < end; ++y) {
      const vec3 a = texelFetch(source, ivec2(x, y), 0).rgb;
      const vec3 b = texelFetch(decoded, ivec2(x, y), 0).rgb;
      tone_mapped += tone_mapped_squares(a, b);
      const vec3 apart = abs(signed_log(a) - signed_log(b));
      logs += dot(apart, apart);
      largest = max(largest, max(apart.r, max(apart.g, apart.b)));
    }
  }
  atomicMax(tile_largest, floatBitsToUint(largest));
  const float tile_tone_mapped = tile_sum(tone_mapped);
  const float tile_logs = tile_sum(logs);
  if (gl_LocalInvocationIndex == 0) {
    add_to_record(sum_of_tone_mapped, tile_tone_mapped);
    add_to_record(sum_of_logs, tile_logs);
    atomicMax(push.to.record.largest_difference, tile_largest);
  }
}
