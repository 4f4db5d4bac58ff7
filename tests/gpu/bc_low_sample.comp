#version 460
// Every texel of a texture as the device's own sampler decodes it: floats, since those of snorm may be negative.
layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0, rgba32f) uniform writeonly image2D target;
layout(binding = 1) uniform sampler2D blocks;
layout(push_constant) uniform Push { ivec2 size; };

void main() {
  const ivec2 at = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(at, size))) return;
  imageStore(target, at, texelFetch(blocks, at, 0));
}
