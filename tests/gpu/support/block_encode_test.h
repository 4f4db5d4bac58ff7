#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "gpu_test.h"
#include "image/image.h"

namespace txs {

/// Parameters of an encode, as for Parameters::set_text.
using Values = std::vector<std::pair<std::string_view, std::string_view>>;

/// Source of an encode, with its textures on the device. Of a plain picture alpha counts where any of it is below 255.
codec::Source source_of(gpu::Device& device, const Rgba8Image& picture);
codec::Source source_of(gpu::Device& device, const Image& image);
codec::Source source_of_light(gpu::Device& device, Rgba16fImage light);

/// The fixture of tests that search blocks.
class BlockEncodeTest : public GpuTest {
 protected:
  /// Ready, not begun; seed 1.
  static std::unique_ptr<codec::Encode> start(const codec::CodecKind& kind, const codec::Source& source,
                                              const Values& values);
  static void advance(codec::Encode& encode, std::uint64_t work = 1 << 20);
  static void run(codec::Encode& encode, std::uint64_t work = 1 << 20);
  static codec::EncodedTexture artifact(codec::Encode& encode);
  static codec::BlockInspection inspected(codec::Encode& encode, std::uint32_t x, std::uint32_t y);
};

}  // namespace txs
