#pragma once
#include <cstdint>
#include <vector>

#include "codec/codec.h"
#include "codecs/bc7/decode_pass.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::bc7 {

/// A size in texels and in blocks.
struct Grid {
  std::uint32_t width = 0, height = 0;
  std::uint32_t wide = 0, high = 0;  ///< blocks

  Grid(std::uint32_t width, std::uint32_t height);
  std::uint32_t blocks() const { return wide * high; }
};

/// The bits of a texture on the GPU, and what can be seen of them alone: what a search and a file have in common.
class BlockTexture {
 public:
  BlockTexture(gpu::Device& device, const codec::Source& source);

  bool ready() const { return decode_.ready() && mode_kernel_.ready(); }
  const Grid& grid() const { return grid_; }
  gpu::Buffer& blocks() { return blocks_; }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target);
  codec::View mode_view() const;
  /// `provenance` is what the artifact is to say of itself.
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, bool opaque,
                                                 codec::Provenance provenance) const;

 private:
  codec::TextureFormat format_;
  Grid grid_;
  gpu::Buffer blocks_;
  gpu::Texture modes_;
  Bc7DecodePass decode_;
  gpu::Kernel mode_kernel_;
};

}  // namespace txs::bc7
