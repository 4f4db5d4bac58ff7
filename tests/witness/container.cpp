// Writes textures of random BC7 blocks for container.py: NAME.dds, NAME.ktx2, NAME.blocks, and NAME.rgba, their texels
// after our own decoder. NAME is WIDTHxHEIGHT-FORMAT.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <random>
#include <span>

#include "../support/bc7_random_blocks.h"
#include "artifact/container.h"
#include "codecs/bc7/bc7_block.h"
#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

/// Of the modes 0 to 7 in turn. Reserved blocks are left out: Pillow decodes them to opaque black, the specification
/// and we to transparent black.
std::vector<std::byte> random_blocks(std::size_t count) {
  std::mt19937_64 random(count);
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < count; ++i) {
    const auto block = test::random_bc7_block(random, static_cast<int>(i % 8));
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  return bytes;
}

void write_sample(const std::filesystem::path& folder, codec::TextureFormat format, std::uint32_t width,
                  std::uint32_t height) {
  codec::EncodedTexture texture;
  texture.format = format;
  texture.width = width;
  texture.height = height;
  texture.blocks = random_blocks(codec::payload_bytes(format, width, height) / bc7::block_bytes);
  texture.provenance = {"bc7", "tinybc", "0.0.1", "a device", {{"init", "principal"}}, 7, 64};

  const auto& traits = codec::traits(format);
  const auto path = folder / fmt::format("{}x{}-{}", width, height, traits.name);
  artifact::save_container(path.string() + ".dds", texture);
  artifact::save_container(path.string() + ".ktx2", texture);
  write_file(path.string() + ".blocks", texture.blocks);
  const Rgba8Image decoded = bc7::decode_image(texture);
  write_file(path.string() + ".rgba", std::as_bytes(std::span(decoded.texels)));
}

}  // namespace
}  // namespace txs

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: container_samples FOLDER\n");
    return 2;
  }
  try {
    for (const auto format : {txs::codec::TextureFormat::bc7_unorm, txs::codec::TextureFormat::bc7_srgb}) {
      for (const auto& [width, height] : {std::pair{1u, 1u}, {4u, 4u}, {17u, 33u}, {64u, 36u}, {250u, 131u}}) {
        txs::write_sample(argv[1], format, width, height);
      }
    }
  } catch (const txs::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.fault());
  }
}
