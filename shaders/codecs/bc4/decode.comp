// Decodes a BC4 texture, one invocation a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint snorm = 0;

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy, origin = block * block_side;
  if (any(greaterThanEqual(block, push.grid))) return;
  const uvec2 bits = Halves(push.blocks).bits[block.y * push.grid.x + block.x];
  const ChannelPalette reds = channel_palette(unpack_channel_ends(bits, snorm != 0u), snorm != 0u);
  for (uint t = 0u; t < block_texels; ++t) {
    const uvec2 texel = origin + uvec2(t % block_side, t / block_side);
    const float red = channel_entry(reds, channel_index(bits, t));
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), vec4(red / 255.0, 0.0, 0.0, 1.0));
  }
}
