#pragma once
#include <vector>

#include "image/image.h"

namespace txs::app {

/// The program's icon, in the sizes it was drawn in.
std::vector<Rgba8Image> program_icons();

}  // namespace txs::app
