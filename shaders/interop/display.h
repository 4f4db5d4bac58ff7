// Colours that shaders and C++ share, and what the panel kernels take.
#ifndef TXS_INTEROP_DISPLAY_H
#define TXS_INTEROP_DISPLAY_H
#include "interop.h"
TXS_INTEROP_BEGIN

// 0xRRGGBB as stored.
TXS_CONST uint canvas_colour = 0x1a1a1a;  // around pictures: neutral, darker than the window's panels

// Luma of the stored R, G, B (Rec. 601), as image metrics take it.
TXS_CONST vec4 luma_weights = vec4(0.299f, 0.587f, 0.114f, 0.0f);

// The inferno and viridis colour maps (Smith and van der Walt 2015, CC0) as polynomials in t, constant term first,
// fitted to the published 256 colours for the least largest error (least squares, reweighted by Lawson's iteration).
// That is 3.9 / 255 for inferno (in its blue; below 2.3 / 255 in red and green) and 1.6 / 255 for viridis. Degree 6
// gives 6.8 and 2.5, degree 9 gives 3.1 and 0.8.
TXS_CONST uint colour_map_terms = 8;
TXS_CONST vec4 inferno_terms[colour_map_terms] = {
    vec4(-0.003643f, -0.008224f, -0.001516f, 0.0f),      vec4(0.436601f, 1.212332f, 2.013177f, 0.0f),
    vec4(6.764083f, -12.167011f, 14.369591f, 0.0f),      vec4(-13.386833f, 58.247608f, -139.319580f, 0.0f),
    vec4(-3.524901f, -131.626572f, 458.207092f, 0.0f),   vec4(47.965248f, 155.154877f, -746.908020f, 0.0f),
    vec4(-62.727180f, -88.482605f, 594.726257f, 0.0f),   vec4(25.459881f, 18.659262f, -182.457474f, 0.0f)};
TXS_CONST vec4 viridis_terms[colour_map_terms] = {
    vec4(0.260887f, 0.003562f, 0.324170f, 0.0f),         vec4(1.061786f, 1.500496f, 2.061392f, 0.0f),
    vec4(-14.107419f, -0.894753f, -10.192752f, 0.0f),    vec4(73.860283f, -1.040065f, 41.621910f, 0.0f),
    vec4(-210.875259f, 4.522839f, -117.526711f, 0.0f),   vec4(316.258057f, -3.850217f, 192.002029f, 0.0f),
    vec4(-228.427383f, -0.163206f, -162.831223f, 0.0f),  vec4(62.956188f, 0.826190f, 54.681511f, 0.0f)};

// Okabe and Ito's set for colour-blind eyes, black replaced by a grey that shows on a dark canvas. Category i has
// colour i % 8, from 8 on a lighter one, from 16 on a darker one, then it wraps.
TXS_CONST uint category_hues = 8;
TXS_CONST uint okabe_ito[category_hues] = {0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442,
                                           0x0072b2, 0xd55e00, 0xcc79a7, 0x999999};
TXS_CONST uint category_shades = 3;
TXS_CONST float lighter_share = 0.5f;  // of white in the lighter shade
TXS_CONST float darker_share = 0.5f;   // of black in the darker one

// Categories that are pairs of numbers are mixed from the colours of the corners: dark where both are least, light where
// both are most, and two hues that colour-blind eyes tell apart where one is.
TXS_CONST uint pair_least = 0x43314f;
TXS_CONST uint pair_first = 0xe69f00;   // the first number most, the second least
TXS_CONST uint pair_second = 0x2f93d6;
TXS_CONST uint pair_most = 0xfaf5e6;

// What a panel kernel shows: its first specialisation constant.
TXS_CONST uint content_picture = 0;
TXS_CONST uint content_exposed_picture = 1;
TXS_CONST uint content_error = 2;
TXS_CONST uint content_difference = 3;
TXS_CONST uint content_scalar_view = 4;
TXS_CONST uint content_categorical_view = 5;
TXS_CONST uint content_feature_view = 6;
// The same of linear light: tone-mapped, and the difference of the logarithms.
TXS_CONST uint content_light_picture = 7;
TXS_CONST uint content_light_error = 8;
TXS_CONST uint content_light_difference = 9;
TXS_CONST uint panel_contents = 10;

// PanelPush::tone_curve, in the order of ToneCurve.
TXS_CONST uint tone_reinhard = 0;
TXS_CONST uint tone_clamp = 1;
TXS_CONST uint tone_filmic = 2;

TXS_CONST uint panel_group_side = 16;

// The filter's table, a texture of one row, has a texel a category: 0 lit, 1 dimmed. The last one is that of blocks
// without a value. A map and a table of one texel, 0, light everything.
TXS_CONST uint filter_categories = 256;
TXS_CONST uint everywhere = 0xffffffff;  // map_cell of such a map

// Bits of PanelPush::feature_look.
TXS_CONST uint look_mapped = 1;        // planes.x by the colour map; else planes.xyz as red, green and blue
TXS_CONST uint look_common_range = 2;  // from the least to the largest value of all planes
TXS_CONST uint look_measured = 4;      // the second texture holds each plane's least and largest value; else `range`

// Whole numbers that the kernels compute with in float are given so: software devices convert unsigned ones slowly.
struct PanelPush {
  vec2 origin;             // image coordinate of the panel's top left corner
  float texels_per_pixel;
  float gain;              // of light (exposed), of error and difference; unused otherwise
  vec2 image_size;         // texels
  vec2 cell;               // image texels that one texel of the shown texture covers;
  vec2 shift;              // image coordinate x lies at x / cell + shift in texels of the shown texture (0 but for
  vec2 extent;             // features), of which [0, extent) are shown
  vec2 stride;             // each pixel takes every stride-th texel of those that it covers,
  uint taps;               // this many an axis
  vec4 channel;            // weights of the isolated channel; all zero: RGB over a checkerboard
  vec2 range;              // view: the values at the ends of the colour map; light: x is the white point
  uint map_cell;           // image texels that one texel of the filter's map covers: width | height << 16
  vec2 block;              // block grid, texels; 0: none
  uint pixel_grid;
  ivec4 planes;            // features: those shown, -1 for none, and how many lie one below the other; w of errors and
                           // differences: the colour channels that they are of, alpha with all three; xy of categories:
                           // columns and rows of those that have an order, 0 of others
  uint feature_look;
  uint tone_curve;
};
TXS_ASSERT_SIZE(PanelPush, 124);

// Counting a view's values.
TXS_CONST uint count_bins = 256;   // most categories, or parts of a scale
TXS_CONST uint count_group = 64;
TXS_CONST uint count_rows = 16;    // of the view that a group counts

struct CountPush {
  uvec2 size;           // of the view
  float low;            // where bin 0 begins
  float bins_per_unit;
  uint bins;
};
TXS_ASSERT_SIZE(CountPush, 20);

TXS_INTEROP_END
#endif
