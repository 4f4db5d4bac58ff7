// Writes what bc_blocks.py compares: a million random blocks of a format, and their texels after our decoder. Of all blocks
// one in eight has equal endpoints, which random ones almost never have.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string_view>

#include "../support/random_texture.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

constexpr std::uint32_t side = 4000;

codec::TextureFormat format_called(std::string_view name) {
  for (const codec::TextureFormat format : test::bc_formats)
    if (codec::traits(format).name == name) return format;
  throw Error(Fault::usage, std::string(name) + ": is no block-compressed format");
}

/// Where endpoints stand: two of 16 bits at the start of a colour block, two of 8 at that of an alpha block.
void equal_endpoints(codec::EncodedTexture& texture) {
  const std::size_t block_bytes = codec::traits(texture.format).block_bytes;
  for (std::size_t at = 0; at < texture.blocks.size(); at += 8 * block_bytes)
    for (std::size_t half = at; half < at + block_bytes; half += 8) {
      texture.blocks[half + 1] = texture.blocks[half];
      texture.blocks[half + 2] = texture.blocks[half];
      texture.blocks[half + 3] = texture.blocks[half];
    }
}

void write_samples(const std::filesystem::path& folder, std::string_view name) {
  codec::EncodedTexture texture = test::random_texture(format_called(name), side, side);
  equal_endpoints(texture);
  const codec::CodecKind* reader = codec::find_reader(texture);
  if (reader == nullptr) throw Error(Fault::internal, "no codec reads " + std::string(name));
  const Rgba8Image decoded = reader->decode_on_cpu(texture);
  write_file(folder / "random.blocks", texture.blocks);
  write_file(folder / "random.rgba", std::as_bytes(std::span(decoded.texels)));
}

}  // namespace
}  // namespace txs

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bc_samples FOLDER FORMAT\n");
    return 2;
  }
  try {
    txs::write_samples(argv[1], argv[2]);
  } catch (const txs::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.fault());
  }
}
