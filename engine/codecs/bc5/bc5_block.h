#pragma once
#include <cstddef>
#include <span>

#include "block/format.h"
#include "block/whole_texture.h"
#include "codec/encoded_texture.h"

/// BC5 blocks on the CPU, after the Khronos Data Format Specification 1.4, section 19.
namespace txs::bc5 {

/// Red and green as the source's bytes have them (of snorm, byte v is v / 255 * 2 - 1), 0, 255.
block::Texels decode_block(std::span<const std::byte> block, bool is_signed);

/// `texture_format`: bc5_unorm or bc5_snorm.
block::Format format(codec::TextureFormat texture_format);

}  // namespace txs::bc5
