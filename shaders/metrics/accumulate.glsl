// Sums into the comparison's record. Integer addition has no order, so that atomics give the same sum in every run.
layout(push_constant, scalar) uniform Push {
  ComparisonPush push;
};

void add_to_record(uint sum, uint value) {
  const uint before = atomicAdd(push.to.record.sums[sum].low, value);
  // Each addition that wraps the low word carries exactly once, whichever invocation's it is.
  if (before + value < before) atomicAdd(push.to.record.sums[sum].high, 1u);
}
