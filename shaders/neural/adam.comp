#version 460
// Adam (Kingma and Ba 2015) over the arena. Leaves the new parameters twice: as they are, and as the forward pass reads
// them, where quantisation-aware training goes on to round the grids.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer gradient;
layout(binding = 1) uniform samplerBuffer parameters;
layout(binding = 2) uniform samplerBuffer first_moments;
layout(binding = 3) uniform samplerBuffer second_moments;
layout(binding = 4, std430) writeonly buffer Parameters { vec4 new_parameters[]; };
layout(binding = 5, std430) writeonly buffer FirstMoments { vec4 new_first_moments[]; };
layout(binding = 6, std430) writeonly buffer SecondMoments { vec4 new_second_moments[]; };
layout(binding = 7, std430) writeonly buffer Forward { vec4 forward[]; };
layout(push_constant, scalar) uniform Push { AdamPush push; };

void main() {
  const uint group = gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x;
  const int quad = int(group * neural_group + gl_LocalInvocationIndex);
  if (quad >= int(push.quads)) return;
  const vec4 g = texelFetch(gradient, quad);
  const vec4 m = adam_beta1 * texelFetch(first_moments, quad) + (1.0 - adam_beta1) * g;
  const vec4 v = adam_beta2 * texelFetch(second_moments, quad) + (1.0 - adam_beta2) * g * g;
  const float rate = quad < int(push.decoder_quad) ? push.grid_rate : push.decoder_rate;
  const vec4 p = texelFetch(parameters, quad) - rate * m / (sqrt(v * push.second_correction) + adam_epsilon);
  new_first_moments[quad] = m;
  new_second_moments[quad] = v;
  new_parameters[quad] = p;
  forward[quad] = p;
}
