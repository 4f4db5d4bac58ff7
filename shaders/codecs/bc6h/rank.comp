// Orders the partitions of each block by what the best line through each of their subsets leaves of the error.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/bc6h/line.glsl"

layout(constant_id = 1) const uint kept = bc6h_partitions;  // of the order's head; the rest of it is not sorted

// Sums over the texels, about their mean, of one subset.
struct Moments {
  float count;
  vec3 sum;
  Scatter squares;
};

// What the subset's main direction leaves of its scatter. One step of the power method from the longest column ranks as
// well as six.
float left_by_line(Moments m) {
  const vec3 mean = m.sum / max(m.count, 1.0);
  const Scatter about_mean =
      Scatter(m.squares.first - m.sum.x * mean, m.squares.rest - vec3(m.sum.y * mean.yz, m.sum.z * mean.z));
  float share;
  main_direction(about_mean, 1u, share);
  return about_mean.first.x + about_mean.rest.x + about_mean.rest.z - share;
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  load_texels(block);
  const vec3 scale = sqrt(vec3(SETTINGS.weights[0], SETTINGS.weights[1], SETTINGS.weights[2]));
  vec3 mean = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) mean += texels[t] * 0.0625;
  Moments all = Moments(16.0, vec3(0.0), Scatter(vec3(0.0), vec3(0.0)));
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    texels[t] = scale * (texels[t] - mean);
    all.sum += texels[t];
    all.squares.first += texels[t].x * texels[t];
    all.squares.rest += vec3(texels[t].y * texels[t].yz, texels[t].z * texels[t].z);
  }

  // Sorted as they come; a key is the upper bits of what is left, a float that is not negative, over the number.
  uint keys[32];
  [[unroll]] for (uint i = 0u; i < 32u; ++i) keys[i] = ~0u;
  for (uint p = 0u; p < bc6h_partitions; ++p) {
    const uint mask = Bc6hTablesMemory(push.tables).tables.partitions[bc6h_partitions + p].subsets;
    Moments one = Moments(0.0, vec3(0.0), Scatter(vec3(0.0), vec3(0.0)));
    [[unroll]] for (uint t = 0u; t < 16u; ++t) {
      const float inside = float(mask >> t & 1u);
      const vec3 away = inside * texels[t];
      one.count += inside;
      one.sum += away;
      one.squares.first += away.x * away;
      one.squares.rest += vec3(away.y * away.yz, away.z * away.z);
    }
    const Moments other = Moments(16.0 - one.count, all.sum - one.sum,
                                  Scatter(all.squares.first - one.squares.first, all.squares.rest - one.squares.rest));
    const float left = max(left_by_line(one) + left_by_line(other), 0.0);
    uint key = (floatBitsToUint(left) & ~31u) | p;
    [[unroll]] for (uint i = 0u; i < kept; ++i) {
      const uint smaller = min(keys[i], key);
      key = max(keys[i], key);
      keys[i] = smaller;
    }
  }
  [[unroll]] for (uint i = 0u; i < 32u; i += 4u)
    Bc6hStates(push.state).state[block].partitions[i / 4u] =
        (keys[i] & 31u) | (keys[i + 1u] & 31u) << 8 | (keys[i + 2u] & 31u) << 16 | (keys[i + 3u] & 31u) << 24;
}
