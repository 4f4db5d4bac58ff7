#version 460
// Screen-space triangles: positions in pixels, colours as stored.
layout(push_constant) uniform Push {
  vec2 scale;      // pixels to clip space
  vec2 translate;
};
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 colour;
layout(location = 0) out vec2 fragment_uv;
layout(location = 1) out vec4 fragment_colour;

void main() {
  fragment_uv = uv;
  fragment_colour = colour;
  gl_Position = vec4(position * scale + translate, 0.0, 1.0);
}
