// Decodes a BC5 texture, one invocation a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint snorm = 0;

const bool is_signed = snorm != 0u;

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy, origin = block * block_side;
  if (any(greaterThanEqual(block, push.grid))) return;
  const uint first_half = 2u * (block.y * push.grid.x + block.x);
  const uvec2 red_bits = Halves(push.blocks).bits[first_half], green_bits = Halves(push.blocks).bits[first_half + 1u];
  const ChannelPalette reds = channel_palette(unpack_channel_ends(red_bits, is_signed), is_signed);
  const ChannelPalette greens = channel_palette(unpack_channel_ends(green_bits, is_signed), is_signed);
  for (uint t = 0u; t < block_texels; ++t) {
    const uvec2 texel = origin + uvec2(t % block_side, t / block_side);
    const vec2 value = vec2(channel_entry(reds, channel_index(red_bits, t)),
                            channel_entry(greens, channel_index(green_bits, t)));
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), vec4(value / 255.0, 0.0, 1.0));
  }
}
