// What bench's own kernel takes.
#ifndef TXS_INTEROP_BENCH_H
#define TXS_INTEROP_BENCH_H
#include "interop.h"
TXS_INTEROP_BEGIN

// bench/multiply_add.comp: an invocation does `rounds` times so many multiply-adds.
TXS_CONST uint multiply_adds_a_round = 12 * 16;
TXS_CONST uint multiply_add_group = 64;

#ifndef __cplusplus
layout(buffer_reference, scalar) buffer MultiplyAddResults {
  float values[];  // an invocation each
};
#endif

struct MultiplyAddPush {
  TXS_ADDRESS(MultiplyAddResults) to;
  uint rounds;
  float factor;
};
TXS_ASSERT_SIZE(MultiplyAddPush, 16);

TXS_INTEROP_END
#endif
