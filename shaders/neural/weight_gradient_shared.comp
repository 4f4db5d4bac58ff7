#version 460
// Gradients of weights on GPUs: an invocation adds up those of a tile of 8 x 8, from a few quads of samples of the tape at a
// time, which its workgroup holds in shared memory. No invocation's sum needs another's.
#include "../interop/neural_group.h"
#extension GL_EXT_control_flow_attributes : require

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint group = 128;
layout(constant_id = 1) const uint tape_groups = 36;  // of eight values
layout(constant_id = 2) const uint quads = 4;         // of samples at a time, a power of two

layout(binding = 0) uniform samplerBuffer tape;
layout(binding = 1) uniform usamplerBuffer tiles;
layout(binding = 2, r32f) uniform writeonly imageBuffer sums;
layout(push_constant, scalar) uniform Push { SharedWeightsPush push; };

// [value % 8][quad of samples][value / 8]: tiles side by side read neighbours. Odd rows spread the writes over the banks.
const uint pitch = tape_groups | 1u;
shared vec4 staged[8 * quads * pitch];

uint place(uint value_in_group, uint quad, uint value_group) {
  return (value_in_group * quads + quad) * pitch + value_group;
}

void stage(uint first_quad) {
  const uint block = first_quad / neural_group, within = first_quad % neural_group;
  for (uint i = gl_LocalInvocationIndex; i < tape_groups * 8 * quads; i += group) {
    const uint value = i / quads, quad = i % quads;
    staged[place(value % 8, quad, value / 8)] =
        texelFetch(tape, int((block * push.tape_values + value) * neural_group + within + quad));
  }
}

void main() {
  const uint index = gl_WorkGroupID.x * group + gl_LocalInvocationIndex;
  const uvec4 tile = texelFetch(tiles, int(min(index, push.tiles - 1)));
  const uint input_group = (tile.x & 0xffffu) / 2, delta_group = (tile.x >> 16) / 2;

  float weights[8][8];  // [output][input]
  float biases[8];
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    biases[o] = 0.0;
    [[unroll]] for (uint i = 0; i < 8; ++i) weights[o][i] = 0.0;
  }
  const uint from = gl_WorkGroupID.y * push.quads_a_sum, to_quad = min(from + push.quads_a_sum, push.quads);
  for (uint first = from; first < to_quad; first += quads) {
    barrier();
    stage(first);
    barrier();
    for (uint quad = 0; quad < quads; ++quad) {
      vec4 deltas[8];
      [[unroll]] for (uint o = 0; o < 8; ++o) {
        deltas[o] = staged[place(o, quad, delta_group)];
        biases[o] += dot(deltas[o], vec4(1.0));
      }
      [[unroll]] for (uint i = 0; i < 8; ++i) {
        const vec4 value = staged[place(i, quad, input_group)];
        [[unroll]] for (uint o = 0; o < 8; ++o) weights[o][i] += dot(deltas[o], value);
      }
    }
  }

  if (index >= push.tiles) return;
  const uint to = (push.first_sum + gl_WorkGroupID.y) * push.decoder_floats;
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    [[unroll]] for (uint i = 0; i < 8; ++i) imageStore(sums, int(to + tile.y + o * tile.z + i), vec4(weights[o][i]));
    if (tile.w != no_biases) imageStore(sums, int(to + tile.w + o), vec4(biases[o]));
  }
}
