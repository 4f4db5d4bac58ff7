#include "neural/grid_gradients.h"

#include <algorithm>
#include <span>

#include "neural/hash_lists.h"

namespace txs::neural {
namespace {

using gpu::Binding;

std::uint64_t most_corner_floats(const ModelLayout& layout) {
  std::uint64_t most = 4;
  for (const GridPart& part : grid_parts(layout)) most = std::max<std::uint64_t>(most, part.corner_floats);
  return most;
}

}  // namespace

GridGradients::GridGradients(gpu::Device& device, const Network& network)
    : device_(device),
      network_(network),
      lists_(device, 4, "hash lists", Texels::Words::integers),
      corner_gradients_(device, most_corner_floats(network.layout()), "corner gradients"),
      corner_kernel_(device,
                     {"neural/grid_gradient.comp", sizeof(interop::GridGradientPush),
                      {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::texels,
                       Binding::stored_texels, Binding::stored_texels},
                      {!device.is_cpu()}},
                     {&lists_.quads, &lists_.quads, &lists_.single, &corner_gradients_.quads, &lists_.single,
                      &corner_gradients_.single, &corner_gradients_.single}),
      entry_kernel_(device,
                    {"neural/hash_gradient.comp", 0,
                     {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                    {&lists_.quads, &lists_.quads, &lists_.single, &corner_gradients_.single, &corner_gradients_.single}) {
  const HashLists lists(network.layout());
  first_list_ = lists.first_word;
  if (lists.words.empty()) return;
  lists_ = Texels(device, lists.words.size(), "hash lists", Texels::Words::integers);
  device.upload(lists_.buffer, std::as_bytes(std::span(lists.words)));
}

bool GridGradients::ready() const {
  const bool corners = corner_kernel_.ready();
  return entry_kernel_.ready() && corners;
}

/// Teams depend on how many samples a corner has.
void GridGradients::plan(const Batch& batch) {
  if (!parts_.empty() && batch == planned_) return;
  planned_ = batch;
  parts_.clear();
  const ModelLayout& layout = network_.layout();
  for (GridPart& part : grid_parts(layout)) {
    WorkTable corners(device_, corner_works(layout, part, batch.cells_x, batch.cells_y, !device_.is_cpu()), "corner works");
    WorkTable entries(device_, entry_works(layout, part, first_list_), "entry works");
    parts_.push_back({std::move(part), std::move(corners), std::move(entries)});
  }
}

void GridGradients::record(gpu::Recorder& recorder, const Batch& batch, const SampleTexels& samples,
                           const Texels& cell_starts, const Texels& gradient) {
  plan(batch);
  const interop::GridGradientPush push{.image = {network_.image_width(), network_.image_height()},
                                       .cells = {batch.cells_x, batch.cells_y},
                                       .sampling = std::uint32_t(batch.sampling),
                                       .input_quads = network_.input_quads()};
  const gpu::TexelView* grids = &network_.grids().quads;
  for (const Part& part : parts_) {
    recorder.dispatch(corner_kernel_, push,
                      {part.corners.texels(), grids, &samples.positions.single, &samples.feature_gradients.quads,
                       &cell_starts.single, &gradient.single, &corner_gradients_.single},
                      part.corners.groups());
    recorder.dispatch(entry_kernel_, {part.entries.texels(), grids, &lists_.single, &corner_gradients_.single,
                                      &gradient.single},
                      part.entries.groups());
  }
}

}  // namespace txs::neural
