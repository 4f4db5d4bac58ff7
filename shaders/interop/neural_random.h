// The random numbers of training, counter-based: the number that a sample of a step draws depends on nothing else, so
// that a run is the same however it is cut into frames. One text for GLSL and C++.
#ifndef TXS_INTEROP_NEURAL_RANDOM_H
#define TXS_INTEROP_NEURAL_RANDOM_H
#include "interop.h"
TXS_INTEROP_BEGIN

// Jarzynski and Olano 2020, "Hash Functions for GPU Rendering": pcg4d.
TXS_FUNCTION uvec4 pcg4d(uvec4 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v = v ^ (v >> 16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

// What the numbers are for: no two uses share a stream.
TXS_CONST uint stream_sampling = 0;    // index: sample of the batch; step: training step
TXS_CONST uint stream_parameters = 1;  // index: float of the arena; step 0

TXS_FUNCTION uvec4 random_words(uvec2 seed, uint stream, uint step, uint index) {
  return pcg4d(pcg4d(uvec4(seed.x, seed.y, stream, step)) ^ uvec4(index, 0u, 0u, 0u));
}

#ifdef __cplusplus
inline uvec2 seed_words(std::uint64_t seed) { return {uint(seed), uint(seed >> 32)}; }
#endif

// A whole number in [0, count), count below 2^16: the upper half of the 48-bit product.
TXS_FUNCTION uint random_below(uint word, uint count) {
  return ((word >> 16u) * count + (((word & 0xffffu) * count) >> 16u)) >> 16u;
}

// In [0, 1): 24 bits, exact in a float.
TXS_FUNCTION float random_unit(uint word) { return float(word >> 8u) * (1.0f / 16777216.0f); }

TXS_INTEROP_END
#endif
