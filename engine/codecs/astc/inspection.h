#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "codec/encoded_texture.h"
#include "codec/inspection.h"
#include "codecs/astc/astc_block.h"
#include "image/image.h"

namespace txs::astc {

/// What the inspector shows of a block's bits. `x`, `y` in blocks.
codec::BlockInspection inspect(BlockBytes bytes, codec::TextureFormat format, const Rgba8Image& picture, std::uint32_t x,
                               std::uint32_t y);

/// The part of it that takes the bits alone: mode, fields, and of each texel its line and its weight.
void describe(codec::BlockInspection& inspection, BlockBytes bytes, const Block& block, const Footprint& footprint);

/// The lines of the block, each from what `line_between` makes of a partition's ends: none of those that decode to the error
/// colour. With two planes the channel that has its own weights has lines of its own behind the others.
void add_lines(codec::BlockInspection& inspection, const Block& block, const Footprint& footprint,
               const std::function<codec::Subset(const std::optional<Endpoints>& ends)>& line_between);

/// What a search made of the block; `record` begins with its interop::AstcRecord.
void add_gains(codec::BlockInspection& inspection, std::span<const std::byte> record);

/// The fields in the order of their bits; they tile all 128.
std::vector<codec::BitField> bit_fields(BlockBytes bytes, const Block& block);

}  // namespace txs::astc
