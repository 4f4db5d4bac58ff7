#pragma once
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "codecs/bc1/bc1.h"
#include "codecs/bc3/bc3.h"
#include "codecs/bc4/bc4.h"
#include "codecs/bc5/bc5.h"
#include "gpu/resources.h"

namespace txs::test {

/// A format of BC1, BC3, BC4 or BC5, and how far the device's own sampler may be from the ideal decoder, in 255ths.
struct LowFormat {
  std::string_view name;
  const codec::CodecKind* kind;
  codec::TextureFormat format;
  gpu::Format sampled;
  int colour_tolerance, alpha_tolerance;
};

/// Devices interpolate with few bits. On lavapipe colours differ by one of 255, channels, where eight values make the
/// steps smaller and the weights coarser, by two. Ends are the same everywhere.
inline constexpr int hardware_tolerance = 8;  ///< an NVIDIA H200 is off by up to 5 in colours and 7.1 in channels
inline std::vector<LowFormat> low_formats() {
  using codec::TextureFormat;
  return {{"bc1", &bc1::kind(), TextureFormat::bc1_unorm, gpu::Format::bc1, 1, 0},
          {"bc3", &bc3::kind(), TextureFormat::bc3_unorm, gpu::Format::bc3, 1, 2},
          {"bc4", &bc4::kind(), TextureFormat::bc4_unorm, gpu::Format::bc4, 2, 0},
          {"bc4_snorm", &bc4::kind(), TextureFormat::bc4_snorm, gpu::Format::bc4_snorm, 2, 0},
          {"bc5", &bc5::kind(), TextureFormat::bc5_unorm, gpu::Format::bc5, 2, 0},
          {"bc5_snorm", &bc5::kind(), TextureFormat::bc5_snorm, gpu::Format::bc5_snorm, 2, 0}};
}

}  // namespace txs::test
