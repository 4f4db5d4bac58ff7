#pragma once
#include <span>
#include <string>
#include <vector>

#include "artifact/report.h"
#include "image/image.h"

namespace txs::artifact {

/// How one run went, under the name that tells it from the others.
struct Curve {
  std::string label;
  std::vector<HistoryPoint> points;  ///< in the order of their steps
  metrics::Measure measure = metrics::Measure::rgb;  ///< what its decibels are of
};

/// All points as CSV after RFC 4180: `run,step,seconds,psnr_db,loss,learning_rate,measure`, then a line a point, run
/// after run; `measure` is the name of what psnr_db is of ("PSNR RGB", "mPSNR").
/// Numbers in the shortest form that reads back the same, in any locale; "inf" and "nan" for those; what a point lacks
/// is an empty field.
std::string write_curves_csv(std::span<const Curve> curves);

struct CurvePlot {
  enum class Axis { steps, seconds };
  std::string title;  ///< above the plots; may be empty
  Axis axis = Axis::steps;
  bool loss = true;                ///< below the PSNR, on a logarithmic axis, where a run has any
  int width = 1200, height = 800;  ///< pixels, from 480 x 320 on; text and lines double at twice the default, and so on
};

/// The curves as a picture for papers and slides: PSNR and loss over common steps or seconds, and a legend with each
/// run's last PSNR, of any number of runs. Eight hues, then the same ones dashed. What is infinite, NaN, or no loss at
/// all (0 or less) is left out. Nothing is clipped: a legend that leaves the plots too little room makes the picture
/// higher than asked. The result is opaque. Throws Error(usage) for a size that is too small or larger than an image
/// may be, Error(internal) if the font is not installed.
Rgba8Image draw_curves(std::span<const Curve> curves, const CurvePlot& settings);

}  // namespace txs::artifact
