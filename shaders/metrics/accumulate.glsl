// Sums into the comparison's record. Integer addition has no order, so that atomics give the same sum in every run.
layout(push_constant, scalar) uniform Push {
  ComparisonPush push;
};

void add_to_record(uint sum, uint value) {
  const uint before = atomicAdd(push.to.record.sums[sum].low, value);
  // Each addition that wraps the low word carries exactly once, whichever invocation's it is.
  if (before + value < before) atomicAdd(push.to.record.sums[sum].high, 1u);
}

// A float that is not negative, below 2^31.
void add_to_record(uint sum, float value) {
  // In units of the high word; products by powers of two and the difference are exact.
  const float in_high = value / (sum_unit * 4294967296.0);
  const uint high = uint(in_high);
  const uint low = uint((in_high - float(high)) * 4294967296.0);
  if (high > 0) atomicAdd(push.to.record.sums[sum].high, high);
  add_to_record(sum, low);
}
