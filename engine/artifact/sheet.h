#pragma once
#include <string>
#include <vector>

#include "artifact/report.h"
#include "image/image.h"

namespace txs::artifact {

struct SheetPanel {
  std::string title;
  Rgba8Image picture;  ///< at full resolution; all panels of one sheet are equally large
};

/// A comparison sheet: the panels in a row (or 2 x 2 where a row would be wider than 8192), each with its title, over a
/// caption strip that says image, codec, parameters, size, bpp, PSNR, SSIM, max error, device and seed. Text wraps and the sheet grows
/// so that nothing is clipped, however small the picture.
Rgba8Image compose_sheet(const std::vector<SheetPanel>& panels, const ResultRecord& record);

}  // namespace txs::artifact
