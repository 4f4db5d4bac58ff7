#version 460
// A picture of its sources side by side: nearest in the left half, linear in the right.
layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0, rgba8) uniform writeonly image2D target;
layout(binding = 1) uniform sampler2D nearest;
layout(binding = 2) uniform sampler2D linear;
layout(push_constant) uniform Push { vec2 uv; };

void main() {
  const ivec2 at = ivec2(gl_GlobalInvocationID.xy), size = imageSize(target);
  if (any(greaterThanEqual(at, size))) return;
  imageStore(target, at, at.x < size.x / 2 ? textureLod(nearest, uv, 0.0) : textureLod(linear, uv, 0.0));
}
