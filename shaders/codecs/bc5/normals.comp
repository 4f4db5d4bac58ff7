// The normals that a BC5 texture holds, z rebuilt from x and y, and how far they are from the source's, block by block.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common/normals.glsl"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0) uniform sampler2D decoded;
layout(binding = 1) uniform sampler2D source;
layout(binding = 2, rgba8) writeonly uniform image2D normals;
layout(binding = 3, r32f) writeonly uniform image2D mean_angles;
layout(binding = 4, r32f) writeonly uniform image2D largest_angles;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(block, push.grid))) return;
  const uvec2 first = block * block_side, end = min(first + block_side, push.size);
  float sum = 0.0, largest = 0.0;
  for (uint y = first.y; y < end.y; ++y) {
    for (uint x = first.x; x < end.x; ++x) {
      const ivec2 at = ivec2(x, y);
      const vec3 normal = normal_of(texelFetch(decoded, at, 0).rg);
      const float angle = angle_between(normal, normal_of(texelFetch(source, at, 0).rg));
      sum += angle;
      largest = max(largest, angle);
      imageStore(normals, at, vec4(normal * 0.5 + 0.5, 1.0));
    }
  }
  const uvec2 inside = end - first;
  imageStore(mean_angles, ivec2(block), vec4(degrees(sum / float(inside.x * inside.y))));
  imageStore(largest_angles, ivec2(block), vec4(degrees(largest)));
}
