#version 460
// Gradients of tiles of weights: sums over samples of (gradient of a sum) * (input), from the tape of a slice. A workgroup is
// one subgroup; each lane adds up its own samples, in order, and the lanes are added at the end, in order: the same bits
// whenever it runs. Large tiles fetch less for each multiplication: 16 x 16 on software devices, where what does not fit
// into registers waits close by; 8 x 8 on others.
#extension GL_KHR_shader_subgroup_shuffle : require
#extension GL_EXT_control_flow_attributes : require
#include "../interop/neural_train.h"

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint lanes = 8;
layout(constant_id = 1) const uint delta_quads = 2;  // of a tile: outputs
layout(constant_id = 2) const uint input_quads = 2;  // even

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

void keep(uint at, float value) { imageStore(sums, int(at), vec4(value)); }

void main() {
  const uint lane = gl_SubgroupInvocationID;
  const uvec4 texel = texelFetch(tiles, int(push.first_tile + gl_WorkGroupID.x));
  const WeightTile tile = WeightTile(texel.x, texel.y, texel.z, texel.w);
  const uint first_input = tile.quads & 0xffffu, first_delta = tile.quads >> 16;
  const uint first = gl_WorkGroupID.y * push.blocks_a_sum;
  const uint last = min(first + push.blocks_a_sum, push.blocks);

  vec4 weights[delta_quads][input_quads * 4];  // [quad of outputs][input]
  vec4 biases[delta_quads];
  [[unroll]] for (uint h = 0; h < delta_quads; ++h) {
    biases[h] = vec4(0.0);
    [[unroll]] for (uint i = 0; i < input_quads * 4; ++i) weights[h][i] = vec4(0.0);
  }
  for (uint block = first; block < last; ++block) {
    const uint base = block * push.tape_quads * neural_block + lane;
    for (uint sample_index = 0; sample_index < neural_block; sample_index += unrolled * lanes) {
      vec4 deltas[unrolled][delta_quads], inputs[unrolled][input_quads];
      [[unroll]] for (uint r = 0; r < unrolled; ++r) {
        const uint at = base + sample_index + r * lanes;
        [[unroll]] for (uint h = 0; h < delta_quads; ++h)
          deltas[r][h] = texelFetch(tape, int(at + (first_delta + h) * neural_block));
        [[unroll]] for (uint h = 0; h < input_quads; ++h)
          inputs[r][h] = texelFetch(tape, int(at + (first_input + h) * neural_block));
      }
      [[unroll]] for (uint h = 0; h < delta_quads; ++h) {
        vec4 sum = biases[h];
        [[unroll]] for (uint r = 0; r < unrolled; ++r) sum += deltas[r][h];
        biases[h] = sum;
        [[unroll]] for (uint i = 0; i < input_quads * 4; ++i) {
          sum = weights[h][i];
          [[unroll]] for (uint r = 0; r < unrolled; ++r) sum += deltas[r][h] * inputs[r][i >> 2][i & 3];
          weights[h][i] = sum;
        }
      }
    }
  }

  // Lane i keeps the column of input i of eight, lane o the bias of output o of four. A tile at a layer's edge reached beyond.
  const uint to = (push.first_sum + gl_WorkGroupID.y) * push.decoder_floats;
  const uint row = tile.row & 0xffffu, inputs = tile.row >> 16 & 0xffu, outputs = tile.row >> 24;
  [[unroll]] for (uint o = 0; o < delta_quads * 4; ++o)
    [[unroll]] for (uint column = 0; column < input_quads * 4; column += 8) {
      float mine = 0.0;
      [[unroll]] for (uint i = 0; i < 8; ++i) {
        const float total = added_over_lanes(weights[o >> 2][column + i][o & 3]);
        mine = lane == i ? total : mine;
      }
      if (lane < 8 && o < outputs && column < inputs) keep(to + tile.weights + o * row + column + lane, mine);
    }
  if (tile.biases == no_biases) return;
  [[unroll]] for (uint h = 0; h < delta_quads; ++h) {
    float mine = 0.0;
    [[unroll]] for (uint o = 0; o < 4; ++o) {
      const float total = added_over_lanes(biases[h][o]);
      mine = lane == o ? total : mine;
    }
    if (lane < 4 && 4 * h < outputs) keep(to + tile.biases + 4 * h + lane, mine);
  }
}
