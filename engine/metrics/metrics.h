#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "image/image.h"

namespace txs::metrics {

/// How near a decoded 8-bit picture is to its source. PSNR = 10 log10(255^2 / MSE) over all texels and the three colour
/// channels as stored (no colour conversion); infinity when they are equal. Alpha apart.
struct Figures {
  double mse_rgb = 0;     ///< 8-bit units
  double psnr_rgb_db = 0;
  double mse_alpha = 0;
  double psnr_alpha_db = 0;
  double max_error = 0;   ///< largest difference of any of R, G, B, A in [0, 1]
  std::optional<double> ssim;  ///< on luma, see below; absent if not asked for, or where a side is below 11 texels
};

double psnr_from_mse(double mse);

/// The CPU reference. Throws Error(input) if the pictures differ in size.
Figures compare(const Rgba8Image& source, const Rgba8Image& decoded, bool with_ssim = true);

/// SSIM after Wang, Bovik, Sheikh, Simoncelli 2004: 11x11 Gaussian window, sigma 1.5, K1 0.01, K2 0.03, L 255, on luma
/// Y = 0.299 R + 0.587 G + 0.114 B of the stored values; mean over all windows that lie wholly inside.
std::optional<double> ssim(const Rgba8Image& source, const Rgba8Image& decoded);

/// A comparison on its way from the device.
class PendingFigures {
 public:
  explicit operator bool() const { return static_cast<bool>(read_); }
  bool ready() const { return read_.ready(); }
  Figures get() const;  ///< waits if it must

 private:
  friend class Comparison;
  gpu::PendingRead read_;
  std::uint32_t width_ = 0, height_ = 0;
  bool with_ssim_ = false;
};

/// The GPU passes: squared errors summed exactly in integers up to 16384 x 16384, the largest error, and SSIM in float
/// (within 1e-4 of the reference). The same bits in every run on one device. Holds 32 bytes there, whatever the size.
class Comparison {
 public:
  explicit Comparison(gpu::Device& device);
  ~Comparison();
  bool ready() const;
  /// Both rgba8, of one size (throws std::invalid_argument). Records two dispatches and a small read.
  PendingFigures record(gpu::Recorder& recorder, const gpu::Texture& source, const gpu::Texture& decoded,
                        bool with_ssim);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace txs::metrics
