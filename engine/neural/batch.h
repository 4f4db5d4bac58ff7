#pragma once
#include <cstdint>

#include "neural/settings.h"

namespace txs::neural {

/// The samples of a step, and the cells that the image is cut into for them: each is drawn from, or holds one on average.
struct Batch {
  std::uint32_t cells_x = 1, cells_y = 1, samples = 1;
  Sampling sampling = Sampling::stratified;

  std::uint32_t blocks() const { return (samples + interop::neural_block - 1) / interop::neural_block; }
  bool operator==(const Batch&) const = default;
};

/// Of step 0, 1, ...: as many cells as samples, as square as the image allows; an image of no more pixels than
/// `settings.batch` is taken whole. Over the first `settings.ramp` steps the batch grows to that by doublings, from 4096 or
/// a little more: what first steps learn is coarse, and a few pixels say as much of it as many.
Batch plan_batch(const Settings& settings, std::uint64_t step, std::uint32_t image_width, std::uint32_t image_height);
/// Of the steps after the ramp.
Batch plan_whole_batch(const Settings& settings, std::uint32_t image_width, std::uint32_t image_height);

}  // namespace txs::neural
