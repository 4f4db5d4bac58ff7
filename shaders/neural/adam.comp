#version 460
// Adam (Kingma and Ba 2015) over the arena. Leaves the new parameters twice: as they are, and as the forward pass reads
// them, where quantisation-aware training goes on to round the grids.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer gradient;
layout(binding = 1, rgba32f) uniform imageBuffer parameters;
layout(binding = 2, rgba32f) uniform imageBuffer first_moments;
layout(binding = 3, rgba32f) uniform imageBuffer second_moments;
layout(binding = 4, rgba32f) uniform writeonly imageBuffer forward;
layout(push_constant, scalar) uniform Push { AdamPush push; };

void main() {
  const int quad = int(gl_GlobalInvocationID.x);
  if (quad >= int(push.quads)) return;
  const vec4 g = texelFetch(gradient, quad);
  const vec4 m = adam_beta1 * imageLoad(first_moments, quad) + (1.0 - adam_beta1) * g;
  const vec4 v = adam_beta2 * imageLoad(second_moments, quad) + (1.0 - adam_beta2) * g * g;
  const float rate = quad < int(push.decoder_quad) ? push.grid_rate : push.decoder_rate;
  const vec4 p = imageLoad(parameters, quad) - rate * m / (sqrt(v * push.second_correction) + adam_epsilon);
  imageStore(first_moments, quad, m);
  imageStore(second_moments, quad, v);
  imageStore(parameters, quad, p);
  imageStore(forward, quad, p);
}
