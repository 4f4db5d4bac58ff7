// The first bits of each block: the line that the search starts from, quantised and refitted.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_search.h"
#include "codecs/bc7/search_push.glsl"
#include "codecs/bc7/objective.glsl"
#include "codecs/bc7/start.glsl"

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  load_block(source, block, push.blocks_wide, push.size, push.exact_alpha != 0u);

  const Ends start = start_of(start_kind).ends;
  const Ends quantised = quantise(to_bytes(start));
  Bits bits = Bits(quantised, uvec2(0u), 1e30);
  const float start_error = try_ends(quantised, push.refit_rounds, bits);

  Bc7Record record;
  record.error = uint(bits.error);
  record.initial_error = record.error;
  record.relaxed_error = relaxed_rounded_error(start, texels_inside(block));
  record.start_loss = objective == bc7_objective_quantised ? start_error * loss_of_error : relaxed_loss(start);
  record.iterations = 0u;
  record.status = record.start_loss <= push.loss_threshold ? bc7_status_at_threshold : bc7_status_searching;
  push.records.record[block] = record;
  push.blocks.block[block] = pack_mode6(bits);
}
