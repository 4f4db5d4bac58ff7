#include "artifact/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "artifact/container_parts.h"
#include "artifact/network_file.h"
#include "core/error.h"
#include "core/files.h"
#include "image/image.h"

namespace txs::artifact {
namespace {

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

}  // namespace

void refuse(std::string_view name, const std::string& what) {
  throw Error(Fault::input, fmt::format("{}: {}", name, what));
}

void check_size(std::uint32_t width, std::uint32_t height, std::string_view name) {
  if (width == 0 || height == 0)
    refuse(name, fmt::format("is {} x {} texels; at least 1 x 1 are needed", width, height));
  const bool too_long = std::max(width, height) > std::uint32_t(max_image_side);
  if (too_long || std::uint64_t(width) * height > max_image_pixels) {
    refuse(name, fmt::format("is {} x {} texels; at most {} a side and {} in all are read", width, height,
                             max_image_side, max_image_pixels));
  }
}

void check_level_count(std::uint32_t levels, std::uint32_t width, std::uint32_t height, std::string_view name) {
  const std::uint32_t most = codec::full_level_count(width, height);
  if (levels > most) {
    refuse(name, fmt::format("claims {} mip levels; {} x {} texels have at most {}", levels, width, height, most));
  }
}

std::span<const std::byte> part(std::span<const std::byte> file, std::uint64_t offset, std::uint64_t size,
                                std::string_view what, std::string_view name) {
  if (offset > file.size() || size > file.size() - offset) {
    refuse(name, fmt::format("is cut off: its {} should fill {} bytes from byte {} on, the file has {}", what, size, offset,
                             file.size()));
  }
  return file.subspan(offset, size);
}

std::uint64_t level_bytes(const codec::EncodedTexture& texture, std::uint32_t level) {
  return codec::payload_bytes(texture.format, codec::level_side(texture.width, level),
                              codec::level_side(texture.height, level));
}

std::uint64_t chain_bytes(const codec::EncodedTexture& texture, std::uint32_t levels) {
  std::uint64_t bytes = 0;
  for (std::uint32_t level = 0; level < levels; ++level) bytes += level_bytes(texture, level);
  return bytes;
}

void add_level(codec::EncodedTexture& texture, std::span<const std::byte> blocks) {
  auto& level = texture.blocks.empty() ? texture.blocks : texture.mips.emplace_back();
  level.assign(blocks.begin(), blocks.end());
}

bool is_whole(const codec::EncodedTexture& texture) {
  const std::uint32_t levels = codec::level_count(texture);
  if (levels > codec::full_level_count(texture.width, texture.height)) return false;
  for (std::uint32_t level = 0; level < levels; ++level)
    if (codec::level_blocks(texture, level).size() != level_bytes(texture, level)) return false;
  return true;
}

codec::Encoded read_container(std::span<const std::byte> bytes, std::string_view name) {
  if (is_dds(bytes)) return read_dds(bytes, name);
  if (is_ktx2(bytes)) return read_ktx2(bytes, name);
  if (is_astc_file(bytes)) return read_astc(bytes, name);
  if (is_network(bytes)) return read_network(bytes, name);
  refuse(name, "is no DDS, KTX2, .astc or .txs file (no such magic bytes are at its start)");
}

codec::Encoded load_container(const std::filesystem::path& path) {
  return read_container(read_file(path), path.string());
}

void save_container(const std::filesystem::path& path, const codec::Encoded& encoded) {
  const std::string extension = lower_extension(path);
  const auto* texture = std::get_if<codec::EncodedTexture>(&encoded);
  const auto* network = std::get_if<codec::EncodedNetwork>(&encoded);
  if (texture != nullptr && extension == ".dds") return write_file(path, write_dds(*texture));
  if (texture != nullptr && extension == ".ktx2") return write_file(path, write_ktx2(*texture));
  if (texture != nullptr && extension == ".astc") return write_file(path, write_astc(*texture));
  if (network != nullptr && extension == ".txs") return write_file(path, write_network(*network));
  std::vector<codec::TextureFormat> formats;
  if (texture != nullptr) formats.push_back(texture->format);
  throw Error(Fault::usage, fmt::format("{}: no container is called '{}'; give {}", path.string(), extension,
                                        container_endings_text(formats)));
}

std::uint64_t header_bytes(std::string_view ending, const codec::EncodedTexture& shape, std::uint32_t levels) {
  if (ending == ".ktx2") return ktx2_header_bytes(shape, levels);
  return ending == ".astc" ? astc_header_bytes : dds_header_bytes;
}

std::uint64_t file_bytes(std::string_view ending, const codec::EncodedTexture& shape, std::uint32_t levels) {
  return header_bytes(ending, shape, levels) + chain_bytes(shape, levels);
}

std::string_view header_name(std::string_view ending) {
  return ending == ".ktx2" ? "KTX2 header" : ending == ".astc" ? ".astc header" : "DDS header";
}

std::span<const std::string_view> container_endings(std::span<const codec::TextureFormat> formats) {
  static constexpr std::array<std::string_view, 1> of_networks{".txs"};
  static constexpr std::array<std::string_view, 2> of_astc{".astc", ".ktx2"}, of_blocks{".dds", ".ktx2"};
  if (formats.empty()) return of_networks;
  return codec::is_astc(formats.front()) ? of_astc : of_blocks;
}

std::string container_endings_text(std::span<const codec::TextureFormat> formats) {
  return fmt::format("{}", fmt::join(container_endings(formats), " or "));
}

bool holds_levels(std::string_view ending) { return ending == ".dds" || ending == ".ktx2"; }

bool has_container_extension(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  return extension == ".dds" || extension == ".ktx2" || extension == ".astc" || extension == ".txs";
}

}  // namespace txs::artifact
