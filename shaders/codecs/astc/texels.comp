// The texels of a texture of the LDR profile, by the unorm8 decode mode (KDFS 23.18).
#version 460
#extension GL_GOOGLE_include_directive : require
layout(binding = 0, rgba8) writeonly uniform image2D target;
#include "codecs/astc/decode.glsl"

void put_texel(uvec2 texel, uvec4 value, uint) { imageStore(target, ivec2(texel), vec4(value >> 8) / 255.0); }
