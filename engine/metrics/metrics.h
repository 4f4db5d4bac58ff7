#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "image/image.h"

namespace txs::metrics {

/// What a PSNR is of.
enum class Measure {
  red,        ///< "PSNR R": stored 8-bit red
  red_green,  ///< "PSNR RG": stored 8-bit red and green
  rgb,        ///< "PSNR RGB": stored 8-bit red, green and blue
  light,      ///< "mPSNR": linear half floats, tone-mapped at many exposures
};

/// Of what a codec encodes (codec::CodecKind): 1 red, 2 red and green, else RGB.
constexpr Measure measure_of(std::uint32_t channels, bool hdr) {
  if (hdr) return Measure::light;
  return channels == 1 ? Measure::red : channels == 2 ? Measure::red_green : Measure::rgb;
}

std::string_view psnr_name(Measure measure);   ///< "PSNR RGB"
std::string_view error_name(Measure measure);  ///< of max_error: "max error"
/// How the figures of a measure are defined, one line for a tooltip or a report.
std::string_view definition(Measure measure);

/// Between the normals that two channels hold, x = 2 r - 1, y = 2 g - 1 and z = sqrt(1 - x^2 - y^2) (0 where that is
/// negative), made unit vectors.
struct AngularError {
  double mean_degrees = 0, max_degrees = 0;
};

/// How near a decoded picture is to its source.
///
/// 8 bits: PSNR = 10 log10(255^2 / MSE) over all texels and the measure's channels as stored (no colour conversion),
/// infinity when they are equal; alpha apart.
///
/// Light: mPSNR after Munkberg, Clarberg, Hasselgren, Akenine-Moeller 2006, "High Dynamic Range Texture Compression for
/// Graphics Hardware", as astcenc computes it: the same formula, with the MSE over all texels, R, G and B, and the 21
/// exposures s = -10 .. +10 of 255 min(1, (2^s v)^(1/2.2)), without rounding. Negative v count as 0 there. RMSLE is the
/// root of the mean of (f(a) - f(b))^2 over texels and R, G, B with f(v) = ln(1 + v), and -ln(1 - v) for negative v.
struct Figures {
  Measure measure = Measure::rgb;
  double mse = 0;      ///< 8-bit units; of light: of the tone-mapped values
  double psnr_db = 0;  ///< the main figure: what curves show and codecs are compared by
  double mse_alpha = 0;
  double psnr_alpha_db = 0;  ///< of Measure::rgb; infinity else
  /// Of 8 bits: the largest difference in [0, 1] in the measure's channels, and in alpha with RGB. Of light: the largest
  /// |f(a) - f(b)|, see RMSLE.
  double max_error = 0;
  std::optional<double> ssim;  ///< on luma, or on red alone, see below; absent if not asked for, for red_green and
                               ///< light, and where a side is below 11 texels
  std::optional<double> rmsle;          ///< of light
  std::optional<AngularError> angular;  ///< of red_green
};

inline constexpr int first_exposure = -10, last_exposure = 10;

double psnr_from_mse(double mse);

/// The CPU references. They throw Error(input) if the pictures differ in size.
Figures compare(const Rgba8Image& source, const Rgba8Image& decoded, bool with_ssim = true,
                Measure measure = Measure::rgb);
Figures compare(const Rgba16fImage& source, const Rgba16fImage& decoded);  ///< Measure::light

/// SSIM after Wang, Bovik, Sheikh, Simoncelli 2004: 11x11 Gaussian window, sigma 1.5, K1 0.01, K2 0.03, L 255, on luma
/// Y = 0.299 R + 0.587 G + 0.114 B of the stored values, or on R (Measure::red); mean over all windows that lie wholly
/// inside.
std::optional<double> ssim(const Rgba8Image& source, const Rgba8Image& decoded, Measure measure = Measure::rgb);

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
  Measure measure_ = Measure::rgb;
  bool with_ssim_ = false;
};

/// The GPU passes: squared errors of 8 bits summed exactly in integers up to 16384 x 16384, the largest error; in float
/// SSIM (within 1e-4 of the reference), angles (0.01 degrees), and over a thousand texels and more mPSNR (0.01 dB) and
/// RMSLE (1e-3 of it). The same bits in every run on one device. Holds 56 bytes there, whatever the size.
class Comparison {
 public:
  explicit Comparison(gpu::Device& device);
  ~Comparison();
  bool ready() const;
  /// Both of one size (throws std::invalid_argument), rgba8, or rgba16f for Measure::light. Records one or two
  /// dispatches and a small read.
  PendingFigures record(gpu::Recorder& recorder, const gpu::Texture& source, const gpu::Texture& decoded, bool with_ssim,
                        Measure measure = Measure::rgb);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace txs::metrics
