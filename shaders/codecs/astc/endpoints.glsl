// The colours at the ends of a partition's line: KDFS 23.14, LDR modes.
#ifndef TXS_ASTC_ENDPOINTS_GLSL
#define TXS_ASTC_ENDPOINTS_GLSL

struct AstcEnds {
  ivec4 low, high;  // RGBA, 0..255
};

ivec4 astc_blue_contracted(ivec4 c) { return ivec4((c.rg + c.bb) >> 1, c.ba); }

// A base gets its offset's top bit as its own; offsets are -32..31.
ivec4 astc_base(ivec4 base, ivec4 offset) { return base >> 1 | (offset & 0x80); }
ivec4 astc_offset(ivec4 offset) {
  const ivec4 stored = offset >> 1 & 0x3f;
  return stored - (stored & 0x20) * 2;
}

// `v` of the first four values and `w` of the last four, 0..255; those that the mode lacks do not matter.
AstcEnds astc_endpoints(uint mode, ivec4 v, ivec4 w) {
  const ivec4 even = ivec4(v.xz, w.xz), odd = ivec4(v.yw, w.yw);
  AstcEnds ends;
  switch (mode) {
    case 0u:
      ends.low = ivec4(v.xxx, 255);
      ends.high = ivec4(v.yyy, 255);
      break;
    case 1u: {
      const int low = v.x >> 2 | (v.y & 0xc0);
      ends.low = ivec4(ivec3(low), 255);
      ends.high = ivec4(ivec3(low + (v.y & 0x3f)), 255);
      break;
    }
    case 4u:
      ends.low = v.xxxz;
      ends.high = v.yyyw;
      break;
    case 5u: {
      const ivec4 base = astc_base(even, odd), sum = base + astc_offset(odd);
      ends.low = base.xxxy;
      ends.high = sum.xxxy;
      break;
    }
    case 6u:
    case 10u: {
      const bvec2 opaque = bvec2(mode == 6u);
      const ivec2 alpha = mix(w.xy, ivec2(255), opaque);
      ends.low = ivec4(v.xyz * v.w >> 8, alpha.x);
      ends.high = ivec4(v.xyz, alpha.y);
      break;
    }
    default: {  // 8, 9, 12, 13: direct or base and offset, with alpha from 12 on
      const bool offsets = (mode & 1u) != 0u;
      ends.low = offsets ? astc_base(even, odd) : even;
      ends.high = offsets ? ends.low + astc_offset(odd) : odd;
      if (mode < 12u) ends.low.a = ends.high.a = 255;
      const ivec3 along = ends.high.rgb - ends.low.rgb;
      if (along.r + along.g + along.b < 0) {
        const ivec4 low = ends.low;
        ends.low = astc_blue_contracted(ends.high);
        ends.high = astc_blue_contracted(low);
      }
    }
  }
  ends.low = clamp(ends.low, 0, 255);
  ends.high = clamp(ends.high, 0, 255);
  return ends;
}
#endif
