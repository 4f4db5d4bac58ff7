// Writes textures of random blocks for container.py: NAME.dds and NAME.ktx2 with LEVELS mip levels, NAME.blocks, the blocks
// of all levels, and NAME.rgba, the texels of level 0 after our own decoder (not of BC6H, whose texels are no bytes). NAME
// is WIDTHxHEIGHTxLEVELS-FORMAT.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <random>
#include <span>

#include "../support/bc7_random_blocks.h"
#include "../support/random_texture.h"
#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {
using codec::TextureFormat;

/// Of the modes 0 to 7 in turn. Reserved blocks are left out: Pillow decodes them to opaque black, the specification
/// and we to transparent black.
std::vector<std::byte> bc7_blocks(std::size_t bytes) {
  std::mt19937_64 random(bytes);
  std::vector<std::byte> blocks;
  for (int i = 0; blocks.size() < bytes; ++i) {
    const auto block = test::random_bc7_block(random, i % 8);
    blocks.insert(blocks.end(), block.begin(), block.end());
  }
  return blocks;
}

void write_texels(const std::filesystem::path& path, const codec::EncodedTexture& texture) {
  const codec::CodecKind* reader = codec::find_reader(texture);
  if (reader == nullptr) throw Error(Fault::internal, "no codec reads " + std::string(codec::traits(texture.format).name));
  const Rgba8Image decoded = reader->decode_on_cpu(texture);
  write_file(path, std::as_bytes(std::span(decoded.texels)));
}

void write_sample(const std::filesystem::path& folder, TextureFormat format, std::uint32_t width, std::uint32_t height,
                  std::uint32_t levels) {
  const codec::FormatTraits& traits = codec::traits(format);
  codec::EncodedTexture texture = test::random_texture(format, width, height, levels);
  if (format == TextureFormat::bc7_unorm || format == TextureFormat::bc7_srgb)
    texture.blocks = bc7_blocks(texture.blocks.size());
  texture.provenance = {"bc7", "tinybc", "0.0.1", "a device", {{"init", "principal"}}, 7, 64};

  const auto path = folder / fmt::format("{}x{}x{}-{}", width, height, levels, traits.name);
  artifact::save_container(path.string() + ".dds", texture);
  artifact::save_container(path.string() + ".ktx2", texture);
  std::vector<std::byte> all = texture.blocks;
  for (const auto& level : texture.mips) all.insert(all.end(), level.begin(), level.end());
  write_file(path.string() + ".blocks", all);
  if (!traits.hdr) write_texels(path.string() + ".rgba", texture);
}

}  // namespace
}  // namespace txs

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: container_samples FOLDER\n");
    return 2;
  }
  struct Shape {
    std::uint32_t width, height, levels;
  };
  try {
    for (const auto format : txs::test::bc_formats)
      for (const Shape& shape : {Shape{1, 1, 1}, {4, 4, 3}, {17, 33, 6}, {64, 36, 1}, {250, 131, 4}})
        txs::write_sample(argv[1], format, shape.width, shape.height, shape.levels);
  } catch (const txs::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.fault());
  }
}
