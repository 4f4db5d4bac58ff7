#pragma once
#include <cstddef>
#include <span>

#include "block/search_encode.h"
#include "codec/inspection.h"
#include "codecs/astc/astc_block.h"

namespace txs::astc {

/// Lets a ranked search, whose stages are listed, tell the inspector of the ways to store a block that it has looked at. What
/// it tells of its records stays.
void trace_candidates(block::Search& search, const Footprint& footprint);

/// Those of a trace (interop::AstcSearchTrace), in the order in which they are tried. A way whose error is still its estimate
/// was not tried.
void add_candidates(codec::BlockInspection& inspection, std::span<const std::byte> trace, const Footprint& footprint);

}  // namespace txs::astc
