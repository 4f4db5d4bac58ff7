#pragma once
#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

/// A step of a block's search on the way to its bits.
struct GainStep {
  std::string name;
  double db = 0;      ///< PSNR of the block after it; infinite where nothing is wrong any more
  double gained = 0;  ///< dB more than after the step before; of the first one 0
};

/// `samples`: texels times channels, that the squared errors are sums over.
std::vector<GainStep> gain_steps(std::span<const codec::Gain> gains, double samples);

/// A row a step: its name, a bar from the PSNR before it to the one after it, what it gained, and with `with_psnr` where
/// that leads.
void draw_gain_steps(const char* id, float width, std::span<const GainStep> steps, bool with_psnr);

}  // namespace txs::app
