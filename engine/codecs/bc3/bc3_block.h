#pragma once
#include <cstddef>
#include <span>

#include "block/format.h"
#include "block/whole_texture.h"
#include "codec/encoded_texture.h"

/// BC3 blocks on the CPU, after the Khronos Data Format Specification 1.4, sections 18 and 19.
namespace txs::bc3 {

block::Texels decode_block(std::span<const std::byte> block);

/// `texture_format`: bc3_unorm or bc3_srgb.
block::Format format(codec::TextureFormat texture_format);

}  // namespace txs::bc3
