#pragma once
#include <functional>
#include <vector>

#include "block/format.h"

namespace txs::block {

/// Fills in what the kinds of codecs that search in stages have alike: the units of their work, and that they read, adopt and
/// decode textures of `formats`, each as `format_of` describes it; on the CPU, unless the kind is `hdr`, by its decode_block.
/// Describes none of them yet: that may take tables, and kinds are made whenever the program starts.
void complete_kind(codec::CodecKind& kind, std::vector<codec::TextureFormat> formats,
                   std::function<Format(codec::TextureFormat)> format_of);

}  // namespace txs::block
