#include "codecs/bc7/format.h"

#include <array>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/decode_tables.h"
#include "codecs/bc7/inspection.h"

namespace txs::bc7 {
namespace {

/// The bits of each kind of field, summed over all blocks.
std::vector<codec::BitPart> count_bits(std::span<const std::byte> blocks) {
  std::array<std::uint64_t, interop::bc7_mode_count + 1> blocks_of{};
  for (std::size_t at = 0; at < blocks.size(); at += block_bytes) {
    const auto first = std::to_integer<unsigned>(blocks[at]);
    ++blocks_of[first == 0 ? interop::bc7_mode_count : unsigned(std::countr_zero(first))];
  }
  std::uint64_t mode = 0, partition = 0, selection = 0, endpoints = 0, p_bits = 0, indices = 0;
  for (std::uint32_t m = 0; m < interop::bc7_mode_count; ++m) {
    const interop::Bc7Mode& shape = interop::bc7_modes[m];
    const std::uint64_t n = blocks_of[m];
    mode += n * (m + 1);
    partition += n * shape.partition_bits;
    selection += n * (shape.rotation_bits + shape.index_selection_bits);
    endpoints += n * 2 * shape.subsets * (3 * shape.colour_bits + shape.alpha_bits);
    p_bits += n * shape.subsets * (2 * shape.endpoint_p_bits + shape.shared_p_bits);
    // An anchor of each subset lacks a bit; a second set of indices has one subset.
    const std::uint32_t second = shape.secondary_index_bits == 0 ? 0 : 16 * shape.secondary_index_bits - 1;
    indices += n * (16 * shape.index_bits - shape.subsets + second);
  }
  std::vector<codec::BitPart> parts{{"mode", mode},
                                    {"partition", partition},
                                    {"rotation, index selection", selection},
                                    {"endpoints", endpoints},
                                    {"p-bits", p_bits},
                                    {"indices", indices},
                                    {"reserved blocks", blocks_of.back() * block_bytes * 8}};
  std::erase_if(parts, [](const codec::BitPart& part) { return part.bits == 0; });
  return parts;
}

std::vector<std::string> mode_names() {
  std::vector<std::string> names;
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode) names.push_back("mode " + std::to_string(mode));
  names.push_back("reserved");
  return names;
}

codec::View partition_view() {
  std::vector<std::string> names;
  std::vector<std::uint32_t> patterns;
  for (std::uint32_t subsets = 2; subsets <= 3; ++subsets)
    for (std::uint32_t number = 0; number < 64; ++number) {
      names.push_back(std::to_string(subsets) + " subsets, " + std::to_string(number));
      patterns.push_back(partition(subsets, number).subsets);
    }
  codec::View view = block::map_of_blocks(
      "partition", "Partition", "Which texels of each block share a line of colours. None: one line for all.", names);
  view.patterns = std::move(patterns);
  return view;
}

codec::View rotation_view() {
  std::vector<std::string> names;
  for (const char* apart : {"alpha", "red", "green", "blue"})
    for (const char* finer : {"finer", "coarser"}) names.push_back(std::string(apart) + " apart, " + finer);
  return block::map_of_blocks("rotation", "Channel apart",
                              "Modes 4 and 5: the channel that has endpoints and indices of its own. Finer: its "
                              "indices have at least as many bits as those of the others.",
                              std::move(names));
}

}  // namespace

block::Format format_of(codec::TextureFormat texture_format) {
  block::Format format;
  format.name = "BC7";
  format.format = texture_format;
  format.decode_shader = "codecs/bc7/decode.comp";
  format.tables = std::as_bytes(std::span(&decode_tables, 1));
  format.view_shader = "codecs/bc7/maps.comp";
  format.views = {
      block::map_of_blocks("mode", "Mode",
                           "The BC7 mode of each block: how many lines of colours it holds and with how many bits.",
                           mode_names()),
      partition_view(), rotation_view()};
  format.count_bits = count_bits;
  format.inspect = [](std::span<const std::byte> bits, const codec::Source& source, std::uint32_t x, std::uint32_t y) {
    return inspect_bits(bits.first<block_bytes>(), *source.picture, x, y);
  };
  return format;
}

block::Format format_for(ColourSpace colour_space) {
  return format_of(colour_space == ColourSpace::srgb ? codec::TextureFormat::bc7_srgb
                                                     : codec::TextureFormat::bc7_unorm);
}

}  // namespace txs::bc7
