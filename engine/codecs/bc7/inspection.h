#pragma once
#include <cstdint>

#include "codec/inspection.h"
#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/settings.h"
#include "image/image.h"

namespace txs::bc7 {

/// What the bits of block (x, y) say, against the picture. Without a search.
codec::BlockInspection inspect_bits(BlockBytes bytes, const Rgba8Image& picture, std::uint32_t x, std::uint32_t y);

/// Adds the search that the kernel wrote down.
void add_search(codec::BlockInspection& inspection, const interop::Bc7Trace& trace, const Settings& settings);

}  // namespace txs::bc7
