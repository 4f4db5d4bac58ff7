#include "codecs/astc/light_inspection.h"

#include <algorithm>

#include "block/inspection.h"
#include "codecs/astc/format.h"
#include "codecs/astc/inspection.h"
#include "codecs/astc/quantisation.h"
#include "core/half.h"
#include "image/tone_map.h"

namespace txs::astc {
namespace {

using codec::Colour;

Colour colour_of(const HalfTexel& texel) {
  Colour colour;
  for (std::size_t c = 0; c < 4; ++c) colour[c] = half_to_float(texel[c]);
  return colour;
}

std::vector<Texel> shown(const std::vector<HalfTexel>& texels, const Exposure& exposure) {
  Rgba16fImage light{int(texels.size()), 1, {}};
  for (const HalfTexel& texel : texels) light.texels.insert(light.texels.end(), texel.begin(), texel.end());
  const Rgba8Image picture = to_rgba8(light, exposure);
  std::vector<Texel> all;
  for (int i = 0; i < picture.width; ++i) all.push_back(picture.at(i, 0));
  return all;
}

/// Beyond the edge the last row and column repeat.
std::vector<Colour> light_under(const Rgba16fImage& light, const Footprint& footprint, std::uint32_t x, std::uint32_t y) {
  std::vector<Colour> colours;
  for (std::uint32_t row = 0; row < footprint.height; ++row)
    for (std::uint32_t column = 0; column < footprint.width; ++column)
      colours.push_back(colour_of(light.at(std::min(int(x * footprint.width + column), light.width - 1),
                                           std::min(int(y * footprint.height + row), light.height - 1))));
  return colours;
}

codec::Subset subset_of(const Block& block, const Endpoints& ends) {
  codec::Subset subset;
  for (const std::uint8_t weight : rising_weights(block.grid.range))
    subset.palette.push_back(colour_of(light_between(ends, {weight, weight, weight, weight})));
  subset.low = subset.palette.front();
  subset.high = subset.palette.back();
  return subset;
}

}  // namespace

codec::BlockInspection inspect_light(BlockBytes bytes, const Footprint& footprint, const codec::Source& source,
                                     std::uint32_t x, std::uint32_t y) {
  const Block block = parse_block(bytes, footprint, Profile::hdr);
  const std::vector<HalfTexel> decoded = decode_light(block, footprint);
  const codec::FormatTraits& traits = codec::traits(texture_format(footprint, Profile::hdr, false));
  codec::BlockInspection inspection =
      block::begin_inspection(traits, bytes, *source.picture, x, y, shown(decoded, source.exposure), 3);
  for (const HalfTexel& texel : decoded) inspection.decoded_light.push_back(colour_of(texel));
  inspection.original_light = light_under(*source.light, footprint, x, y);
  describe(inspection, bytes, block, footprint);
  if (block.kind == Block::Kind::lines)
    add_lines(inspection, block, footprint, [&](const auto& ends) { return subset_of(block, *ends); });
  return inspection;
}

}  // namespace txs::astc
