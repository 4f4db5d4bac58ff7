// Decodes a BC6H texture, one invocation a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/block.h"
#include "codecs/bc6h/bc6h_decode.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba16f) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const bool is_signed = false;

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(block, push.grid))) return;

  Bc6hTablesMemory memory = Bc6hTablesMemory(push.tables);
  Bc6hDecoder decoder = bc6h_parse(Bc6hBlocks(push.blocks).block[block.y * push.grid.x + block.x], is_signed, memory);
  for (uint t = 0u; t < block_texels; ++t) {
    const uvec2 texel = block * block_side + uvec2(t % block_side, t / block_side);
    const uvec3 halves = uvec3(bc6h_next_texel(decoder, is_signed, memory));
    const vec4 value = vec4(unpackHalf2x16(halves.x | halves.y << 16), unpackHalf2x16(halves.z).x, 1.0);
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), value);
  }
}
