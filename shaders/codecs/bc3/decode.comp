// Decodes a BC3 texture, one invocation a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "block/colour_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy, origin = block * block_side;
  if (any(greaterThanEqual(block, push.grid))) return;
  const uint first_half = 2u * (block.y * push.grid.x + block.x);
  const uvec2 alpha_bits = Halves(push.blocks).bits[first_half], colour_bits = Halves(push.blocks).bits[first_half + 1u];
  const ChannelPalette alphas = channel_palette(unpack_channel_ends(alpha_bits, false), false);
  const ColourPalette colours = palette_of(unpack_ends(colour_bits), false);  // whatever the order of the ends
  for (uint t = 0u; t < block_texels; ++t) {
    const uvec2 texel = origin + uvec2(t % block_side, t / block_side);
    const vec4 value = vec4(colour_entry(colours, colour_bits.y >> (2u * t) & 3u),
                            channel_entry(alphas, channel_index(alpha_bits, t)));
    if (all(lessThan(texel, push.size))) imageStore(target, ivec2(texel), value / 255.0);
  }
}
