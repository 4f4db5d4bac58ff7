#version 460
// Gradients of weights on GPUs that multiply matrices: a workgroup makes those of a row of up to four matrices of 16 x 16
// weights, of some of the samples of a slice. Its subgroups take turns at the samples; their sums are added in order.
#include "matrix.glsl"
#include "../interop/neural_matrix.h"

layout(local_size_x = matrix_subgroup * matrix_subgroups) in;
layout(binding = 0) uniform usamplerBuffer rows;  // MatrixRow in two texels
layout(binding = 1, r32f) uniform writeonly imageBuffer sums;
layout(push_constant, scalar) uniform Push { MatrixGradientPush push; };

shared float staged[matrix_subgroups * matrix_halves];

MatrixRow fetch_row(uint index) {
  const uvec4 first = texelFetch(rows, int(index * 2)), second = texelFetch(rows, int(index * 2 + 1));
  return MatrixRow(first.x, first.y, first.z, first.w, second.x, second.y, second.z, second.w);
}

// Element `at` of the workgroup's sum, from those of its subgroups.
float added(uint at) {
  float total = staged[at];
  [[unroll]] for (uint s = 1; s < matrix_subgroups; ++s) total += staged[s * matrix_halves + at];
  return total * push.scale;
}

void main() {
  const MatrixRow row = fetch_row(gl_WorkGroupID.x);
  const bool has_biases = row.biases != no_biases;
  const Halves ones = Halves(1.0);
  Sums weights[matrix_row];
  Sums biases = Sums(0.0);
  [[unroll]] for (uint i = 0; i < matrix_row; ++i) weights[i] = Sums(0.0);

  const uint first = gl_WorkGroupID.y * push.steps_a_sum, last = min(first + push.steps_a_sum, push.steps);
  for (uint step = first + gl_SubgroupID; step < last; step += matrix_subgroups) {
    const uint tape = step * push.tape_tiles;
    Halves deltas;  // turned over: outputs in rows, samples in columns
    coopMatLoadNV(deltas, push.tape.v, (tape + row.delta_tile) * matrix_halves, matrix_side, true);
    [[unroll]] for (uint i = 0; i < matrix_row; ++i)
      if (i < row.tiles) {
        Halves values;
        coopMatLoadNV(values, push.tape.v, (tape + row.input_tile + i) * matrix_halves, matrix_side, false);
        weights[i] = coopMatMulAddNV(deltas, values, weights[i]);
      }
    if (has_biases) biases = coopMatMulAddNV(deltas, ones, biases);
  }

  const uint to = (push.first_sum + gl_WorkGroupID.y) * push.decoder_floats;
  [[unroll]] for (uint i = 0; i < matrix_row; ++i)
    if (i < row.tiles) {
      coopMatStoreNV(weights[i], staged, gl_SubgroupID * matrix_halves, matrix_side, false);
      barrier();
      for (uint at = gl_LocalInvocationIndex; at < matrix_halves; at += matrix_subgroup * matrix_subgroups) {
        const uint output_index = at / matrix_side, input_index = i * matrix_side + at % matrix_side;
        if (output_index < row.outputs_left && input_index < row.inputs_left)
          imageStore(sums, int(to + row.weights + output_index * row.row + input_index), vec4(added(at)));
      }
      barrier();
    }
  if (!has_biases) return;
  coopMatStoreNV(biases, staged, gl_SubgroupID * matrix_halves, matrix_side, false);
  barrier();
  const uint output_index = gl_LocalInvocationIndex;
  if (output_index < min(matrix_side, row.outputs_left))
    imageStore(sums, int(to + row.biases + output_index), vec4(added(output_index * matrix_side)));
}
