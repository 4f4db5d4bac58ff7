#pragma once
#include <cstdint>
#include <initializer_list>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::bc7 {

/// Decodes BC7 blocks of all modes into an rgba8 texture on the GPU, bit for bit as the CPU reference (bc7_block.h) does.
class Bc7DecodePass {
 public:
  /// `like`: a texture such as `record` will be given, as gpu::Kernel takes it.
  explicit Bc7DecodePass(gpu::Device& device, std::initializer_list<gpu::Bound> like = {});

  bool ready() const { return kernel_.ready(); }  ///< the kernel is made; throws Error(device) if that failed

  /// `blocks` holds those of a width x height image, row-major; texels of edge blocks outside of it are not written.
  /// Throws std::logic_error if `blocks` or `target` is smaller than that.
  void record(gpu::Recorder& recorder, const gpu::Buffer& blocks, std::uint32_t width, std::uint32_t height,
              const gpu::Texture& target) const;

 private:
  gpu::Kernel kernel_;
  gpu::Buffer tables_;
};

}  // namespace txs::bc7
