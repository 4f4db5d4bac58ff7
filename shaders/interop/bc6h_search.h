// What the search kernels of BC6H take and write. engine/codecs/bc6h/README.md explains the method.
#ifndef TXS_BC6H_SEARCH_H
#define TXS_BC6H_SEARCH_H
#include "interop.h"
#include "bc6h_format.h"
TXS_INTEROP_BEGIN

// Specialisation constants of the search kernels: 0 whether the format is signed; 1 of fit.comp one of these.
TXS_CONST uint bc6h_fit_first = 0;      // the first bits, of one subset
TXS_CONST uint bc6h_fit_candidate = 1;  // one of the ranked partitions
TXS_CONST uint bc6h_fit_trace = 2;      // all candidates of one block, one after another, for the inspector

TXS_CONST uint bc6h_group = 64;  // invocations, a block each

// Errors are sums over 16 texels and R, G, B of squared differences of halves' bits, taken as whole numbers with the
// half's sign: steps of a logarithm, 1024 an octave.
struct Bc6hRecord {
  float error;         // of the bits
  float first_error;   // of the first bits
  float fitted_error;  // when the candidates had been fitted
};
TXS_ASSERT_SIZE(Bc6hRecord, 12);

// The partitions, best first, a byte each.
struct Bc6hState {
  uint partitions[8];
};
TXS_ASSERT_SIZE(Bc6hState, 32);

TXS_CONST uint bc6h_most_shifts = 8;

struct Bc6hSettings {
  float weights[3];       // of the channels in the error that is made small; what is recorded has them in it too
  float negative_weight;  // of negative texels' errors, beside that; signed format only
  uint modes;             // bit r: the mode of row r may be used
  uint candidates;        // partitions that are tried
  uint first_candidate;   // the stage that tries the best of them
  uint first_shift;       // the first stage of shifts
  uint rounds;            // least-squares fits from each start
  float shifts[bc6h_most_shifts];  // how far each pass moves ends, in palette entries; those of candidates as the first
  uint deep_candidates;   // how many of the first candidates get a pass of shifts each; the others' best bits alone do
};
TXS_ASSERT_SIZE(Bc6hSettings, 72);

// What fit.comp writes down of a candidate.
struct Bc6hCandidate {
  uint row, partition_number;
  float estimate;  // the error of unquantised lines with any weights
  float error;
};
struct Bc6hTrace {
  Bc6hCandidate candidates[1 + bc6h_partitions];  // one subset, then the partitions in their order
};
TXS_ASSERT_SIZE(Bc6hTrace, 528);

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc6hRecords {
  Bc6hRecord record[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc6hStates {
  Bc6hState state[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer Bc6hSettingsMemory {
  Bc6hSettings settings;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc6hTraceMemory {
  Bc6hTrace trace;
};
#endif

TXS_INTEROP_END
#endif
