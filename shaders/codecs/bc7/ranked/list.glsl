// The shortest list of the best keys, in registers.
#ifndef TXS_BC7_RANKED_LIST_GLSL
#define TXS_BC7_RANKED_LIST_GLSL
#include "codecs/bc7/ranked/push.glsl"

layout(constant_id = 3) const uint list_length = 16u;
uint list[list_length];

void clear_list() {
  [[unroll]] for (uint i = 0u; i < list_length; ++i) list[i] = no_key;
}

void insert_key(uint key) {
  [[unroll]] for (uint i = 0u; i < list_length; ++i) {
    const uint better = min(list[i], key);
    key = max(list[i], key);
    list[i] = better;
  }
}

void store_list(uint block) {
  const uint first = (block - push.tile_first) * push.list_length;
  [[unroll]] for (uint i = 0u; i < list_length; ++i) push.keys.key[first + i] = list[i];
}
#endif
