#include "neural/grid_gradients.h"

#include <algorithm>
#include <span>
#include <utility>

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
      cell_sums_(device, 4, "cell sums"),
      corner_kernels_(gathering_kernels("neural/grid_gradient.comp", corner_gradients_)),
      cell_kernels_(gathering_kernels("neural/cell_gradient.comp", cell_sums_)),
      sum_kernel_(device,
                  {"neural/corner_sum.comp", 0, {Binding::texels, Binding::texels, Binding::texels, Binding::block}, {}},
                  {&lists_.quads, &lists_.quads, &cell_sums_.quads, &corner_gradients_.buffer}),
      entry_kernel_(device,
                    {"neural/hash_gradient.comp", 0,
                     {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::block}, {}},
                    {&lists_.quads, &lists_.quads, &lists_.single, &corner_gradients_.single, &corner_gradients_.buffer}) {
  const HashLists lists(network.layout());
  first_list_ = lists.first_word;
  if (lists.words.empty()) return;
  lists_ = Texels(device, lists.words.size(), "hash lists", Texels::Words::integers);
  device.upload(lists_.buffer, std::as_bytes(std::span(lists.words)));
}

GridGradients::Kernels GridGradients::gathering_kernels(const char* shader, const Texels& target) const {
  const auto kernel = [&](bool independent) {
    return gpu::Kernel(device_,
                       {shader, sizeof(interop::GridGradientPush),
                        {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::texels,
                         Binding::block},
                        {independent, !device_.is_cpu()}},  // the second is of teams, which cells do not have
                       {&lists_.quads, &lists_.quads, &lists_.single, &corner_gradients_.quads, &lists_.single,
                        &target.buffer});
  };
  return {kernel(false), kernel(true)};
}

bool GridGradients::Kernels::ready() const {
  const bool one = stratified.ready();
  return independent.ready() && one;
}

bool GridGradients::ready() const {
  bool all = corner_kernels_.ready();
  all &= cell_kernels_.ready();
  for (const gpu::Kernel* kernel : {&sum_kernel_, &entry_kernel_}) all &= kernel->ready();
  return all;
}

GridGradients::Tables GridGradients::tables(const GridPart& part, bool hashed, std::uint64_t& cell_sums) const {
  Gathering gathering =
      plan_gathering(network_.layout(), part, hashed, planned_.cells_x, planned_.cells_y, device_.is_cpu());
  cell_sums = std::max(cell_sums, gathering.cell_sums);
  return {WorkTable(device_, std::move(gathering.corners), "corner works"),
          WorkTable(device_, std::move(gathering.cells), "cell works")};
}

/// What is gathered how depends on how many samples a corner has.
void GridGradients::plan(const Batch& batch) {
  if (!parts_.empty() && batch == planned_) return;
  planned_ = batch;
  parts_.clear();
  std::uint64_t cell_sums = 1;
  for (const GridPart& part : grid_parts(network_.layout()))
    parts_.push_back({tables(part, false, cell_sums), tables(part, true, cell_sums),
                      WorkTable(device_, entry_works(network_.layout(), part, first_list_), "entry works")});
  cell_sums_ = Texels(device_, cell_sums * 4, "cell sums");
}

void GridGradients::record(gpu::Recorder& recorder, const Batch& batch, const SampleTexels& samples,
                           const Texels& cell_starts, const Texels& gradient) {
  plan(batch);
  for (const Part& part : parts_) {
    record(recorder, part.dense, batch, samples, cell_starts, gradient);
    record(recorder, part.hashed, batch, samples, cell_starts, corner_gradients_);
    recorder.dispatch(entry_kernel_, {part.entries.texels(), &network_.grids().quads, &lists_.single,
                                      &corner_gradients_.single, &gradient.buffer},
                      part.entries.groups());
  }
}

void GridGradients::record(gpu::Recorder& recorder, const Tables& tables, const Batch& batch, const SampleTexels& samples,
                           const Texels& cell_starts, const Texels& target) {
  const interop::GridGradientPush push{.image = {network_.image_width(), network_.image_height()},
                                       .cells = {batch.cells_x, batch.cells_y},
                                       .input_quads = network_.input_quads()};
  const gpu::TexelView* grids = &network_.grids().quads;
  recorder.dispatch(corner_kernels_.of(batch.sampling), push,
                    {tables.corners.texels(), grids, &samples.positions.single, &samples.feature_gradients.quads,
                     &cell_starts.single, &target.buffer},
                    tables.corners.groups());
  recorder.dispatch(cell_kernels_.of(batch.sampling), push,
                    {tables.cells.texels(), grids, &samples.positions.single, &samples.feature_gradients.quads,
                     &cell_starts.single, &cell_sums_.buffer},
                    tables.cells.groups());
  recorder.dispatch(sum_kernel_, {tables.cells.texels(), grids, &cell_sums_.quads, &target.buffer}, tables.cells.groups());
}

}  // namespace txs::neural
