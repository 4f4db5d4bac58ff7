// The sum of a float over a workgroup's invocations, in the same order in every run.
shared float tile_values[error_tile_side];

// To be called by all invocations; the first has the sum.
float tile_sum(float value) {
  const uint lane = gl_LocalInvocationIndex;
  tile_values[lane] = value;
  barrier();
  for (uint half_width = error_tile_side / 2; half_width > 0; half_width /= 2) {
    if (lane < half_width) tile_values[lane] += tile_values[lane + half_width];
    barrier();
  }
  const float sum = tile_values[0];
  barrier();  // before another sum takes the same place
  return sum;
}
