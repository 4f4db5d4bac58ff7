#include <stdexcept>

#include "metrics/metrics.h"
#include "shaders/interop/metrics.h"

namespace txs::metrics {
namespace {

gpu::KernelSource comparing_kernel(const char* shader) {
  return {shader, sizeof(interop::ComparisonPush), {gpu::Binding::nearest, gpu::Binding::nearest}, {}, {}};
}

double sum_of(const interop::ComparisonRecord& record, std::uint32_t sum) {
  const auto& [low, high] = record.sums[sum];
  return double(std::uint64_t(high) << 32 | low);
}

std::uint32_t windows_along(std::uint32_t texels) {
  return texels < interop::ssim_window_side ? 0 : texels - interop::ssim_window_side + 1;
}

gpu::Groups groups_for(std::uint32_t width, std::uint32_t height, std::uint32_t tile_width, std::uint32_t tile_height) {
  return {gpu::divide_up(width, tile_width), gpu::divide_up(height, tile_height)};
}

}  // namespace

Figures PendingFigures::get() const {
  read_.wait();
  const auto& record = read_.as<interop::ComparisonRecord>().front();
  const double pixels = double(width_) * height_;
  Figures figures;
  figures.mse_rgb = sum_of(record, interop::sum_of_squares_rgb) / (3 * pixels);
  figures.psnr_rgb_db = psnr_from_mse(figures.mse_rgb);
  figures.mse_alpha = sum_of(record, interop::sum_of_squares_alpha) / pixels;
  figures.psnr_alpha_db = psnr_from_mse(figures.mse_alpha);
  figures.max_error = record.largest_difference / 255.0;
  const double windows = double(windows_along(width_)) * windows_along(height_);
  if (with_ssim_ && windows > 0)
    figures.ssim = sum_of(record, interop::sum_of_ssim) / interop::ssim_fixed_point / windows - 1;
  return figures;
}

struct Comparison::State {
  explicit State(gpu::Device& device)
      : error(device, comparing_kernel("metrics/error.comp")),
        ssim(device, comparing_kernel("metrics/ssim.comp")),
        record(device, sizeof(interop::ComparisonRecord), "comparison record") {}

  gpu::Kernel error, ssim;
  gpu::Buffer record;  // one for all: recordings run in the order of submission, and each reads before the next fills
};

Comparison::Comparison(gpu::Device& device) : state_(std::make_unique<State>(device)) {}
Comparison::~Comparison() = default;

bool Comparison::ready() const { return state_->error.ready() && state_->ssim.ready(); }

PendingFigures Comparison::record(gpu::Recorder& recorder, const gpu::Texture& source, const gpu::Texture& decoded,
                                  bool with_ssim) {
  if (source.width() != decoded.width() || source.height() != decoded.height())
    throw std::invalid_argument("metrics::Comparison: the pictures differ in size");
  const std::uint32_t width = source.width(), height = source.height();
  const interop::ComparisonPush push{state_->record.address(), {width, height}};
  const std::uint32_t across = windows_along(width), down = windows_along(height);

  recorder.begin_pass("error");
  recorder.fill(state_->record, 0);
  recorder.dispatch(state_->error, push, {&source, &decoded},
                    groups_for(width, height, interop::error_tile_side, interop::error_tile_side));
  if (with_ssim && across > 0 && down > 0) {
    recorder.begin_pass("ssim");
    recorder.dispatch(state_->ssim, push, {&source, &decoded},
                      groups_for(across, down, interop::ssim_tile_width, interop::ssim_tile_height));
  }
  recorder.end_pass();

  PendingFigures figures;
  figures.read_ = recorder.read(state_->record, 0, sizeof(interop::ComparisonRecord));
  figures.width_ = width;
  figures.height_ = height;
  figures.with_ssim_ = with_ssim;
  return figures;
}

}  // namespace txs::metrics
