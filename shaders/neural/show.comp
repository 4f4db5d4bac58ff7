#version 460
// The picture as far as it is drawn, for those who look at it between its passes.
#include "../interop/neural_train.h"

layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0) uniform sampler2D drawn;
layout(binding = 1, rgba8) uniform writeonly image2D target;

void main() {
  const ivec2 at = ivec2(gl_GlobalInvocationID.xy);
  if (all(lessThan(at, imageSize(target)))) imageStore(target, at, texelFetch(drawn, at, 0));
}
