// What BC1, BC3, BC4 and BC5 share: their blocks are made of halves of 64 bits, colours of 5:6:5 bits or one channel.
// BC1 is a half of colour, BC4 one of a channel; BC3 is one of alpha before one of colour, BC5 one of red before one of
// green (Khronos Data Format Specification 1.4, sections 18 and 19). engine/codecs/bc1/README.md and bc4/README.md
// explain the searches.
#ifndef TXS_BC1_TO_BC5_H
#define TXS_BC1_TO_BC5_H
#include "block.h"
TXS_INTEROP_BEGIN

TXS_CONST uint half_search_group = 64;  // invocations, one a block

// Specialisation constants of every kernel that searches halves: one text serves all four formats.
TXS_CONST uint half_constant_halves = 0;     // of a block: 1 or 2
TXS_CONST uint half_constant_number = 1;     // of the half that is searched
TXS_CONST uint colour_constant_kind = 2;     // below
TXS_CONST uint colour_constant_keep = 3;     // cuts: how many are tried; steps: 1, whole neighbourhoods
TXS_CONST uint colour_constant_black = 6;    // 1: the transparent entry may stand for black in opaque texels
TXS_CONST uint channel_constant_source = 4;  // component of the source: 0 red, ... 3 alpha
TXS_CONST uint channel_constant_signed = 5;  // 1: snorm

TXS_CONST uint colour_kind_opaque = 0;  // 4 and 3 colours, no texel is transparent
TXS_CONST uint colour_kind_cutout = 1;  // the same, texels below the alpha threshold are transparent
TXS_CONST uint colour_kind_four = 2;    // always 4 colours, whatever the order of the ends: BC3

// The direction along which a stage of cuts puts the texels in order.
TXS_CONST uint colour_axis_principal = 0;
TXS_CONST uint colour_axis_line = 1;    // of the best bits so far
TXS_CONST uint colour_axis_turned = 2;  // and 3 ... 7: the principal one turned towards a channel, or away from it

TXS_CONST uint half_most_stages = 15;

struct HalfSettings {
  vec4 weights;          // of R, G, B in a colour's squared error: multiples of 1/64, so that errors are exact; w unused
  vec4 root_weights;     // their square roots
  uint alpha_threshold;  // cutout: texels with less alpha (0..255) are transparent
  uint axes[half_most_stages];   // by BlockSearchPush::stage
  uint reach[half_most_stages];  // by stage. Colours' steps: rounds; channel's ends: how far they go beyond where they are
};
TXS_ASSERT_SIZE(HalfSettings, 156);

// One a half, in the order of the halves. Errors are sums of squares over the texels, 8-bit units, of colours weighted.
struct HalfRecord {
  float error;                    // of the bits now
  float after[half_most_stages];  // of the bits after each stage of the search; negative: the stage was not this half's
};
TXS_ASSERT_SIZE(HalfRecord, 64);

// The inspector's. Of colours: the best cuts along the principal axis as the search tries them, of 4 colours and then of 3.
TXS_CONST uint colour_trace_cuts = 16;
struct ColourCandidate {
  uint colours;    // 4 or 3; 0: none
  uint cuts[3];    // texels in order: weight 0 before the first, ...; [2] of 4 colours only
  float estimate;  // error of the line that fits it best, unquantised
  float error;     // of its bits
};
TXS_ASSERT_SIZE(ColourCandidate, 24);
// Of a channel: the outermost texels as ends, and the best ends in reach, of eight values and of six.
struct ChannelCandidate {
  float first, best;  // errors
  float a, b;         // the best ends
};
TXS_CONST uint half_trace_reach = 5;
struct HalfTrace {
  vec4 mean, axis;  // 0..255; unit length
  ColourCandidate colours[32];
  ChannelCandidate channels[4];  // two of the first half, two of the second
};
TXS_ASSERT_SIZE(HalfTrace, 864);

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 8) buffer Halves {
  uvec2 bits[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer HalfRecords {
  HalfRecord record[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer HalfSettingsRef {
  HalfSettings settings;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer HalfTraceRef {
  HalfTrace trace;
};
#endif

TXS_INTEROP_END
#endif
