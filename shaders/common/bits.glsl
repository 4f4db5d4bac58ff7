// Blocks of bits, least significant bit first.
#ifndef TXS_BITS_GLSL
#define TXS_BITS_GLSL

// Takes the lowest `count` bits, 0..31 of them, off what is left.
uint take_bits(inout uvec2 left, uint count) {
  const uint taken = left.x & ((1u << count) - 1u);
  // What comes down from the word above comes in two shifts: one by 32 (count 0) would be undefined.
  left = left >> count | uvec2(left.y << 1 << (31u - count), 0u);
  return taken;
}

uint take_bits(inout uvec4 left, uint count) {
  const uint taken = left.x & ((1u << count) - 1u);
  left = left >> count | uvec4(left.yzw << 1 << (31u - count), 0u);
  return taken;
}

// Puts the lowest `count` bits of `value`, 0..31 of them, below what is there, which moves up: fields go last to first.
uvec4 put_bits(uvec4 block, uint value, uint count) {
  const uvec4 carried = uvec4(value & ((1u << count) - 1u), block.xyz >> 1 >> (31u - count));
  return block << count | carried;
}

#endif
