#include "codecs/astc/format.h"

#include <fmt/format.h>
#include <stdexcept>

#include "block/whole_texture.h"
#include "codecs/astc/endpoints.h"
#include "codecs/astc/inspection.h"
#include "codecs/astc/light_inspection.h"
#include "codecs/astc/search_tables.h"

namespace txs::astc {
namespace {

/// Of all widths and heights, by width, then height; those of too many weights are no grids.
std::vector<std::string> grid_names(const Footprint& footprint) {
  std::vector<std::string> names;
  for (std::uint32_t width = 2; width <= footprint.width; ++width)
    for (std::uint32_t height = 2; height <= footprint.height; ++height)
      names.push_back(width * height <= interop::astc_most_weights ? fmt::format("{}x{}", width, height) : "");
  return names;
}

std::vector<std::string> level_names(std::uint32_t first, std::uint32_t end) {
  std::vector<std::string> names;
  for (std::uint32_t range = first; range < end; ++range)
    names.push_back(std::to_string(interop::astc_ranges[range].levels));
  return names;
}

std::vector<std::string> endpoint_names(Profile profile) {
  std::vector<std::string> names;
  for (std::uint32_t number = 0; number < 16; ++number) {
    const auto mode = EndpointMode(number);
    if (profile == Profile::hdr || !is_hdr(mode)) names.emplace_back(endpoint_mode_short_name(mode));
  }
  if (profile == Profile::ldr) names.emplace_back("HDR");  // which decodes to the error colour
  names.emplace_back("several");
  return names;
}

/// In the order of the bindings of maps.comp.
std::vector<codec::View> maps(const Footprint& footprint, Profile profile) {
  std::vector<codec::View> views{
      block::map_of_blocks("division", "Division", "Into how many lines of colours a block divides its texels.",
                           {"one colour", "1 line", "2 lines", "3 lines", "4 lines", "two planes", "illegal"}),
      block::map_of_blocks("grid", "Weight grid",
                           "The grid that a block's weights are blended from. Amber is finer across, blue finer down, pale "
                           "both.",
                           grid_names(footprint)),
      block::map_of_blocks("points", "Weights", "How many weights a block stores, those of a second plane with them."),
      block::map_of_blocks("levels", "Weight levels", "How many values a weight may have.",
                           level_names(0, interop::astc_weight_ranges)),
      block::map_of_blocks("ends", "Endpoint mode",
                           "How the ends of a block's lines are stored: as two colours, one and an offset from it, or one and "
                           "its scale. L: luminance.",
                           endpoint_names(profile)),
      block::map_of_blocks("colour_levels", "Colour levels", "How many values a number of an endpoint may have.",
                           level_names(interop::astc_first_colour_range, interop::astc_range_count))};
  views[1].rows = footprint.height - 1;
  views[2].maximum = interop::astc_most_weights;
  views[3].rows = views[5].rows = 1;
  return views;
}

std::vector<codec::BitPart> count_bits(std::span<const std::byte> blocks, const Footprint& footprint, Profile profile) {
  std::uint64_t header = 0, colours = 0, weights = 0, unused = 0;
  for (; !blocks.empty(); blocks = blocks.subspan(interop::astc_block_bytes)) {
    const Block block = parse_block(blocks.first<interop::astc_block_bytes>(), footprint, profile);
    if (block.kind == Block::Kind::void_extent) {
      header += 64;
      colours += 64;
    } else if (block.kind == Block::Kind::error) {
      unused += 128;
    } else {
      const std::uint32_t weight_bits = block.grid.bits();
      header += block.first_colour_bit + (128 - weight_bits - block.first_extra_bit);
      colours += block.colour_bits;
      weights += weight_bits;
      unused += block.first_extra_bit - block.first_colour_bit - block.colour_bits;
    }
  }
  std::vector<codec::BitPart> parts{{"header", header}, {"endpoints", colours}, {"weights", weights}, {"unused", unused}};
  std::erase_if(parts, [](const codec::BitPart& part) { return part.bits == 0; });
  return parts;
}

}  // namespace

Footprint footprint_of(codec::TextureFormat texture_format) {
  const codec::FormatTraits& traits = codec::traits(texture_format);
  return {traits.block_width, traits.block_height};
}

Profile profile_of(codec::TextureFormat texture_format) {
  return codec::traits(texture_format).hdr ? Profile::hdr : Profile::ldr;
}

codec::TextureFormat texture_format(const Footprint& footprint, Profile profile, bool srgb) {
  for (std::size_t i = 0; i < codec::texture_format_count; ++i) {
    const auto format = codec::TextureFormat(i);
    const codec::FormatTraits& traits = codec::traits(format);
    if (codec::is_astc(format) && traits.block_width == footprint.width && traits.block_height == footprint.height &&
        profile_of(format) == profile && traits.srgb == srgb)
      return format;
  }
  throw std::logic_error("no such block size");
}

block::Format format(codec::TextureFormat texture_format) {
  const Footprint footprint = footprint_of(texture_format);
  const Profile profile = profile_of(texture_format);
  const bool hdr = profile == Profile::hdr;
  block::Format format;
  format.name = "ASTC";
  format.format = texture_format;
  format.decode_shader = hdr ? "codecs/astc/light_texels.comp" : "codecs/astc/texels.comp";
  format.constants = {footprint.width, footprint.height, codec::traits(texture_format).srgb, hdr};
  format.tables = std::as_bytes(std::span(&tables_of(footprint), 1));
  format.view_shader = "codecs/astc/maps.comp";
  format.views = maps(footprint, profile);
  format.count_bits = [footprint, profile](std::span<const std::byte> blocks) {
    return count_bits(blocks, footprint, profile);
  };
  format.inspect = [texture_format, hdr](std::span<const std::byte> bits, const codec::Source& source, std::uint32_t x,
                                         std::uint32_t y) {
    const auto block = bits.first<interop::astc_block_bytes>();
    return hdr ? inspect_light(block, footprint_of(texture_format), source, x, y)
               : inspect(block, texture_format, *source.picture, x, y);
  };
  return format;
}

Rgba8Image decode_image(const codec::EncodedTexture& texture) {
  const Footprint footprint = footprint_of(texture.format);
  const bool srgb = codec::traits(texture.format).srgb;
  return block::decode_texture<Rgba8Image>(texture, [&](std::span<const std::byte> bytes) {
    return decode_texels(parse_block(BlockBytes(bytes), footprint), footprint, srgb);
  });
}

Rgba16fImage decode_light_image(const codec::EncodedTexture& texture) {
  const Footprint footprint = footprint_of(texture.format);
  return block::decode_texture<Rgba16fImage>(texture, [&](std::span<const std::byte> bytes) {
    return decode_light(parse_block(BlockBytes(bytes), footprint, Profile::hdr), footprint);
  });
}

}  // namespace txs::astc
