// What start, search and finish take.
#ifndef TXS_BC7_SEARCH_PUSH_GLSL
#define TXS_BC7_SEARCH_PUSH_GLSL
#include "interop/bc7_search.h"

layout(local_size_x = bc7_search_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { Bc7SearchPush push; };
layout(constant_id = 0) const uint start_kind = bc7_start_principal;
layout(constant_id = 1) const uint objective = bc7_objective_quantised;
layout(constant_id = 2) const uint pace = bc7_pace_step;

// The texels of a block that lie in the image, as a bit mask.
uint texels_inside(uint block) {
  const uvec2 origin = uvec2(block % push.blocks_wide, block / push.blocks_wide) * bc7_block_side;
  const uvec2 inside = min(push.size - origin, uvec2(bc7_block_side));
  const uint row = (1u << inside.x) - 1u;
  return row * (0x1111u & ((1u << 4u * inside.y) - 1u));
}
#endif
