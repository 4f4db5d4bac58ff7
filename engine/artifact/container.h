#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/encoded.h"

namespace txs::artifact {

/// DDS with the DX10 header (Microsoft, "Programming Guide for DDS"), which says of every format what it is and what its
/// alpha means. Room for provenance is scarce there: only the writer's mark and version are kept, in reserved words.
std::vector<std::byte> write_dds(const codec::EncodedTexture& texture);
/// KTX 2.0 (Khronos, "KTX File Format Specification 2.0"); the provenance as key/value data. An opaque BC1 texture is
/// written as BC1_RGB, any other as BC1_RGBA.
std::vector<std::byte> write_ktx2(const codec::EncodedTexture& texture);
/// The .astc file of ASTC formats: one level, no colour space, no range, no provenance. Throws Error(usage) for other formats and for
/// mip chains.
std::vector<std::byte> write_astc(const codec::EncodedTexture& texture);

/// What a file of this ending (".dds", ".ktx2", ".astc") takes around the blocks of a texture of this format, size and
/// provenance with so many levels; its blocks are not looked at.
std::uint64_t header_bytes(std::string_view ending, const codec::EncodedTexture& shape, std::uint32_t levels = 1);
/// The whole file.
std::uint64_t file_bytes(std::string_view ending, const codec::EncodedTexture& shape, std::uint32_t levels);
/// "DDS header".
std::string_view header_name(std::string_view ending);

/// Reads these and network files (network_file.h), told apart by their magic, with their mip levels; of DDS also what has
/// the old header (DXT1, DXT4, DXT5, ATI1, ATI2 and their other names). Alpha is taken as straight unless the file says
/// that it is opaque or premultiplied. Throws Error(input), one line with `name`: none of them, truncated, a format or a
/// shape (arrays, cube maps, volumes, supercompression) not read yet, or larger than an image may be. Allocates no more
/// than about the size of a texture's file; of a network's, what network_file.h says.
codec::Encoded read_container(std::span<const std::byte> bytes, std::string_view name);
codec::Encoded load_container(const std::filesystem::path& path);

/// Writes by extension, whole or not at all: textures as .dds, .ktx2 or .astc, networks as .txs. Throws Error(usage) for
/// another extension, Error(internal) if the file cannot be written.
void save_container(const std::filesystem::path& path, const codec::Encoded& encoded);

/// How the names of the files end that hold what a codec of these texture formats makes (networks have none); the first
/// is what is written where none is asked for.
std::span<const std::string_view> container_endings(std::span<const codec::TextureFormat> formats);
/// All of them: ".dds or .ktx2".
std::string container_endings_text(std::span<const codec::TextureFormat> formats);
/// Whether such files may have mip levels.
bool holds_levels(std::string_view ending);

/// True if the file name ends in .dds, .ktx2, .astc or .txs, in any case.
bool has_container_extension(const std::filesystem::path& path);

}  // namespace txs::artifact
