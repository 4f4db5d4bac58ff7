// What the inspector is told of a block's search: the ways to store its candidates, estimated again, and what those have reached
// that were tried.
#ifndef TXS_ASTC_SEARCH_TRACE_H
#define TXS_ASTC_SEARCH_TRACE_H
#include "astc_search.h"
TXS_INTEROP_BEGIN

TXS_CONST uint astc_most_listed_modes = 8;  // of a candidate
TXS_CONST uint astc_no_trial = 0xffffffff;  // as AstcTracedTrial::what: nothing is here

struct AstcTracedTrial {
  uint what;       // as in AstcTrial
  float estimate;  // squared error, 8-bit units
  float reached;   // the least squared error found; the estimate as long as it was not tried; negative: it never will be
};
TXS_ASSERT_SIZE(AstcTracedTrial, 12);

struct AstcSearchTrace {
  AstcTracedTrial trials[astc_most_candidates * astc_most_listed_modes];  // those of candidate 0 first
};

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) writeonly buffer AstcSearchTraceMemory {
  AstcSearchTrace trace;
};
#endif

TXS_INTEROP_END
#endif
