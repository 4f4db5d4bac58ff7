#pragma once
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "codec/encoded_texture.h"

namespace txs::artifact {

/// DDS with the DX10 header (Microsoft, "DDS file layout"): one level, no mips, alpha mode straight or opaque.
std::vector<std::byte> write_dds(const codec::EncodedTexture& texture);
/// KTX 2.0 (Khronos, "KTX File Format Specification 2.0"): one level; the provenance as key/value data.
std::vector<std::byte> write_ktx2(const codec::EncodedTexture& texture);

/// Bytes of the container around the blocks.
std::uint64_t dds_header_bytes();

/// Reads either, told apart by its magic. Throws Error(input), one line with `name`: no DDS or KTX2, truncated, a format or
/// a shape (arrays, cube maps, volumes, supercompression) not read yet, or larger than an image may be. Allocates no more than the file's size.
codec::EncodedTexture read_container(std::span<const std::byte> bytes, std::string_view name);
codec::EncodedTexture load_container(const std::filesystem::path& path);

/// Writes by extension (.dds, .ktx2), whole or not at all. Throws Error(usage) for another extension.
void save_container(const std::filesystem::path& path, const codec::EncodedTexture& texture);

/// True if the file name ends in .dds or .ktx2.
bool has_container_extension(const std::filesystem::path& path);

}  // namespace txs::artifact
