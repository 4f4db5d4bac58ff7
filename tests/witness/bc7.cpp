// Writes what bc7.py compares: a million random BC7 blocks of all modes and their texels after our decoder.
#include <cstdio>
#include <filesystem>
#include <span>

#include "../support/bc7_random_blocks.h"
#include "codecs/bc7/bc7_block.h"
#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

constexpr std::uint32_t side = 4000;

void write_samples(const std::filesystem::path& folder) {
  codec::EncodedTexture texture;
  texture.width = texture.height = side;
  texture.blocks = test::random_bc7_blocks(codec::payload_bytes(texture.format, side, side) / bc7::block_bytes, 23);
  const Rgba8Image decoded = bc7::decode_image(texture);
  write_file(folder / "random.blocks", texture.blocks);
  write_file(folder / "random.rgba", std::as_bytes(std::span(decoded.texels)));
}

}  // namespace
}  // namespace txs

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bc7_samples FOLDER\n");
    return 2;
  }
  try {
    txs::write_samples(argv[1]);
  } catch (const txs::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.fault());
  }
}
