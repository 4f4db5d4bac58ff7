// A workgroup, as large as a subgroup, looks for the bits of one block: its invocations share the texels, the grid points, the block modes or the
// patterns, whichever the step at hand has many of. What they share lies here.
#ifndef TXS_ASTC_SEARCH_GLSL
#define TXS_ASTC_SEARCH_GLSL
#extension GL_KHR_shader_subgroup_arithmetic : require
#extension GL_KHR_shader_subgroup_basic : require
#include "codecs/astc/astc_bits.glsl"
#include "interop/astc_search.h"

layout(local_size_x_id = 3) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool srgb = false;
layout(constant_id = 3) const uint group_size = 16;
layout(constant_id = 4) const bool has_alpha = false;
layout(constant_id = 5) const bool one_subgroup = false;  // the group is one, whatever the driver chooses
const uint texel_count = block_width * block_height;

const uint most_texels = 144u;
shared vec4 texels[most_texels];    // RGBA, 0..255, whole numbers; alpha 255 where the picture has none
shared uint part_of[most_texels];   // partition of each
shared vec4 line_low[4], line_high[4];  // ends of the partitions' lines, 0..255
shared float partial_sums[64];

uint lane() { return gl_LocalInvocationIndex; }

// All that was shared before it can be read after it. Where a block has a subgroup to itself nothing waits: software devices
// leave and enter a kernel again at each barrier, which took most of the time.
void together() {
  if (one_subgroup) subgroupBarrier();
  else barrier();
}

// The same in every invocation; in one order on a device.
float group_sum(float value) {
  const float sum = subgroupAdd(value);
  if (one_subgroup) return sum;
  together();
  if (subgroupElect()) partial_sums[gl_SubgroupID] = sum;
  together();
  float total = 0.0;
  for (uint i = 0u; i < gl_NumSubgroups; ++i) total += partial_sums[i];
  return total;
}

// a / b for whole numbers below 2^12; software devices divide unsigned ones lane by lane.
uint quotient(uint a, uint b) { return uint((float(a) + 0.5) / float(b)); }

AstcTablesMemory decode_tables() { return AstcTablesMemory(push.tables); }
AstcSearchTablesMemory search_tables() { return AstcSearchTablesMemory(push.tables); }
AstcSettings settings() { return AstcSettingsMemory(push.settings).settings; }

// Beyond the edge the last row and column repeat.
void load_texels(uint block) {
  const uint row = quotient(block, push.grid.x);
  const uvec2 origin = uvec2(block - row * push.grid.x, row) * uvec2(block_width, block_height);
  for (uint t = lane(); t < texel_count; t += group_size) {
    const uint y = quotient(t, block_width);
    const uvec2 texel = min(origin + uvec2(t - y * block_width, y), push.size - 1u);
    texels[t] = floor(texelFetch(source, ivec2(texel), 0) * 255.0 + 0.5);
    if (!has_alpha) texels[t].a = 255.0;
    part_of[t] = 0u;
  }
  together();
}

// Takes the partitions of a pattern; `partitions` 1 to 4.
void take_pattern(uint partitions, uint seed) {
  const uint words = (texel_count + 15u) / 16u;
  const uint first = ((partitions - 2u) * astc_partition_seeds + seed) * 9u;
  for (uint t = lane(); t < texel_count; t += group_size)
    part_of[t] = partitions == 1u ? 0u : search_tables().search.patterns[first + (t >> 4)] >> 2u * (t & 15u) & 3u;
  together();
}
#endif
