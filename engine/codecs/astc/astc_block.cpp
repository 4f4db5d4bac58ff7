#include "codecs/astc/astc_block.h"

#include <algorithm>
#include <bit>

#include "codecs/astc/integer_sequence.h"
#include "codecs/astc/quantisation.h"
#include "core/half.h"

namespace txs::astc {
namespace {

using interop::astc_ranges;

constexpr std::uint32_t void_extent_mode = 0x1fc;  // bits 0..8
constexpr std::uint16_t largest_half_bits = 0x7bff;

Block error_block(std::string_view why) {
  Block block;
  block.why = why;
  return block;
}

Block parse_void_extent(const Bits128& bits, Profile profile) {
  if (bits.get(10, 2) != 3) return error_block("void extent: reserved bits are not 1");
  const std::uint32_t least_s = bits.get(12, 13), most_s = bits.get(25, 13);
  const std::uint32_t least_t = bits.get(38, 13), most_t = bits.get(51, 13);
  constexpr std::uint32_t none = (1u << 13) - 1;
  const bool no_extent = least_s == none && most_s == none && least_t == none && most_t == none;
  if (!no_extent && (least_s >= most_s || least_t >= most_t)) return error_block("void extent: empty extent");
  const bool is_light = bits.get(9, 1) != 0;
  if (is_light && profile == Profile::ldr) return error_block("void extent: HDR colour in the LDR profile");
  Block block;
  block.kind = Block::Kind::void_extent;
  block.profile = profile;
  block.colour_is_light = is_light;
  for (std::uint32_t c = 0; c < 4; ++c) block.colour[c] = std::uint16_t(bits.get(64 + 16 * c, 16));
  return block;
}

/// Takes the endpoint modes of the partitions; gives the bits of them that lie below the weights.
std::uint32_t take_modes(Block& block, const Bits128& bits, std::uint32_t weights_end) {
  if (block.partitions == 1) {
    block.modes[0] = EndpointMode(bits.get(13, 4));
    return 0;
  }
  const std::uint32_t selector = bits.get(23, 2);
  if (selector == 0) {
    std::fill_n(block.modes.begin(), block.partitions, EndpointMode(bits.get(25, 4)));
    return 0;
  }
  // A bit of class and two of mode for each partition: four of them here, the others below the weights.
  block.modes_may_differ = true;
  const std::uint32_t extra = 3 * block.partitions - 4;
  const std::uint32_t fields = bits.get(25, 4) | bits.get(weights_end - extra, extra) << 4;
  for (std::uint32_t p = 0; p < block.partitions; ++p) {
    const std::uint32_t mode_class = selector - 1 + (fields >> p & 1u);
    block.modes[p] = EndpointMode(mode_class * 4 + (fields >> (block.partitions + 2 * p) & 3u));
  }
  return extra;
}

/// All but the integers.
Block parse_header(const Bits128& bits, const Footprint& footprint, Profile profile) {
  if (bits.get(0, 9) == void_extent_mode) return parse_void_extent(bits, profile);

  const std::optional<WeightGrid> grid = weight_grid(bits.get(0, 11));
  if (!grid) return error_block("reserved block mode");
  if (grid->width > footprint.width || grid->height > footprint.height)
    return error_block("weight grid larger than the block");
  if (grid->count() > interop::astc_most_weights) return error_block("more than 64 weights");
  const std::uint32_t weight_bits = grid->bits();
  if (weight_bits < interop::astc_least_weight_bits) return error_block("less than 24 bits of weights");
  if (weight_bits > interop::astc_most_weight_bits) return error_block("more than 96 bits of weights");

  Block block;
  block.profile = profile;
  block.grid = *grid;
  block.partitions = bits.get(11, 2) + 1;
  if (block.partitions == 4 && grid->dual_plane) return error_block("two planes of weights with four partitions");
  if (block.partitions > 1) block.seed = bits.get(13, 10);

  const std::uint32_t weights_end = 128 - weight_bits;
  const std::uint32_t extra = take_modes(block, bits, weights_end);
  block.first_extra_bit = weights_end - extra - (grid->dual_plane ? 2 : 0);
  if (grid->dual_plane) block.second_plane_channel = bits.get(block.first_extra_bit, 2);

  std::uint32_t values = 0;
  for (std::uint32_t p = 0; p < block.partitions; ++p) values += value_count(block.modes[p]);
  if (values > interop::astc_most_colour_values) return error_block("more than 18 colour values");
  block.first_colour_bit = block.partitions == 1 ? 17 : 29;
  if (block.first_extra_bit < block.first_colour_bit) return error_block("no room for colours");
  const auto range = colour_range(values, block.first_extra_bit - block.first_colour_bit);
  if (!range) return error_block("less than six levels for colours");
  block.colour_range = *range;
  block.colour_bits = interop::astc_sequence_bits(astc_ranges[*range], values);

  block.kind = Block::Kind::lines;
  return block;
}

/// KDFS 23.18: between ends of 16 bits.
std::uint32_t interpolate(std::uint32_t low, std::uint32_t high, std::uint32_t weight) {
  return (low * (64 - weight) + high * weight + 32) / 64;
}

bool is_logarithmic(const Endpoints& ends, std::size_t channel) { return (ends.logarithmic >> channel & 1u) != 0; }

Texel texel_of(const Endpoints& ends, const Texel& weights, bool srgb) {
  // To 16 bits by repeating the byte, or for sRGB by its middle.
  const auto wide = [srgb](int value) { return std::uint32_t(value << 8 | (srgb ? 0x80 : value)); };
  Texel texel;
  for (std::size_t c = 0; c < 4; ++c)
    texel[c] = std::uint8_t(interpolate(wide(ends.low[c]), wide(ends.high[c]), weights[c]) >> 8);
  return texel;
}

HalfTexel light_of_void_extent(const Block& block) {
  HalfTexel texel;
  for (std::size_t c = 0; c < 4; ++c) {
    const std::uint16_t stored = block.colour[c];
    texel[c] = !block.colour_is_light ? half_of_unorm(stored) : half_is_finite(stored) ? stored : largest_half_bits;
  }
  return texel;
}

/// Of a block of lines: `texel_of(ends, weights of the channels)`, or `error` where a partition has no ends.
template <typename Result>
std::vector<Result> decode_lines(const Block& block, const Footprint& footprint, const Result& error, auto texel_of) {
  const auto ends = endpoints_of(block);
  const TexelWeights weights = texel_weights(block, footprint);
  const interop::AstcPattern pattern = interop::astc_pattern_of(block.seed, block.partitions);
  std::vector<Result> texels;
  texels.reserve(footprint.texels());
  for (std::uint32_t y = 0; y < footprint.height; ++y)
    for (std::uint32_t x = 0; x < footprint.width; ++x) {
      const std::size_t t = texels.size();
      const std::uint32_t partition = interop::astc_pattern_part(pattern, x, y, footprint.texels());
      Texel of_channel;
      of_channel.fill(weights.first[t]);
      if (block.grid.dual_plane) of_channel[block.second_plane_channel] = weights.second[t];
      texels.push_back(ends[partition] ? texel_of(*ends[partition], of_channel) : error);
    }
  return texels;
}

}  // namespace

std::uint32_t WeightGrid::bits() const { return interop::astc_sequence_bits(astc_ranges[range], count()); }

bool WeightGrid::legal_in(const Footprint& footprint) const {
  return width <= footprint.width && height <= footprint.height && count() <= interop::astc_most_weights &&
         bits() >= interop::astc_least_weight_bits && bits() <= interop::astc_most_weight_bits;
}

std::optional<std::uint32_t> colour_range(std::uint32_t values, std::uint32_t bits) {
  for (std::uint32_t range = interop::astc_range_count; range-- > interop::astc_first_colour_range;)
    if (interop::astc_sequence_bits(astc_ranges[range], values) <= bits) return range;
  return {};
}

std::optional<WeightGrid> weight_grid(std::uint32_t mode) {
  const auto field = [mode](int high, int low) { return mode >> low & ((1u << (high - low + 1)) - 1); };
  const std::uint32_t a = field(6, 5), b = field(8, 7);
  WeightGrid grid;
  std::uint32_t range = 0;  // rho of table 23.10
  bool high_precision = field(9, 9) != 0;
  grid.dual_plane = field(10, 10) != 0;

  if (field(1, 0) != 0) {
    range = field(1, 0) << 1 | field(4, 4);
    const std::uint32_t low_b = b & 1u;
    switch (field(3, 2)) {
      case 0: grid.width = b + 4, grid.height = a + 2; break;
      case 1: grid.width = b + 8, grid.height = a + 2; break;
      case 2: grid.width = a + 2, grid.height = b + 8; break;
      default:
        if ((b & 2u) == 0) grid.width = a + 2, grid.height = low_b + 6;
        else grid.width = low_b + 2, grid.height = a + 2;
    }
  } else {
    range = field(3, 2) << 1 | field(4, 4);
    if (field(3, 2) == 0) return {};
    switch (b) {
      case 0: grid.width = 12, grid.height = a + 2; break;
      case 1: grid.width = a + 2, grid.height = 12; break;
      case 2:
        grid.width = a + 6, grid.height = field(10, 9) + 6;
        high_precision = grid.dual_plane = false;
        break;
      default:
        if (a == 0) grid.width = 6, grid.height = 10;
        else if (a == 1) grid.width = 10, grid.height = 6;
        else return {};
    }
  }
  // rho 2..7: 2, 3, 4, 5, 6, 8 levels, or 10, 12, 16, 20, 24, 32 of high precision.
  if (range < 2) return {};
  grid.range = range - 2 + (high_precision ? 6 : 0);
  return grid;
}

Block parse_block(BlockBytes bytes, const Footprint& footprint, Profile profile) {
  const Bits128 bits(bytes);
  Block block = parse_header(bits, footprint, profile);
  if (block.kind != Block::Kind::lines) return block;
  std::uint32_t values = 0;
  for (std::uint32_t p = 0; p < block.partitions; ++p) values += value_count(block.modes[p]);
  block.colours.resize(values);
  read_sequence(bits, block.first_colour_bit, block.colour_range, block.colours);
  block.weights.resize(block.grid.count());
  read_sequence(bits.reversed(), 0, block.grid.range, block.weights);
  return block;
}

std::array<std::optional<Endpoints>, 4> endpoints_of(const Block& block) {
  std::array<std::optional<Endpoints>, 4> all;
  std::vector<std::uint8_t> values;
  for (const std::uint8_t stored : block.colours) values.push_back(colour_value(block.colour_range, stored));
  std::span<const std::uint8_t> left = values;
  for (std::uint32_t p = 0; p < block.partitions; ++p) {
    const std::uint32_t count = value_count(block.modes[p]);
    if (block.profile == Profile::hdr || !is_hdr(block.modes[p]))
      all[p] = decode_endpoints(block.modes[p], left.first(count));
    left = left.subspan(count);
  }
  return all;
}

TexelWeights texel_weights(const Block& block, const Footprint& footprint) {
  const std::uint32_t planes = block.grid.dual_plane ? 2 : 1, wide = block.grid.width, high = block.grid.height;
  // A neighbour beyond the grid has a share of 0.
  const auto weight = [&](std::uint32_t plane, std::uint32_t x, std::uint32_t y) -> std::uint32_t {
    if (x >= wide || y >= high) return 0;
    return weight_value(block.grid.range, block.weights[(y * wide + x) * planes + plane]);
  };
  const auto at = [&](std::uint32_t plane, std::uint32_t x, std::uint32_t y) {
    const std::uint32_t gx = interop::astc_grid_position(x, footprint.width, wide);
    const std::uint32_t gy = interop::astc_grid_position(y, footprint.height, high);
    const std::uint32_t jx = gx >> 4, jy = gy >> 4, fx = gx & 15u, fy = gy & 15u;
    const std::uint32_t w11 = (fx * fy + 8) >> 4, w10 = fy - w11, w01 = fx - w11, w00 = 16 - fx - fy + w11;
    return std::uint8_t((weight(plane, jx, jy) * w00 + weight(plane, jx + 1, jy) * w01 +
                         weight(plane, jx, jy + 1) * w10 + weight(plane, jx + 1, jy + 1) * w11 + 8) >> 4);
  };
  TexelWeights weights;
  for (std::uint32_t y = 0; y < footprint.height; ++y)
    for (std::uint32_t x = 0; x < footprint.width; ++x) {
      weights.first.push_back(at(0, x, y));
      weights.second.push_back(planes == 2 ? at(1, x, y) : weights.first.back());
    }
  return weights;
}

std::vector<Texel> decode_texels(const Block& block, const Footprint& footprint, bool srgb) {
  const std::size_t count = footprint.texels();
  if (block.kind == Block::Kind::error) return std::vector<Texel>(count, error_colour);
  if (block.kind == Block::Kind::void_extent) {
    Texel texel;
    for (std::size_t c = 0; c < 4; ++c) texel[c] = std::uint8_t(block.colour[c] >> 8);
    return std::vector<Texel>(count, texel);
  }
  return decode_lines(block, footprint, error_colour, [srgb](const Endpoints& ends, const Texel& weights) {
    return texel_of(ends, weights, srgb);
  });
}

std::vector<HalfTexel> decode_light(const Block& block, const Footprint& footprint) {
  if (block.kind == Block::Kind::error) return std::vector<HalfTexel>(footprint.texels(), error_light);
  if (block.kind == Block::Kind::void_extent)
    return std::vector<HalfTexel>(footprint.texels(), light_of_void_extent(block));
  return decode_lines(block, footprint, error_light, light_between);
}

HalfTexel light_between(const Endpoints& ends, const Texel& weights) {
  HalfTexel texel;
  for (std::size_t c = 0; c < 4; ++c) {
    const std::uint32_t widening = is_logarithmic(ends, c) ? 16 : 257;
    const std::uint32_t value =
        interpolate(std::uint32_t(ends.low[c]) * widening, std::uint32_t(ends.high[c]) * widening, weights[c]);
    texel[c] = is_logarithmic(ends, c) ? half_of_logarithm(value) : half_of_unorm(value);
  }
  return texel;
}

bool needs_hdr(BlockBytes bytes, const Footprint& footprint) {
  const Block block = parse_header(Bits128(bytes), footprint, Profile::hdr);
  if (block.kind != Block::Kind::lines) return block.colour_is_light;
  return std::any_of(block.modes.begin(), block.modes.begin() + block.partitions, is_hdr);
}

std::uint16_t half_of_logarithm(std::uint32_t value) { return std::uint16_t(interop::astc_half_of_logarithm(value)); }

std::uint16_t half_of_unorm(std::uint32_t value) {
  constexpr std::uint16_t one = 0x3c00;
  if (value == 65535) return one;
  if (value < 4) return std::uint16_t(value << 8);  // subnormal: in units of 2^-24
  const int top = std::bit_width(value) - 1;        // of the 65536ths: the exponent is top - 16
  const std::uint32_t fraction = top > 10 ? value >> (top - 10) : value << (10 - top);
  return std::uint16_t((top - 1) << 10 | (fraction & 1023u));
}

}  // namespace txs::astc
