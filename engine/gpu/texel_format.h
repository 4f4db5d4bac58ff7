#pragma once
#include <vulkan/vulkan.hpp>

#include <cstdint>

#include "gpu/resources.h"

namespace txs::gpu {

/// How a texture's texels lie in memory: rows of square blocks (of one texel unless block-compressed), tightly packed.
struct TexelFormat {
  vk::Format vulkan;
  std::uint32_t block;  ///< texels on a side
  std::uint32_t block_bytes;

  std::uint32_t block_rows(std::uint32_t height) const { return (height + block - 1) / block; }
  std::uint64_t row_bytes(std::uint32_t width) const {
    return std::uint64_t((width + block - 1) / block) * block_bytes;
  }
  std::uint64_t bytes(std::uint32_t width, std::uint32_t height) const { return row_bytes(width) * block_rows(height); }
};

constexpr TexelFormat texel_format(Format format) {
  switch (format) {
    case Format::rgba8: return {vk::Format::eR8G8B8A8Unorm, 1, 4};
    case Format::rgba16f: return {vk::Format::eR16G16B16A16Sfloat, 1, 8};
    case Format::r32f: return {vk::Format::eR32Sfloat, 1, 4};
    case Format::rgba32f: return {vk::Format::eR32G32B32A32Sfloat, 1, 16};
    case Format::r8: return {vk::Format::eR8Unorm, 1, 1};
    case Format::r32u: return {vk::Format::eR32Uint, 1, 4};
    case Format::rgba32u: return {vk::Format::eR32G32B32A32Uint, 1, 16};
    case Format::bc1: return {vk::Format::eBc1RgbaUnormBlock, 4, 8};
    case Format::bc3: return {vk::Format::eBc3UnormBlock, 4, 16};
    case Format::bc4: return {vk::Format::eBc4UnormBlock, 4, 8};
    case Format::bc4_snorm: return {vk::Format::eBc4SnormBlock, 4, 8};
    case Format::bc5: return {vk::Format::eBc5UnormBlock, 4, 16};
    case Format::bc5_snorm: return {vk::Format::eBc5SnormBlock, 4, 16};
    case Format::bc6h_ufloat: return {vk::Format::eBc6HUfloatBlock, 4, 16};
    case Format::bc6h_sfloat: return {vk::Format::eBc6HSfloatBlock, 4, 16};
    case Format::bc7: return {vk::Format::eBc7UnormBlock, 4, 16};
  }
  return {};
}

constexpr bool is_block_compressed(Format format) { return texel_format(format).block > 1; }

}  // namespace txs::gpu
