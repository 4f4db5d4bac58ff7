#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/encoded_texture.h"
#include "codec/inspection.h"
#include "image/image.h"

namespace txs::block {

/// What can be said of any block of a texture format: its place (in blocks), bits, texels, and the squared error in the
/// first `channels` channels of those in the picture. `decoded` has the texels of a block, row-major.
codec::BlockInspection begin_inspection(const codec::FormatTraits& traits, std::span<const std::byte> bits,
                                        const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y,
                                        std::span<const codec::Texel> decoded, std::uint32_t channels);

codec::Colour colour_of(const codec::Texel& texel);

}  // namespace txs::block
