// Decodes a BC7 texture, one invocation a block: one a texel would parse each block sixteen times, and took ten times
// as long on lavapipe.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/bc7/bc7_decode.glsl"
#include "interop/bc7_format.h"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy;
  const uvec2 origin = block * bc7_block_side;
  if (any(greaterThanEqual(origin, push.size))) return;

  Bc7Decoder decoder = bc7_parse(Bc7Blocks(push.blocks).block[block.y * push.grid.x + block.x],
                                 Bc7DecodeTablesMemory(push.tables));
  for (uint t = 0u; t < bc7_block_side * bc7_block_side; ++t) {
    const uvec2 texel = origin + uvec2(t % bc7_block_side, t / bc7_block_side);
    const uvec4 value = bc7_next_texel(decoder);
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), vec4(value) / 255.0);
  }
}
