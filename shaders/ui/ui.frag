#version 460
layout(binding = 0) uniform sampler2D image;
layout(location = 0) in vec2 fragment_uv;
layout(location = 1) in vec4 fragment_colour;
layout(location = 0) out vec4 target;

void main() { target = fragment_colour * texture(image, fragment_uv); }
