// What kernels of training share: how a sample is drawn, where it leaves what it makes, and the gradient that it starts
// from. Needs `push.slice`.
#extension GL_EXT_control_flow_attributes : require
#include "model.glsl"

layout(binding = 3) uniform sampler2D picture;
layout(binding = 5, r32ui) uniform writeonly uimageBuffer positions;  // x | y << 16 of every sample
layout(binding = 6, r32f) uniform writeonly imageBuffer losses;       // squared errors of each invocation's samples
layout(binding = 7) uniform usamplerBuffer drawn;                     // independent sampling: pixels, sorted by cell

uvec2 draw(uint index) {
  if (push.slice.sampling == sampling_independent) {
    const uint packed = texelFetch(drawn, int(index)).x;
    return uvec2(packed & 0xffffu, packed >> 16);
  }
  return stratified_pixel(push.slice.image, push.slice.cells, push.slice.seed, push.slice.step, index);
}

// The gradient of an output's sum, but for a factor; `error` becomes what it is wrong by, 0 beyond the outputs.
float output_gradient(float sum, float wanted, bool counts, out float error) {
  const float y = 1.0 / (1.0 + exp(-sum));
  error = counts ? y - wanted : 0.0;
  return error * y * (1.0 - y);
}
