// The binary16 nearest to a float, ties to even, as bits. Spelt out: packHalf2x16 may round either way.
uint binary16_bits(float value) {
  const uint sign = (floatBitsToUint(value) >> 16) & 0x8000u;
  const float magnitude = abs(value);
  if (!(magnitude < 65520.0)) return sign | (isnan(value) ? 0x7e00u : 0x7c00u);  // 65520 lies halfway to 2^16
  if (magnitude < 6.103515625e-5) return sign | uint(roundEven(magnitude * 16777216.0));  // subnormal: multiples of 2^-24
  const uint bits = floatBitsToUint(magnitude);
  const uint rounded = bits + 0xfffu + ((bits >> 13) & 1u);
  return sign | ((rounded - 0x38000000u) >> 13);
}

float binary16_value(uint bits) { return unpackHalf2x16(bits).x; }
