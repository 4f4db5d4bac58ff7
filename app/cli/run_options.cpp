#include "cli/run_options.h"

namespace txs::app {

std::vector<KeptFile> kept_files(const KeptFiles& files) {
  return {{&files.artifact, "--out"},     {&files.checkpoint, "--checkpoint"}, {&files.latents, "--latents"},
          {&files.decoded, "--decoded"},  {&files.sheet, "--sheet"},           {&files.report, "--report"},
          {&files.curves, "--curves"}};
}

}  // namespace txs::app
