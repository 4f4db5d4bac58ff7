#include <bit>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "metrics/metrics.h"
#include "shaders/interop/display.h"
#include "shaders/interop/metrics.h"

namespace txs::metrics {

static_assert(first_exposure == interop::first_exposure && last_exposure == interop::last_exposure);

namespace {

using interop::vec4;

gpu::KernelSource comparing_kernel(const char* shader) {
  return {shader, sizeof(interop::ComparisonPush), {gpu::Binding::nearest, gpu::Binding::nearest}, {}, {}};
}

double sum_of(const interop::ComparisonRecord& record, std::uint32_t sum) {
  const auto& [low, high] = record.sums[sum];
  return double(std::uint64_t(high) << 32 | low);
}

double float_sum_of(const interop::ComparisonRecord& record, std::uint32_t sum) {
  return sum_of(record, sum) * double(interop::sum_unit);
}

std::uint32_t windows_along(std::uint32_t texels) {
  return texels < interop::ssim_window_side ? 0 : texels - interop::ssim_window_side + 1;
}

gpu::Groups groups_for(std::uint32_t width, std::uint32_t height, std::uint32_t tile_width, std::uint32_t tile_height) {
  return {gpu::divide_up(width, tile_width), gpu::divide_up(height, tile_height)};
}

/// 1 for each channel that is compared.
vec4 measured_by(Measure measure) {
  switch (measure) {
    case Measure::red: return {1, 0, 0, 0};
    case Measure::red_green: return {1, 1, 0, 0};
    default: return {1, 1, 1, 1};
  }
}

bool has_ssim(Measure measure) { return measure == Measure::red || measure == Measure::rgb; }

void put_light(Figures& figures, const interop::ComparisonRecord& record, double pixels) {
  const double samples = 3 * pixels, exposures = last_exposure - first_exposure + 1;
  figures.mse = 255.0 * 255.0 * float_sum_of(record, interop::sum_of_tone_mapped) / (samples * exposures);
  figures.rmsle = std::sqrt(float_sum_of(record, interop::sum_of_logs) / samples);
  figures.max_error = std::bit_cast<float>(record.largest_difference);
}

void put_bytes(Figures& figures, const interop::ComparisonRecord& record, double pixels) {
  const vec4 measured = measured_by(figures.measure);
  const double channels = double(measured.x + measured.y + measured.z);
  figures.mse = sum_of(record, interop::sum_of_squares) / (channels * pixels);
  figures.mse_alpha = sum_of(record, interop::sum_of_squares_alpha) / pixels;
  figures.max_error = record.largest_difference / 255.0;
  if (figures.measure != Measure::red_green) return;
  constexpr double degrees = 180 / std::numbers::pi;
  figures.angular = {float_sum_of(record, interop::sum_of_angles) / pixels * degrees,
                     std::bit_cast<float>(record.largest_angle) * degrees};
}

}  // namespace

Figures PendingFigures::get() const {
  read_.wait();
  const auto& record = read_.as<interop::ComparisonRecord>().front();
  const double pixels = double(width_) * height_;
  Figures figures;
  figures.measure = measure_;
  measure_ == Measure::light ? put_light(figures, record, pixels) : put_bytes(figures, record, pixels);
  figures.psnr_db = psnr_from_mse(figures.mse);
  figures.psnr_alpha_db = psnr_from_mse(figures.mse_alpha);
  const double windows = double(windows_along(width_)) * windows_along(height_);
  if (with_ssim_ && windows > 0)
    figures.ssim = sum_of(record, interop::sum_of_ssim) / interop::ssim_fixed_point / windows - 1;
  return figures;
}

struct Comparison::State {
  explicit State(gpu::Device& device)
      : error(device, comparing_kernel("metrics/error.comp")),
        ssim(device, comparing_kernel("metrics/ssim.comp")),
        light(device, comparing_kernel("metrics/light.comp")),
        angle(device, comparing_kernel("metrics/angle.comp")),
        record(device, sizeof(interop::ComparisonRecord), "comparison record") {}

  gpu::Kernel error, ssim, light, angle;
  gpu::Buffer record;  // one for all: recordings run in the order of submission, and each reads before the next fills
};

Comparison::Comparison(gpu::Device& device) : state_(std::make_unique<State>(device)) {}
Comparison::~Comparison() = default;

bool Comparison::ready() const {
  return state_->error.ready() && state_->ssim.ready() && state_->light.ready() && state_->angle.ready();
}

PendingFigures Comparison::record(gpu::Recorder& recorder, const gpu::Texture& source, const gpu::Texture& decoded,
                                  bool with_ssim, Measure measure) {
  if (source.width() != decoded.width() || source.height() != decoded.height())
    throw std::invalid_argument("metrics::Comparison: the pictures differ in size");
  const auto format = measure == Measure::light ? gpu::Format::rgba16f : gpu::Format::rgba8;
  if (source.format() != format || decoded.format() != format)
    throw std::invalid_argument("metrics::Comparison: the pictures are not of the measure's format");
  const std::uint32_t width = source.width(), height = source.height();
  interop::ComparisonPush push{state_->record.address(), {width, height}, measured_by(measure), interop::luma_weights};
  if (measure == Measure::red) push.luma = {1, 0, 0, 0};
  const auto compare_by = [&](const gpu::Kernel& kernel) {
    recorder.dispatch(kernel, push, {&source, &decoded},
                      groups_for(width, height, interop::error_tile_side, interop::error_tile_side));
  };

  recorder.begin_pass("error");
  recorder.fill(state_->record, 0);
  compare_by(measure == Measure::light ? state_->light : state_->error);
  if (measure == Measure::red_green) compare_by(state_->angle);
  const std::uint32_t across = windows_along(width), down = windows_along(height);
  if (with_ssim && has_ssim(measure) && across > 0 && down > 0) {
    recorder.begin_pass("ssim");
    recorder.dispatch(state_->ssim, push, {&source, &decoded},
                      groups_for(across, down, interop::ssim_tile_width, interop::ssim_tile_height));
  }
  recorder.end_pass();

  PendingFigures figures;
  figures.read_ = recorder.read(state_->record, 0, sizeof(interop::ComparisonRecord));
  figures.width_ = width;
  figures.height_ = height;
  figures.measure_ = measure;
  figures.with_ssim_ = with_ssim && has_ssim(measure);
  return figures;
}

}  // namespace txs::metrics
