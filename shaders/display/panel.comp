// One panel of the window or of a comparison sheet: a picture or what is derived from it, filtered to pixels, then the
// lines that are drawn over it. Image coordinates are texels, panel coordinates pixels, both from the top left.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/display.h"
#include "common/colour.glsl"
#include "common/light.glsl"

layout(constant_id = 0) const uint content = content_picture;
layout(constant_id = 1) const uint fixed_taps = 1;  // texels an axis that a pixel takes; 0: push.taps of them

layout(local_size_x = panel_group_side, local_size_y = panel_group_side) in;
layout(binding = 0, rgba8) uniform writeonly image2D target;
layout(binding = 1) uniform sampler2D first;   // the picture, the source, or the view
layout(binding = 2) uniform sampler2D second;  // what it is compared with, or the ranges of the features' planes
layout(binding = 3) uniform sampler2D filter_map;    // a category a texel
layout(binding = 4) uniform sampler2D filter_table;  // a texel a category, then one for no value: 0 lit, 1 dimmed
layout(push_constant, scalar) uniform Push {
  PanelPush push;
};

const float pixel_line_contrast = 0.25;
const float block_line_contrast = 0.4;
const float bright_luma = 0.6;  // beyond it lines are dark: not mid grey, about which differences lie
const float dimmed_share = 0.2;  // of a colour that the filter leaves
const int checker_side = 8;  // a power of two
const int hatch_period = 8;

bool isolated() { return push.channel != vec4(0.0); }

// ---- A texel's share of the mean that a pixel shows ----

vec4 category_texel(float value) {
  if (value < 0.0) return vec4(0.0);
  const uint category = uint(value + 0.5);
  if (push.planes.y > 0) return vec4(ordered_colour(int(category), push.planes.x, push.planes.y), 1.0);
  return vec4(category_colour(category), 1.0);
}

float plane_value(ivec2 at, int plane) {
  return plane < 0 ? 0.0 : texelFetch(first, ivec2(at.x, at.y + plane * int(push.extent.y)), 0).r;
}

vec4 feature_texel(ivec2 at) {
  if ((push.feature_look & look_mapped) != 0) return vec4(plane_value(at, push.planes.x));
  return vec4(plane_value(at, push.planes.x), plane_value(at, push.planes.y), plane_value(at, push.planes.z), 1.0);
}

// 1 for each channel that an error is of.
vec4 compared() {
  return vec4(1.0, push.planes.w > 1 ? 1.0 : 0.0, vec2(push.planes.w > 2 ? 1.0 : 0.0));
}

vec4 difference_at(ivec2 at, vec4 a) { return (texelFetch(second, at, 0) - a) * compared(); }

vec4 light_difference_at(ivec2 at, vec4 a) {
  return vec4(signed_log(texelFetch(second, at, 0).rgb) - signed_log(a.rgb), 0.0);
}

vec4 error_of(vec4 difference) {
  const vec4 size = abs(difference);
  const float largest = max(max(size.r, size.g), max(size.b, size.a));
  return vec4(isolated() ? abs(dot(difference, push.channel)) : largest);
}

vec4 texel_value(ivec2 at) {
  if (content == content_feature_view) return feature_texel(at);
  const vec4 a = texelFetch(first, at, 0);
  switch (content) {
    case content_picture:
    case content_exposed_picture:
      // Straight alpha would let the colour of transparent texels bleed into the mean.
      return isolated() ? a : vec4(a.rgb * a.a, a.a);
    case content_light_picture: {  // the mean of what is shown: one bright texel is not to flood those beside it
      const vec3 shown = srgb_encode(tone_map(a.rgb * push.gain, push.tone_curve, push.range.x));
      return isolated() ? vec4(shown, a.a) : vec4(shown * a.a, a.a);
    }
    case content_error: return error_of(difference_at(at, a));
    case content_light_error: return error_of(light_difference_at(at, a));
    case content_difference: return difference_at(at, a);
    case content_light_difference: return light_difference_at(at, a);
    case content_scalar_view: return a.r < 0.0 ? vec4(0.0) : vec4(a.rrr, 1.0);
    default: return category_texel(a.r);
  }
}

// The box filter: the mean over the texels that the pixel covers, by the area covered. A magnified texel is a square.
// Far away only every stride-th texel is taken, always the same ones, so that panning does not shimmer.
vec4 mean_value(vec2 at) {
  vec2 centre = at / push.cell;
  // Corners aligned, the image's edges may lie outside a fine grid.
  if (content == content_feature_view) centre = clamp(centre + push.shift, vec2(0.0), push.extent);
  const ivec2 last = ivec2(ceil(push.extent)) - 1;
  if (fixed_taps == 1) return texel_value(min(ivec2(centre), last));

  const vec2 reach = 0.5 * push.texels_per_pixel / push.cell;
  const vec2 low = max(centre - reach, 0.0);
  const vec2 high = min(centre + reach, push.extent);
  const vec2 start = floor(low / push.stride) * push.stride;
  const vec2 taken = floor(0.5 * push.stride);  // of each cell of the stride
  const uint taps = fixed_taps > 0 ? fixed_taps : push.taps;
  vec4 sum = vec4(0.0);
  for (uint j = 0; j < taps; ++j) {
    for (uint i = 0; i < taps; ++i) {
      const vec2 from = start + vec2(i, j) * push.stride;
      const vec2 overlap = max(min(high, from + push.stride) - max(low, from), 0.0);
      sum += overlap.x * overlap.y * texel_value(min(ivec2(from + taken), last));
    }
  }
  return sum / ((high.x - low.x) * (high.y - low.y));
}

// ---- The ranges of features ----

shared vec2 common_range;  // least and largest value of all planes

// By one invocation for all of its group: there may be tens of planes.
void find_common_range() {
  if (gl_LocalInvocationIndex == 0) {
    vec2 range = vec2(texelFetch(second, ivec2(0, 0), 0).r, texelFetch(second, ivec2(1, 0), 0).r);
    for (int plane = 1; plane < push.planes.w; ++plane) {
      range.x = min(range.x, texelFetch(second, ivec2(0, plane), 0).r);
      range.y = max(range.y, texelFetch(second, ivec2(1, plane), 0).r);
    }
    common_range = range;
  }
  barrier();
}

vec2 range_of(int plane) {
  if ((push.feature_look & look_measured) == 0) return push.range;
  if ((push.feature_look & look_common_range) != 0) return common_range;
  return vec2(texelFetch(second, ivec2(0, plane), 0).r, texelFetch(second, ivec2(1, plane), 0).r);
}

// A plane of one value lies in the middle of the scale.
float in_range(float value, int plane) {
  if (plane < 0) return 0.0;
  const vec2 range = range_of(plane);
  return range.y > range.x ? clamp((value - range.x) / (range.y - range.x), 0.0, 1.0) : 0.5;
}

vec3 feature_colour(vec4 mean) {
  const ivec3 planes = push.planes.xyz;
  if ((push.feature_look & look_mapped) != 0) return viridis(in_range(mean.r, planes.x));
  return vec3(in_range(mean.r, planes.x), in_range(mean.g, planes.y), in_range(mean.b, planes.z));
}

// ---- The colour of a mean ----

float checker(ivec2 pixel) { return ((pixel.x ^ pixel.y) & checker_side) == 0 ? 0.32 : 0.42; }
float hatch(ivec2 pixel) { return (pixel.x + pixel.y) % hatch_period < 2 ? 0.24 : 0.15; }

vec3 expose(vec3 stored) { return srgb_encode(clamp(srgb_decode(stored) * push.gain, 0.0, 1.0)); }

vec3 picture_colour(vec4 mean, ivec2 pixel) {
  const bool exposed = content == content_exposed_picture;
  if (isolated()) return vec3(dot(exposed ? vec4(expose(mean.rgb), mean.a) : mean, push.channel));
  const vec3 over = exposed ? expose(mean.rgb / max(mean.a, 1.0 / 255.0)) * mean.a : mean.rgb;
  return over + (1.0 - mean.a) * checker(pixel);
}

vec3 value_colour(vec4 mean, ivec2 pixel) {
  switch (content) {
    case content_picture:
    case content_light_picture:
    case content_exposed_picture: return picture_colour(mean, pixel);
    case content_error:
    case content_light_error: return inferno(mean.r * push.gain);
    case content_difference:
    case content_light_difference: return 0.5 + push.gain * (isolated() ? vec3(dot(mean, push.channel)) : mean.rgb);
    case content_scalar_view: {
      const float value = mean.r / max(mean.a, 1e-6);
      return mix(vec3(hatch(pixel)), viridis((value - push.range.x) / (push.range.y - push.range.x)), mean.a);
    }
    case content_feature_view: return feature_colour(mean);
    default: return mean.rgb + (1.0 - mean.a) * hatch(pixel);
  }
}

// ---- The filter ----

// By the block under the pixel's centre, also where a pixel covers several: two fetches more, whatever is shown.
vec3 filtered(vec3 colour, vec2 at) {
  const vec2 cell = vec2(push.map_cell & 0xffffu, push.map_cell >> 16);
  const float value = texelFetch(filter_map, ivec2(at / cell), 0).r;
  const int entry = value < 0.0 ? int(filter_categories) : int(value + 0.5);
  const float dimmed = texelFetch(filter_table, ivec2(entry, 0), 0).r;
  return mix(clamp(colour, 0.0, 1.0), unpack_colour(canvas_colour), dimmed * (1.0 - dimmed_share));
}

// ---- Lines ----

// A line stands on the first pixel of each cell: one pixel wide at any zoom.
bool on_line(vec2 at, vec2 side) { return any(lessThan(mod(at, side), vec2(push.texels_per_pixel))); }

vec3 with_grid(vec3 colour, vec2 at) {
  const bool block_line = push.block.x > 0.0 && on_line(at, push.block);
  const bool pixel_line = push.pixel_grid != 0 && on_line(at, vec2(1.0));
  const float contrast = block_line ? block_line_contrast : pixel_line ? pixel_line_contrast : 0.0;
  return mix(colour, vec3(luma(colour) > bright_luma ? 0.0 : 1.0), contrast);
}

void main() {
  const ivec2 pixel = ivec2(gl_GlobalInvocationID.xy);
  if (content == content_feature_view) {
    const uint wants_common = look_common_range | look_measured;
    if ((push.feature_look & wants_common) == wants_common) find_common_range();
  }
  const vec2 at = push.origin + (vec2(pixel) + 0.5) * push.texels_per_pixel;
  const bool inside = all(greaterThanEqual(at, vec2(0.0))) && all(lessThan(at, push.image_size));
  vec3 colour = unpack_colour(canvas_colour);
  if (inside) colour = with_grid(filtered(value_colour(mean_value(at), pixel), at), at);
  // A store outside the target has no effect: cheaper than a branch around everything for pixels beyond it.
  imageStore(target, pixel, vec4(colour, 1.0));
}
