#include "neural/batch.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace txs::neural {
namespace {

// The smallest that the first 20 steps of every preset went as far with as with whole batches, to 0.3 dB (512 x 512 pixels;
// 2048 fell behind by 0.9), and a slice of a software device: less would cost as much.
constexpr std::uint32_t first_batch = 4096;

/// Halvings of the batch at a step: of those that lead down to the first batch, as many as its ramp has still to take back.
std::uint32_t halvings(const Settings& settings, std::uint64_t step, std::uint32_t whole) {
  if (step >= settings.ramp || whole < 2 * first_batch) return 0;
  const std::uint64_t all = std::uint64_t(std::bit_width(whole / first_batch)) - 1;
  return std::uint32_t(((settings.ramp - step) * all + settings.ramp - 1) / settings.ramp);
}

Batch plan_samples(const Settings& settings, std::uint32_t samples, std::uint32_t image_width, std::uint32_t image_height) {
  const std::uint64_t pixels = std::uint64_t(image_width) * image_height;
  Batch batch;
  batch.sampling = settings.sampling;
  if (samples >= pixels) {
    batch.cells_x = image_width;
    batch.cells_y = image_height;
    batch.samples = std::uint32_t(pixels);
    batch.sampling = Sampling::stratified;  // cells of one pixel: every pixel once
    return batch;
  }
  const double a_row = std::sqrt(double(samples) * image_width / image_height);
  const std::uint32_t widest = std::min(image_width, samples);
  batch.cells_x = std::clamp<std::uint32_t>(std::uint32_t(std::lround(a_row)), 1, widest);
  batch.cells_y = std::clamp<std::uint32_t>(samples / batch.cells_x, 1, image_height);
  batch.samples = batch.sampling == Sampling::stratified ? batch.cells_x * batch.cells_y : samples;
  return batch;
}

}  // namespace

Batch plan_batch(const Settings& settings, std::uint64_t step, std::uint32_t image_width, std::uint32_t image_height) {
  const std::uint64_t pixels = std::uint64_t(image_width) * image_height;
  const auto whole = std::uint32_t(std::min<std::uint64_t>(settings.batch, pixels));
  const std::uint32_t halved = halvings(settings, step, whole);
  return plan_samples(settings, halved == 0 ? settings.batch : whole >> halved, image_width, image_height);
}

Batch plan_whole_batch(const Settings& settings, std::uint32_t image_width, std::uint32_t image_height) {
  return plan_samples(settings, settings.batch, image_width, image_height);
}

}  // namespace txs::neural
