#version 460
// Gradients of weights on GPUs: an invocation adds up those of a tile of 8 x 8, from a few quads of samples of the tape at a
// time, which its workgroup holds in shared memory. No invocation's sum needs another's.
#include "../interop/neural_group.h"
#extension GL_EXT_control_flow_attributes : require

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint group = 128;
layout(constant_id = 1) const uint staged_units = 36;
layout(constant_id = 2) const uint staged_quads = 4;  // of samples, at a time: a power of two
layout(binding = 0) uniform samplerBuffer tape;
layout(binding = 1) uniform usamplerBuffer tiles;    // WeightTile
layout(binding = 2) uniform usamplerBuffer patches;  // WeightPatch in two texels
layout(binding = 3, r32f) uniform writeonly imageBuffer sums;
layout(push_constant, scalar) uniform Push { SharedWeightsPush push; };

// [value % 8][quad of samples][unit]: tiles side by side read neighbours. Odd rows spread the writes over the banks.
const uint pitch = staged_units | 1u;
shared vec4 staged[8 * staged_quads * pitch];

uint place(uint value_in_unit, uint quad, uint unit) { return (value_in_unit * staged_quads + quad) * pitch + unit; }

// The patch's inputs, then its deltas.
void stage(WeightPatch mine, uint first_quad) {
  const uint block = first_quad / neural_group, within = first_quad % neural_group;
  for (uint i = gl_LocalInvocationIndex; i < (mine.inputs + mine.deltas) * 8 * staged_quads; i += group) {
    const uint quad = i % staged_quads, value = i / staged_quads % 8, unit = i / (staged_quads * 8);
    const uint tape_unit = unit < mine.inputs ? mine.first_input + unit : mine.first_delta + unit - mine.inputs;
    const uint tape_value = tape_unit * 8 + value;
    staged[place(value, quad, unit)] =
        texelFetch(tape, int((block * push.tape_values + tape_value) * neural_group + within + quad));
  }
}

void main() {
  const int at = int(gl_WorkGroupID.x * 2);
  const uvec4 first = texelFetch(patches, at), second = texelFetch(patches, at + 1);
  const WeightPatch mine = WeightPatch(first.x, first.y, first.z, first.w, second.x, second.y, uvec2(0));
  const bool there = gl_LocalInvocationIndex < mine.tiles;
  const uvec4 tile = texelFetch(tiles, int(mine.first_tile + min(gl_LocalInvocationIndex, mine.tiles - 1)));
  const uint input_unit = (tile.x & 0xffffu) / 2 - mine.first_input;
  const uint delta_unit = (tile.x >> 16) / 2 - mine.first_delta + mine.inputs;

  float weights[8][8];  // [output][input]
  float biases[8];
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    biases[o] = 0.0;
    [[unroll]] for (uint i = 0; i < 8; ++i) weights[o][i] = 0.0;
  }
  const uint from = gl_WorkGroupID.y * push.quads_a_sum, to_quad = min(from + push.quads_a_sum, push.quads);
  for (uint quads = from; quads < to_quad; quads += staged_quads) {
    barrier();
    stage(mine, quads);
    barrier();
    for (uint quad = 0; there && quad < staged_quads; ++quad) {
      vec4 deltas[8];
      [[unroll]] for (uint o = 0; o < 8; ++o) {
        deltas[o] = staged[place(o, quad, delta_unit)];
        biases[o] += dot(deltas[o], vec4(1.0));
      }
      [[unroll]] for (uint i = 0; i < 8; ++i) {
        const vec4 value = staged[place(i, quad, input_unit)];
        [[unroll]] for (uint o = 0; o < 8; ++o) weights[o][i] += dot(deltas[o], value);
      }
    }
  }

  if (!there) return;
  const uint to = (push.first_sum + gl_WorkGroupID.y) * push.decoder_floats;
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    [[unroll]] for (uint i = 0; i < 8; ++i) imageStore(sums, int(to + tile.y + o * (tile.z & 0xffffu) + i), vec4(weights[o][i]));
    if (tile.w != no_biases) imageStore(sums, int(to + tile.w + o), vec4(biases[o]));
  }
}
