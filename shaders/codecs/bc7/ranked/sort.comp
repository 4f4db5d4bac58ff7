// Sorts the candidates of each block by the errors of their trials.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_ranked.h"
#include "codecs/bc7/ranked/list.glsl"

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  clear_list();
  const uint first = (block - push.tile_first) * push.list_length;
  for (uint i = 0u; i < list_length; ++i) insert_key(push.keys.key[first + i]);
  store_list(block);
}
