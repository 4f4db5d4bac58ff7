// Passes over all grids at once have a table of what each workgroup does: a texel of four words.
// Needs `works`. Workgroups beyond 65535 stand in further rows.
uvec4 my_work() { return texelFetch(works, int(gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x)); }

// Quotient and remainder, of numbers below 2^31 whose quotient is below 2^22. By floats: software devices divide whole
// numbers lane by lane, and a float's rounding moves such a quotient by one at most.
uvec2 divided(uint a, uint b) {
  int quotient = int(float(int(a)) / float(int(b)));
  int rest = int(a) - quotient * int(b);
  if (rest < 0) {
    --quotient;
    rest += int(b);
  } else if (rest >= int(b)) {
    ++quotient;
    rest -= int(b);
  }
  return uvec2(quotient, rest);
}
