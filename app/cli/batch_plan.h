#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "cli/run_options.h"

namespace txs::app {

/// One picture of a batch and the files that it becomes: OUT_DIR/NAME.FORMAT, and beside it NAME.json, NAME.sheet.png,
/// NAME.decoded.png (of light .exr), NAME.curves.csv as they are asked for. NAME is that of the picture without its extension.
struct BatchJob {
  std::filesystem::path image;
  KeptFiles keep;
};

/// How the files of a batch end.
struct BatchEndings {
  std::string_view format = "dds", decoded = "png";
};

/// The pictures that `options` names: files as they are, folders by the images right inside them, by name. A file that is
/// not there is left for its turn to fail. Throws Error(usage) where two of them would have one name, a picture would be
/// replaced, or a folder is both read and written, so that a second run would take up what the first one made;
/// Error(input) for a folder without images.
std::vector<BatchJob> plan_batch(const RunOptions& options, const BatchEndings& endings);

}  // namespace txs::app
