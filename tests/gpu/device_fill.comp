#version 460
// values[i] = values[i] * factor + i, by address; `rounds` makes it slow enough to be caught in flight.
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_scalar_block_layout : require
#extension GL_EXT_shader_explicit_arithmetic_types_int64 : require
layout(local_size_x = 64) in;
layout(constant_id = 0) const uint factor = 1;
layout(buffer_reference, scalar) buffer Values { uint values[]; };
layout(push_constant, scalar) uniform Push {
  Values target;
  uint count;
  uint rounds;
};

void main() {
  const uint i = gl_GlobalInvocationID.x;
  if (i >= count) return;
  for (uint round = 0; round < rounds; ++round) target.values[i] = target.values[i] * factor + i;
}
