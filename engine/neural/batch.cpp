#include "neural/batch.h"

#include <algorithm>
#include <cmath>

namespace txs::neural {

Batch plan_batch(const Settings& settings, std::uint32_t image_width, std::uint32_t image_height) {
  const std::uint64_t pixels = std::uint64_t(image_width) * image_height;
  Batch batch;
  batch.sampling = settings.sampling;
  if (settings.batch >= pixels) {
    batch.cells_x = image_width;
    batch.cells_y = image_height;
    batch.samples = std::uint32_t(pixels);
    batch.sampling = Sampling::stratified;  // cells of one pixel: every pixel once
    return batch;
  }
  const double a_row = std::sqrt(double(settings.batch) * image_width / image_height);
  const std::uint32_t widest = std::min(image_width, settings.batch);
  batch.cells_x = std::clamp<std::uint32_t>(std::uint32_t(std::lround(a_row)), 1, widest);
  batch.cells_y = std::clamp<std::uint32_t>(settings.batch / batch.cells_x, 1, image_height);
  batch.samples = batch.sampling == Sampling::stratified ? batch.cells_x * batch.cells_y : settings.batch;
  return batch;
}

}  // namespace txs::neural
