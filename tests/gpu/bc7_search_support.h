// Pictures to encode, and encodes driven as the session drives them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "gpu_test.h"
#include "image/image.h"

namespace txs::bc7 {

enum class Content {
  opaque,  ///< gradients, edges and noise of many strengths side by side
  alpha,   ///< the same with blocks that are opaque, transparent and between
  flat,
  black_and_white,
};
Rgba8Image test_picture(int width, int height, Content content);

using Values = std::vector<std::pair<std::string_view, std::string_view>>;
codec::Parameters with(const Values& values);

class Bc7SearchTest : public GpuTest {
 protected:
  using Pace = codec::Budget::Pace;

  static codec::Source source_of(const Rgba8Image& picture);
  /// Ready to advance.
  static std::unique_ptr<codec::Encode> start(const Rgba8Image& picture, const codec::Parameters& parameters);
  static std::unique_ptr<codec::Encode> start(const Rgba8Image& picture, const codec::Parameters& parameters,
                                              std::uint32_t tile_blocks);
  static void wait_until_ready(const codec::Encode& encode);

  static codec::Progress advance(codec::Encode& encode, const codec::Budget& budget);
  static void run(codec::Encode& encode, const codec::Budget& budget = {1 << 20, Pace::rush});

  static codec::EncodedTexture artifact(codec::Encode& encode);
  static double relaxed_psnr(codec::Encode& encode);
  static codec::BlockInspection inspect(codec::Encode& encode, std::uint32_t x, std::uint32_t y);
  static Rgba8Image decoded(codec::Encode& encode, int width, int height);
};

std::uint64_t squared_error(const Rgba8Image& a, const Rgba8Image& b);

}  // namespace txs::bc7
