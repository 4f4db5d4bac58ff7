#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::neural {

/// A buffer of 32-bit words with the views that kernels read it by: four words a texel, or one.
struct Texels {
  enum class Words { floats, integers };

  Texels(gpu::Device& device, std::uint64_t words, const std::string& name, Words kind = Words::floats)
      : buffer(device, (words + 3) / 4 * 16, name),
        quads(device, buffer, kind == Words::floats ? gpu::Format::rgba32f : gpu::Format::rgba32u),
        single(device, buffer, kind == Words::floats ? gpu::Format::r32f : gpu::Format::r32u) {}

  gpu::Buffer buffer;
  gpu::TexelView quads, single;
};

}  // namespace txs::neural
