#pragma once
#include <cstddef>
#include <span>

#include "block/format.h"
#include "block/whole_texture.h"
#include "codec/encoded_texture.h"
#include "codec/inspection.h"

/// BC1 blocks on the CPU, after the Khronos Data Format Specification 1.4, section 18.
namespace txs::bc1 {

inline constexpr std::size_t block_bytes = 8;

block::Texels decode_block(std::span<const std::byte> block);

/// `texture_format`: bc1_unorm or bc1_srgb.
block::Format format(codec::TextureFormat texture_format);

}  // namespace txs::bc1
