#include "codecs/bc7/inspection.h"

#include <algorithm>

#include "block/inspection.h"
#include "codecs/bc7/reference/search.h"
#include "shaders/interop/bc7_tables.h"

namespace txs::bc7 {
namespace {

using block::colour_of;
using codec::BlockInspection;
using codec::Colour;
using codec::SimplexIteration;

Colour colour_of(const glm::vec4& v) { return {v.r, v.g, v.b, v.a}; }

SimplexIteration::Point point_of(const glm::vec4& low, const glm::vec4& high) {
  return {low.r, low.g, low.b, low.a, high.r, high.g, high.b, high.a};
}

codec::Subset subset_of(const Block& block, int number) {
  codec::Subset subset;
  for (const Texel& entry : palette(block, number)) subset.palette.push_back(colour_of(entry));
  subset.low = subset.palette.front();
  subset.high = subset.palette.back();
  return subset;
}

/// Modes 4 and 5: a line of three channels, and that of the channel which has indices of its own.
std::vector<codec::Subset> parted_lines(const Block& block) {
  constexpr const char* apart_names[] = {"alpha", "red", "green", "blue"};
  const interop::Bc7Mode& mode = interop::bc7_modes[block.mode];
  const std::size_t apart_entries = 1u << (block.index_selection ? mode.index_bits : mode.secondary_index_bits);
  const std::vector<Texel> all = palette(block, 0);  // of each colour with each value of the channel apart
  std::vector<codec::Subset> lines(2);
  lines[0].name = block.rotation == 0 ? "colour" : std::string("all but ") + apart_names[block.rotation];
  lines[1].name = apart_names[block.rotation];
  lines[1].channels = 1u << (block.rotation == 0 ? 3 : block.rotation - 1);
  lines[0].channels = ~lines[1].channels & 0b1111;
  for (std::size_t i = 0; i < all.size(); i += apart_entries) lines[0].palette.push_back(colour_of(all[i]));
  for (std::size_t i = 0; i < apart_entries; ++i) lines[1].palette.push_back(colour_of(all[i]));
  for (int t = 0; t < block_texels; ++t) {
    const std::size_t entry = palette_index(block, t);
    lines[0].indices.push_back(std::uint8_t(entry / apart_entries));
    lines[1].indices.push_back(std::uint8_t(entry % apart_entries));
  }
  for (codec::Subset& line : lines) {
    line.low = line.palette.front();
    line.high = line.palette.back();
  }
  return lines;
}

SimplexIteration iteration_of(const interop::Bc7Iteration& from) {
  SimplexIteration to;
  to.move = static_cast<codec::SimplexMove>(from.move);
  for (std::size_t v = 0; v < to.vertices.size(); ++v) {
    to.vertices[v] = point_of(from.low[v], from.high[v]);
    to.losses[v] = from.losses[v];
  }
  if (to.move == codec::SimplexMove::start) return to;  // nothing was tried
  to.centroid = point_of(from.centroid_low, from.centroid_high);
  to.reflected = point_of(from.reflected_low, from.reflected_high);
  to.reflected_loss = from.reflected_loss;
  to.best_before = from.best_before;
  to.second_worst_before = from.second_worst_before;
  to.worst_before = from.worst_before;
  to.has_second = from.has_second != 0;
  if (!to.has_second) return to;
  to.second = point_of(from.second_low, from.second_high);
  to.second_loss = from.second_loss;
  return to;
}

}  // namespace

BlockInspection inspect_bits(BlockBytes bytes, const Rgba8Image& picture, std::uint32_t x, std::uint32_t y) {
  const Block block = parse_block(bytes);
  BlockInspection inspection = block::begin_inspection(codec::traits(codec::TextureFormat::bc7_unorm), bytes, picture, x, y,
                                                       decode_texels(block), 3);
  inspection.mode = block.mode == Block::reserved ? "reserved" : "mode " + std::to_string(block.mode);
  inspection.fields = bit_fields(bytes);
  inspection.indices.assign(block.index.begin(), block.index.end());
  inspection.subset_of.assign(block.subset_of.begin(), block.subset_of.end());
  const bool parted = block.mode == 4 || block.mode == 5;
  if (parted) inspection.subsets = parted_lines(block);
  for (int s = 0; s < block.subsets && !parted; ++s) inspection.subsets.push_back(subset_of(block, s));

  const auto line = reference::start_of(reference::load_texels(picture, int(x), int(y)), StartKind::principal, false);
  inspection.mean = colour_of(line.mean / 255.0f);
  inspection.axis = colour_of(line.axis);
  inspection.initial_low = colour_of(line.ends.low);
  inspection.initial_high = colour_of(line.ends.high);
  return inspection;
}

void add_search(BlockInspection& inspection, const interop::Bc7Trace& trace, const Settings& settings) {
  inspection.initial_low = colour_of(trace.initial_low);
  inspection.initial_high = colour_of(trace.initial_high);
  if (!settings.nelder_mead || trace.start_loss <= settings.loss_threshold) return;

  codec::SimplexSearch search;
  search.loss_threshold = settings.loss_threshold;
  search.stopped_at_threshold = trace.status == interop::bc7_status_at_threshold;
  const std::uint32_t last = std::min(trace.iterations, interop::bc7_most_iterations);
  for (std::uint32_t i = 0; i <= last; ++i) search.iterations.push_back(iteration_of(trace.iteration[i]));
  inspection.search = std::move(search);
}

}  // namespace txs::bc7
