// A pass of shifts: descends again from the lines of the bits so far, their ends moved.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/bc6h/shift.glsl"

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  load_texels(block);
  const vec3 weights = vec3(SETTINGS.weights[0], SETTINGS.weights[1], SETTINGS.weights[2]);

  uvec4 left = Bc6hBlocks(push.blocks).block[block];
  const Bc6hHeader header = bc6h_take_header(left, is_signed, Bc6hTablesMemory(push.tables));
  const Layout l = layout_of(header.row, header.partition_number);
  Best best;
  best.error = Bc6hRecords(push.records).record[block].error;
  const float before = best.error;
  [[unroll]] for (uint e = 0u; e < 4u; ++e) best.levels.end[e] = vec3(header.quantised[e]);

  const uint pass = push.stage - SETTINGS.first_shift;
  const float entries = SETTINGS.shifts[pass] / l.last_index;
  const Ends from = numbers_of(best.levels, l);
  const uint shifts = shifts_a_subset * (l.second ? 2u : 1u);
  for (uint i = 0u; i < shifts; ++i)
    descend(shifted(from, i / shifts_a_subset, i % shifts_a_subset, entries), l, weights, SETTINGS.rounds, best);
  if (best.error >= before) return;

  Bc6hBlocks(push.blocks).block[block] = bits_of(best);
  Bc6hRecords(push.records).record[block].error = best.error;
}
