// The whole numbers of BC6H after KDFS 20.2: endpoints in a mode's bits, the 16 bits that are interpolated, halves.
#ifndef TXS_BC6H_NUMBERS_GLSL
#define TXS_BC6H_NUMBERS_GLSL

// The lowest `bits` of each value as a two's complement number.
ivec3 bc6h_sign_extended(ivec3 value, ivec3 bits) {
  const ivec3 sign = ivec3(1) << (bits - 1);
  return ((value & (2 * sign - 1)) ^ sign) - sign;
}

// From a mode's bits to 16, so that the ends of the range stay its ends.
ivec3 bc6h_unquantised(ivec3 value, uint bits, bool is_signed) {
  const ivec3 magnitude = abs(value);
  const int most = (1 << (is_signed ? bits - 1u : bits)) - 1;
  ivec3 wide = ((magnitude << 15) + 0x4000) >> (bits - 1u);
  wide = mix(wide, ivec3(is_signed ? 0x7FFF : 0xFFFF), greaterThanEqual(magnitude, ivec3(most)));
  wide = mix(wide, ivec3(0), equal(magnitude, ivec3(0)));
  if (bits >= 16u) return value;  // no mode has 15
  return mix(wide, -wide, lessThan(value, ivec3(0)));
}

// To the bits of halves, so that the greatest number becomes 65504.
ivec3 bc6h_finished(ivec3 value, bool is_signed) {
  if (!is_signed) return (value * 31) >> 6;
  const ivec3 magnitude = (abs(value) * 31) >> 5;
  return mix(magnitude, magnitude | 0x8000, lessThan(value, ivec3(0)));
}
#endif
