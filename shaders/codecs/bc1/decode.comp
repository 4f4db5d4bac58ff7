// Decodes a BC1 texture, one invocation a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy, origin = block * block_side;
  if (any(greaterThanEqual(block, push.grid))) return;
  const uvec2 bits = Halves(push.blocks).bits[block.y * push.grid.x + block.x];
  const bool three = has_three_colours(bits);
  const ColourPalette palette = palette_of(unpack_ends(bits), three);
  for (uint t = 0u; t < block_texels; ++t) {
    const uvec2 texel = origin + uvec2(t % block_side, t / block_side);
    const uint index = bits.y >> (2u * t) & 3u;
    const vec4 value = vec4(colour_entry(palette, index), three && index == 3u ? 0.0 : 255.0);
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), value / 255.0);
  }
}
