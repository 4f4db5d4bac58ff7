#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "block/format.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::block {

/// A size in texels and in blocks.
struct Grid {
  std::uint32_t width = 0, height = 0;
  std::uint32_t wide = 0, high = 0;  ///< blocks
  std::uint32_t block_width = 0, block_height = 0;  ///< texels of one

  Grid(std::uint32_t width, std::uint32_t height, const codec::FormatTraits& traits);
  std::uint32_t blocks() const { return wide * high; }
};

/// Maps with one texel a block, drawn by one kernel: the textures of some views.
class BlockMaps {
 public:
  /// `views` in the order of the kernel's bindings; they get their textures and what one of their texels covers. No views:
  /// no kernel.
  BlockMaps(gpu::Device& device, const Grid& grid, std::string_view shader, std::vector<std::uint32_t> constants,
            std::vector<codec::View> views);

  bool ready() const { return !kernel_ || kernel_->ready(); }
  void draw(gpu::Recorder& recorder, const interop::BlockDecodePush& push);  ///< `push` of the grid that it was made for
  /// Where the maps' texels are not the push's blocks: how many there are across and down.
  void draw(gpu::Recorder& recorder, const interop::BlockDecodePush& push, gpu::Groups texels);
  const std::vector<codec::View>& views() const { return views_; }

 private:
  std::vector<gpu::Texture> textures_;
  std::vector<codec::View> views_;
  std::optional<gpu::Kernel> kernel_;
};

/// The bits of a texture on the GPU, and what can be seen of them alone: what a search and a file have in common.
class BlockTexture {
 public:
  BlockTexture(gpu::Device& device, const codec::Source& source, const Format& format);

  bool ready() const { return decode_.ready() && maps_.ready(); }
  const Grid& grid() const { return grid_; }
  codec::BlockSize block_size() const { return {grid_.block_width, grid_.block_height}; }
  const Format& format() const { return format_; }
  const gpu::Texture& source_texture() const { return *source_texture_; }  ///< that the format's encoders read
  gpu::Buffer& blocks() { return blocks_; }
  std::uint64_t bytes_before(std::uint32_t block) const { return std::uint64_t(block) * format_.block_bytes(); }

  /// The tables' address; the first recording that asks for it brings them there.
  std::uint64_t tables(gpu::Recorder& recorder);
  interop::BlockDecodePush decode_push(gpu::Recorder& recorder);

  /// The picture and the maps.
  void decode(gpu::Recorder& recorder, const gpu::Texture& target);
  std::vector<codec::View> views() const { return maps_.views(); }
  /// `provenance` is what the artifact is to say of itself.
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, bool opaque, codec::Provenance provenance) const;

 private:
  Format format_;
  std::shared_ptr<const gpu::Texture> source_texture_;
  Grid grid_;
  gpu::Buffer blocks_, tables_;
  bool has_tables_ = false;
  gpu::Kernel decode_;
  BlockMaps maps_;
};

}  // namespace txs::block
