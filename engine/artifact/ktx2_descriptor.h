#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "codec/encoded_texture.h"

/// How KTX2 files name their formats: by VkFormat, and again by the data format descriptor.
namespace txs::artifact {

std::uint32_t vk_format_of(const codec::EncodedTexture& texture);

struct VkMeaning {
  codec::TextureFormat format;
  bool opaque;  ///< BC1_RGB: its 3-colour blocks have black where those of BC1_RGBA are transparent
};
/// Refuses what is none of ours.
VkMeaning meaning_of_vk_format(std::uint32_t vk_format, std::string_view name);

/// The descriptor of a texture as a file holds it, its total size first.
std::vector<std::byte> descriptor_of(const codec::EncodedTexture& texture);

/// Whether the colour of a descriptor's texture is multiplied by its alpha. Refuses one that contradicts the format.
bool read_premultiplied(std::span<const std::byte> descriptor, codec::TextureFormat format, std::string_view name);

}  // namespace txs::artifact
