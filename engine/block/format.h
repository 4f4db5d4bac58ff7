#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "block/whole_texture.h"
#include "codec/codec.h"
#include "shaders/interop/block.h"

/// What the block codecs share: bits on the GPU, what can be seen of them, files' bits, and searches that go in stages.
/// A codec gives a Format and a Search (search_encode.h); nothing here knows any format.
namespace txs::block {

/// A block format, in one of its texture formats (of BC4, unorm or snorm).
struct Format {
  std::string_view name;        ///< "BC7": of buffers and in messages
  codec::TextureFormat format;  ///< of the texture that is made or was read

  /// One invocation a block; takes BlockDecodePush. Binding 0: rgba8 target (rgba16f if traits(format).hdr).
  std::string_view decode_shader;
  std::vector<std::uint32_t> constants;    ///< specialisation constants of the decode and view kernels
  std::span<const std::byte> tables = {};  ///< of static life, a multiple of 4 bytes

  /// The CPU reference of blocks of 4x4 texels, row-major.
  std::function<Texels(std::span<const std::byte> block)> decode_block = {};

  /// What of the bits is drawn as maps: views without textures, in the order of the kernel's bindings.
  std::string_view view_shader = {};
  std::vector<codec::View> views = {};

  /// The size table's parts of these blocks; they sum to all bits.
  std::function<std::vector<codec::BitPart>(std::span<const std::byte> blocks)> count_bits;
  /// What the inspector shows of a block's bits, without its search.
  std::function<codec::BlockInspection(std::span<const std::byte> bits, const codec::Source& source,
                                       std::uint32_t block_x, std::uint32_t block_y)>
      inspect;

  std::uint32_t block_bytes() const { return codec::traits(format).block_bytes; }
};

/// A view of one texel a block, to be completed with id, title, help and scale.
codec::View map_of_blocks(std::string id, std::string title, std::string help);
/// The same of named values.
codec::View map_of_blocks(std::string id, std::string title, std::string help, std::vector<std::string> categories);

}  // namespace txs::block
