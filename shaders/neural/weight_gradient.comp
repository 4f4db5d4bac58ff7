#version 460
// Gradients of 8 x 8 weights: sums over samples of (gradient of a sum) * (input), from the tape of a slice. A workgroup is
// one subgroup; each lane adds up its own samples, in order, and the lanes are added at the end, in order: the same bits
// whenever it runs.
#extension GL_KHR_shader_subgroup_shuffle : require
#extension GL_EXT_control_flow_attributes : require
#include "../interop/neural_train.h"

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint lanes = 8;

layout(binding = 0) uniform samplerBuffer tape;
layout(binding = 1) uniform usamplerBuffer tiles;
layout(binding = 2, r32f) uniform writeonly imageBuffer sums;

layout(push_constant, scalar) uniform Push { WeightGradientPush push; };

// So many samples are added before a sum is put back into its variable, which costs on software devices.
const uint unrolled = 4;

float added_over_lanes(float value) {
  float total = subgroupShuffle(value, 0);
  for (uint lane = 1; lane < lanes; ++lane) total += subgroupShuffle(value, lane);
  return total;
}

void main() {
  const uint lane = gl_SubgroupInvocationID;
  const uvec4 tile = texelFetch(tiles, int(gl_WorkGroupID.x));
  const uint input_quad = tile.x & 0xffffu, delta_quad = tile.x >> 16;
  const uint first = gl_WorkGroupID.y * push.blocks_a_sum;
  const uint last = min(first + push.blocks_a_sum, push.blocks);

  vec4 weights[2][8];  // [quad of outputs][input]
  vec4 biases[2];
  [[unroll]] for (uint h = 0; h < 2; ++h) {
    biases[h] = vec4(0.0);
    [[unroll]] for (uint i = 0; i < 8; ++i) weights[h][i] = vec4(0.0);
  }
  for (uint block = first; block < last; ++block) {
    const uint base = block * push.tape_quads * neural_block + lane;
    for (uint sample_index = 0; sample_index < neural_block; sample_index += unrolled * lanes) {
      vec4 deltas[unrolled][2], inputs[unrolled][2];
      [[unroll]] for (uint r = 0; r < unrolled; ++r)
        [[unroll]] for (uint h = 0; h < 2; ++h) {
          const uint at = base + sample_index + r * lanes;
          deltas[r][h] = texelFetch(tape, int(at + (delta_quad + h) * neural_block));
          inputs[r][h] = texelFetch(tape, int(at + (input_quad + h) * neural_block));
        }
      [[unroll]] for (uint h = 0; h < 2; ++h) {
        vec4 sum = biases[h];
        [[unroll]] for (uint r = 0; r < unrolled; ++r) sum += deltas[r][h];
        biases[h] = sum;
        [[unroll]] for (uint i = 0; i < 8; ++i) {
          sum = weights[h][i];
          [[unroll]] for (uint r = 0; r < unrolled; ++r) sum += deltas[r][h] * inputs[r][i >> 2][i & 3];
          weights[h][i] = sum;
        }
      }
    }
  }

  // Lane i keeps the column of input i, lane o the bias of output o.
  const uint to = (push.first_sum + gl_WorkGroupID.y) * push.decoder_floats;
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    float mine = 0.0;
    [[unroll]] for (uint i = 0; i < 8; ++i) {
      const float total = added_over_lanes(weights[o >> 2][i][o & 3]);
      mine = lane == i ? total : mine;
    }
    if (lane < 8) imageStore(sums, int(to + tile.y + o * tile.z + lane), vec4(mine));
  }
  if (tile.w == no_biases) return;
  float mine = 0.0;
  [[unroll]] for (uint o = 0; o < 8; ++o) {
    const float total = added_over_lanes(biases[o >> 2][o & 3]);
    mine = lane == o ? total : mine;
  }
  if (lane < 8) imageStore(sums, int(to + tile.w + lane), vec4(mine));
}
