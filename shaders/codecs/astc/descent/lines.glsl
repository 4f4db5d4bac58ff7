// The colour lines of the partitions: which texels go to which, and how a step makes them fit their texels better.
#ifndef TXS_ASTC_DESCENT_LINES_GLSL
#define TXS_ASTC_DESCENT_LINES_GLSL
#include "codecs/astc/descent/block.glsl"

// Ends in [0, 1]. Indexed by constants alone, so that they stay in registers.
vec4 low[4], high[4];

vec4 pick(vec4 of[4], uint p) { return p < 2u ? (p == 0u ? of[0] : of[1]) : p == 2u ? of[2] : of[3]; }

// Kept to 16 bits a channel, which is what stages leave for each other: a step is the same wherever stages are cut.
vec4 to_16_bits(vec4 end) { return floor(clamp(end, 0.0, 1.0) * 65535.0 + 0.5) / 65535.0; }
vec4 to_8_bits(vec4 end) { return floor(end * 255.0 + 0.5) / 255.0; }

void put_line(uint p, vec4 new_low, vec4 new_high) {
  const vec4 kept_low = to_16_bits(new_low), kept_high = to_16_bits(new_high);
  [[unroll]] for (uint i = 0u; i < 4u; ++i) {
    low[i] = i == p ? kept_low : low[i];
    high[i] = i == p ? kept_high : high[i];
  }
}

void load_lines() {
  AstcDescentWords memory = words();
  const uint at = word_at(astc_descent_lines);
  [[unroll]] for (uint p = 0u; p < 4u; ++p) {
    low[p] = vec4(unpackUnorm2x16(memory.word[at + 4u * p]), unpackUnorm2x16(memory.word[at + 4u * p + 1u]));
    high[p] = vec4(unpackUnorm2x16(memory.word[at + 4u * p + 2u]), unpackUnorm2x16(memory.word[at + 4u * p + 3u]));
  }
}
void store_lines() {
  AstcDescentWords memory = words();
  const uint at = word_at(astc_descent_lines);
  [[unroll]] for (uint p = 0u; p < 4u; ++p) {
    memory.word[at + 4u * p] = packUnorm2x16(low[p].rg);
    memory.word[at + 4u * p + 1u] = packUnorm2x16(low[p].ba);
    memory.word[at + 4u * p + 2u] = packUnorm2x16(high[p].rg);
    memory.word[at + 4u * p + 3u] = packUnorm2x16(high[p].ba);
  }
}

// Where on a line the point nearest to the texel lies: 0 low, 1 high. A line that is a point has no direction.
float weight_on(vec4 texel, vec4 from, vec4 to) {
  const vec4 along = to - from;
  const float length2 = dot(along, along);
  return length2 > 1e-9 ? clamp(dot(texel - from, along) / length2, 0.0, 1.0) : 0.0;
}

float off_line(vec4 texel, vec4 from, vec4 to) {
  const vec4 off = from + (to - from) * weight_on(texel, from, to) - texel;
  return dot(off, off);
}

// What 8 bits cannot tell apart: half a level in each of three channels. In free steps a texel changes sides for more than
// that only.
const float tie = 3.0 * (0.5 / 255.0) * (0.5 / 255.0);
// What ends of 16 bits cannot tell apart: a fortieth of a level. A texel so near to two lines is on both.
const float equally_near = 1e-8;

// Each texel to its nearest line, if it gains more than `least_gain` by that. Gives the partitions that have texels, as bits.
uint assign_texels(uint partitions, float least_gain) {
  uint used = 0u;
  for (uint w = 0u; w < map_words; ++w) {
    const uint before = map[w], texels = min(texel_count - 16u * w, 16u);
    uint now = 0u;
    for (uint i = 0u; i < texels; ++i) {
      const vec4 texel = texel_at(16u * w + i);
      const uint own = before >> 2u * i & 3u;
      float least = 1e30;
      uint side = 0u;
      [[unroll]] for (uint p = 0u; p < 4u; ++p) {
        const float off = off_line(texel, low[p], high[p]) - (p == own ? least_gain : 0.0);
        const bool nearer = p < partitions && off < least;
        side = nearer ? p : side;
        least = nearer ? off : least;
      }
      now |= side << 2u * i;
      used |= 1u << side;
    }
    map[w] = now;
  }
  return used;
}

// Squared errors summed over texels and channels; at 8 bits: of ends and weights.
float loss_of_lines(bool at_8_bits) {
  float sum = 0.0;
  for (uint t = 0u; t < texel_count; ++t) {
    const vec4 texel = texel_at(t);
    const uint p = part_of(t);
    vec4 from = pick(low, p), to = pick(high, p);
    if (at_8_bits) {
      from = to_8_bits(from);
      to = to_8_bits(to);
    }
    float weight = weight_on(texel, from, to);
    if (at_8_bits) weight = floor(weight * 255.0 + 0.5) / 255.0;
    const vec4 off = from + (to - from) * weight - texel;
    sum += dot(off, off);
  }
  return sum;
}

// --- solvers: one step of partition p's line, whose texels the map has

// The main axis by powers of the covariance, from its longest column; not of unit length. 0: all colours are one.
vec4 main_axis(mat4 covariance) {
  const vec4 diagonal = vec4(covariance[0][0], covariance[1][1], covariance[2][2], covariance[3][3]);
  const float largest = max(max(diagonal.r, diagonal.g), max(diagonal.b, diagonal.a));
  vec4 axis = diagonal.r == largest   ? covariance[0]
              : diagonal.g == largest ? covariance[1]
              : diagonal.b == largest ? covariance[2]
                                      : covariance[3];
  for (uint i = 0u; i < 12u; ++i) {
    axis = covariance * axis;
    axis /= max(max(abs(axis.r), abs(axis.g)), max(abs(axis.b), max(abs(axis.a), 1e-20)));
  }
  return largest > 1e-9 ? axis : vec4(0.0);
}

// PCA: mean and main axis, cut where the outermost texels project.
void solve_principal(uint p) {
  float count = 0.0;
  vec4 sum = vec4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const float inside = part_of(t) == p ? 1.0 : 0.0;
    count += inside;
    sum += texel_at(t) * inside;
  }
  if (count == 0.0) return;
  const vec4 mean = sum / count;
  mat4 covariance = mat4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const vec4 from_mean = (texel_at(t) - mean) * (part_of(t) == p ? 1.0 : 0.0);
    covariance[0] += from_mean * from_mean.r;
    covariance[1] += from_mean * from_mean.g;
    covariance[2] += from_mean * from_mean.b;
    if (has_alpha) covariance[3] += from_mean * from_mean.a;
  }
  vec4 axis = main_axis(covariance);
  const float length2 = dot(axis, axis);
  axis *= length2 > 0.0 ? inversesqrt(length2) : 0.0;
  float first = 0.0, last = 0.0;
  for (uint t = 0u; t < texel_count; ++t) {
    const float along = part_of(t) == p ? dot(texel_at(t) - mean, axis) : 0.0;
    first = min(first, along);
    last = max(last, along);
  }
  put_line(p, mean + axis * first, mean + axis * last);
}

// The ends that fit the weights of now best. Where all weights are alike that is one colour.
void solve_least_squares(uint p) {
  const vec4 from = pick(low, p), to = pick(high, p);
  float low_low = 0.0, low_high = 0.0, high_high = 0.0;
  vec4 low_sum = vec4(0.0), high_sum = vec4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const vec4 texel = texel_at(t);
    const float inside = part_of(t) == p ? 1.0 : 0.0;
    const float h = weight_on(texel, from, to), l = 1.0 - h;
    low_low += l * l * inside;
    low_high += l * h * inside;
    high_high += h * h * inside;
    low_sum += texel * (l * inside);
    high_sum += texel * (h * inside);
  }
  const float determinant = low_low * high_high - low_high * low_high;
  const float count = low_low + 2.0 * low_high + high_high;
  if (count == 0.0) return;
  if (determinant < 1e-4) {
    const vec4 mean = (low_sum + high_sum) / count;
    put_line(p, mean, mean);
  } else {
    put_line(p, (low_sum * high_high - high_sum * low_high) / determinant,
             (high_sum * low_low - low_sum * low_high) / determinant);
  }
}

// The published step: down the gradient of the loss, with weights and sides as they are.
void solve_gradient(uint p) {
  const vec4 from = pick(low, p), to = pick(high, p);
  vec4 of_low = vec4(0.0), of_high = vec4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const vec4 texel = texel_at(t);
    const float weight = weight_on(texel, from, to);
    const vec4 off = (from + (to - from) * weight - texel) * (part_of(t) == p ? 2.0 : 0.0);
    of_low += off * (1.0 - weight);
    of_high += off * weight;
  }
  put_line(p, from - of_low * settings.learning_rate, to - of_high * settings.learning_rate);
}

// `exactly`: by PCA, whatever the solver; where lines have no weights yet, or are to be compared.
void solve_lines(uint partitions, bool exactly) {
  for (uint p = 0u; p < partitions; ++p) {
    if (exactly || solver == astc_solver_pca)
      solve_principal(p);
    else if (solver == astc_solver_gradient)
      solve_gradient(p);
    else
      solve_least_squares(p);
  }
}

// --- starts

uint random_state;
uint random_number() {  // PCG (O'Neill 2014), RXS-M-XS
  random_state = random_state * 747796405u + 2891336453u;
  const uint word = (random_state >> ((random_state >> 28) + 4u) ^ random_state) * 277803737u;
  return word >> 22 ^ word;
}
// Anew for every start and step, so that stages need not hand it on.
void seed_random(uint partitions, uint start, uint step) {
  random_state = ((settings.seed * 4u + partitions) * astc_descent_most_starts + start) * 0x9e3779b9u ^ block * 0x85ebca6bu;
  random_state ^= step * 0xc2b2ae35u;
  random_number();
}
vec4 random_texel() { return texel_at(random_number() % texel_count); }

// Squared distance from the infinite line.
float off_infinite_line(vec4 texel, vec4 from, vec4 to) {
  const vec4 along = to - from, off = texel - from;
  const float length2 = dot(along, along), on = dot(off, along);
  return length2 > 1e-9 ? max(dot(off, off) - on * on / length2, 0.0) : dot(off, off);
}

// The published start: ends are texels of the block taken at random, each drawn again, up to seven times, while it lies
// within 0.3 of a line that is there already, or the first line is shorter than the root of 0.3.
const float published_distance = 0.3;
void start_lines(uint partitions, uint start) {
  seed_random(partitions, start, 0u);
  for (uint p = 0u; p < partitions; ++p) {
    vec4 from = vec4(0.0), to = vec4(0.0);
    for (uint end = 0u; end < 2u; ++end) {
      vec4 texel;
      for (uint draw = 0u; draw < 8u; ++draw) {
        texel = random_texel();
        bool apart = true;
        const vec4 off = texel - from;
        if (p == 0u && end == 1u) apart = dot(off, off) > published_distance;
        [[unroll]] for (uint other = 0u; other < 3u; ++other)
          apart = apart && (other >= p || off_infinite_line(texel, low[other], high[other]) >
                                              published_distance * published_distance);
        if (apart) break;
      }
      if (end == 0u) from = texel;
      to = texel;
    }
    put_line(p, from, to);
  }
}

// All texels have fallen to one line: another goes to the texel that lies farthest from it.
void restart_line(uint used) {
  float farthest = -1.0;
  vec4 to = vec4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const vec4 texel = texel_at(t);
    const uint p = part_of(t);
    const float off = off_line(texel, pick(low, p), pick(high, p));
    to = off > farthest ? texel : to;
    farthest = max(farthest, off);
  }
  put_line((used & 1u) == 0u ? 0u : 1u, random_texel(), to);
}
#endif
