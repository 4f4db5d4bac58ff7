#pragma once
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "codec/encoded_texture.h"

/// What the container formats share; for the files of this folder alone.
namespace txs::artifact {

static_assert(std::endian::native == std::endian::little,
              "DDS and KTX2 are little endian; their structs are copied as they are");

/// True if the file starts with the format's magic bytes.
bool is_dds(std::span<const std::byte> bytes);
bool is_ktx2(std::span<const std::byte> bytes);
codec::EncodedTexture read_dds(std::span<const std::byte> bytes, std::string_view name);
codec::EncodedTexture read_ktx2(std::span<const std::byte> bytes, std::string_view name);
std::uint64_t ktx2_header_bytes(const codec::EncodedTexture& shape, std::uint32_t levels);
extern const std::uint64_t dds_header_bytes, astc_header_bytes;
bool is_astc_file(std::span<const std::byte> bytes);
codec::EncodedTexture read_astc(std::span<const std::byte> bytes, std::string_view name);

/// Throws Error(input): "NAME: WHAT".
[[noreturn]] void refuse(std::string_view name, const std::string& what);

/// Refuses sides of 0, or beyond what an image may have.
void check_size(std::uint32_t width, std::uint32_t height, std::string_view name);

/// Refuses more mip levels than halving the longer side down to 1 gives.
void check_level_count(std::uint32_t levels, std::uint32_t width, std::uint32_t height, std::string_view name);

/// The bytes [offset, offset + size), or a refusal that says what was cut off.
std::span<const std::byte> part(std::span<const std::byte> file, std::uint64_t offset, std::uint64_t size,
                                std::string_view what, std::string_view name);

/// Bytes of the blocks of mip level `level` of a texture with these format and sides, and of the first `levels` levels.
std::uint64_t level_bytes(const codec::EncodedTexture& texture, std::uint32_t level);
std::uint64_t chain_bytes(const codec::EncodedTexture& texture, std::uint32_t levels);

/// Puts the blocks of the next level into a texture whose levels are given in order, level 0 first.
void add_level(codec::EncodedTexture& texture, std::span<const std::byte> blocks);

/// Whether every level is there in the size that it has by the sides of level 0: what may be written.
bool is_whole(const codec::EncodedTexture& texture);

/// A struct that mirrors a file's layout, out of bytes that are known to hold it.
template <typename Layout>
Layout read_as(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<Layout>);
  assert(bytes.size() >= sizeof(Layout));
  Layout layout;
  std::memcpy(&layout, bytes.data(), sizeof(Layout));
  return layout;
}

template <typename Layout>
void append(std::vector<std::byte>& bytes, const Layout& layout) {
  static_assert(std::has_unique_object_representations_v<Layout>, "no padding goes into a file");
  const std::size_t end = bytes.size();
  bytes.resize(end + sizeof(Layout));
  std::memcpy(bytes.data() + end, &layout, sizeof(Layout));
}

inline void append_bytes(std::vector<std::byte>& bytes, std::span<const std::byte> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

}  // namespace txs::artifact
