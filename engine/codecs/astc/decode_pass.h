#pragma once
#include <cstdint>

#include "codecs/astc/decode_tables.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::astc {

/// Decodes ASTC blocks of one size into an rgba8 texture on the GPU, bit for bit as the CPU reference (astc_block.h) does.
class DecodePass {
 public:
  /// For textures of width x height texels. Holds 44 bytes a block. `target`: such as `record` will be given.
  DecodePass(gpu::Device& device, const Footprint& footprint, bool srgb, std::uint32_t width, std::uint32_t height,
             gpu::BoundList target = {});

  bool ready() const { return parse_.ready() && texels_.ready(); }  ///< throws Error(device) if making a kernel failed

  /// `blocks`: row-major. Texels of edge blocks outside of the texture are not written.
  void record(gpu::Recorder& recorder, const gpu::Buffer& blocks, const gpu::Texture& target) const;

 private:
  std::uint32_t width_, height_, blocks_wide_, blocks_high_;
  interop::AstcTables tables_;
  gpu::Buffer table_memory_, lines_;
  gpu::Kernel parse_, texels_;
};

}  // namespace txs::astc
