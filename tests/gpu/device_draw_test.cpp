// Drawing into a texture, pixel by pixel.
#include <algorithm>
#include <array>

#include "gpu/draw.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "gpu_test.h"

namespace txs {
namespace {
using gpu::DrawCall;
using gpu::DrawVertex;
using gpu::Format;
using gpu::Recorder;
using gpu::Texture;

constexpr std::uint32_t width = 16, height = 8;
constexpr float clear_colour[4] = {0, 0, 1, 1};

class DrawTest : public GpuTest {
 protected:
  void quad(float left, float top, float right, float bottom, std::uint32_t colour) {
    const auto first = static_cast<std::uint16_t>(vertices_.size());
    vertices_.push_back({{left, top}, {0, 0}, colour});
    vertices_.push_back({{right, top}, {1, 0}, colour});
    vertices_.push_back({{right, bottom}, {1, 1}, colour});
    vertices_.push_back({{left, bottom}, {0, 1}, colour});
    for (const int corner : {0, 1, 2, 0, 2, 3}) indices_.push_back(static_cast<std::uint16_t>(first + corner));
  }

  std::vector<std::uint32_t> drawn(std::span<const DrawCall> calls) {
    const Texture target(device(), Format::rgba8, width, height, "target");
    Recorder recorder(device());
    recorder.begin_pass("draw");
    gpu::begin_rendering(recorder, target, clear_colour);
    pass_.draw(recorder, vertices_, indices_, calls, width, height);
    EXPECT_THROW(recorder.fill(buffer_, 0), std::logic_error);
    gpu::end_rendering(recorder);
    EXPECT_THROW(pass_.draw(recorder, vertices_, indices_, calls, width, height), std::logic_error);
    recorder.fill(buffer_, 0);
    device().submit(std::move(recorder));
    return values_of<std::uint32_t>(device().download(target));
  }

  Texture texture(std::uint32_t w, const std::vector<std::uint32_t>& texels) {
    Texture made(device(), Format::rgba8, w, static_cast<std::uint32_t>(texels.size() / w), "texture");
    device().upload(made, bytes_of(texels));
    return made;
  }

  gpu::DrawPass pass_{device(), VK_FORMAT_R8G8B8A8_UNORM};
  gpu::Buffer buffer_{device(), 16, "for the order of commands"};
  std::vector<DrawVertex> vertices_;
  std::vector<std::uint16_t> indices_;
};

constexpr std::uint32_t blue = 0xffff0000, red = 0xff0000ff, white = 0xffffffff;

TEST_F(DrawTest, QuadWithScissor) {
  quad(2, 1, 10, 7, red);
  const Texture plain = texture(1, {white});
  const auto pixels = drawn(std::array{DrawCall{&plain, 0, 6, 0, {4, -5, 100, 9}}});
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      ASSERT_EQ(pixels[y * width + x], x >= 4 && x < 10 && y >= 1 && y < 4 ? red : blue) << x << "," << y;
}

TEST_F(DrawTest, StraightAlpha) {
  quad(0, 0, width, height, 0x800000ff);
  const Texture plain = texture(1, {white});
  const auto pixels = drawn(std::array{DrawCall{&plain, 0, 6, 0, {0, 0, width, height}}});
  EXPECT_NEAR(pixels[0] & 255, 128, 1);
  EXPECT_NEAR(pixels[0] >> 16 & 255, 127, 1);
}

TEST_F(DrawTest, OpaqueCallsReplaceAndTheNextBlendAgain) {
  constexpr std::uint32_t half_red = 0x800000ff;
  quad(0, 0, width, height, half_red);
  const Texture plain = texture(1, {white});
  const std::array calls{DrawCall{&plain, 0, 6, 0, {0, 0, 4, height}},
                         DrawCall{.texture = &plain, .index_count = 6, .scissor = {4, 0, 4, height}, .opaque = true},
                         DrawCall{&plain, 0, 6, 0, {8, 0, 4, height}}};
  const auto pixels = drawn(calls);
  EXPECT_EQ(pixels[4], half_red);
  EXPECT_NEAR(pixels[0] >> 16 & 255, 127, 1);
  EXPECT_EQ(pixels[8], pixels[0]);
  EXPECT_EQ(pixels[12], blue);
}

TEST_F(DrawTest, TextureFilteredAndNot) {
  quad(0, 0, width, height, white);
  const Texture halves = texture(2, {0xff000000, white});
  const std::array calls{DrawCall{&halves, 0, 6, 0, {0, 0, width, 4}, true},
                         DrawCall{&halves, 0, 6, 0, {0, 4, width, 4}, false}};
  const auto pixels = drawn(calls);
  for (std::uint32_t x = 0; x < width; ++x) {
    EXPECT_EQ(pixels[x], x < width / 2 ? 0xff000000 : white) << x;
    const double position = std::clamp((x + 0.5) / width * 2 - 0.5, 0.0, 1.0);
    EXPECT_NEAR(pixels[6 * width + x] & 255, 255 * position, 2) << x;
  }
}

TEST_F(DrawTest, SecondMeshByVertexOffset) {
  quad(0, 0, 4, 4, red);
  quad(8, 0, 12, 4, white);
  indices_.resize(6);
  const Texture plain = texture(1, {white});
  const auto pixels = drawn(std::array{DrawCall{&plain, 0, 6, 4, {0, 0, width, height}}});
  EXPECT_EQ(pixels[0], blue);
  EXPECT_EQ(pixels[8], white);
}

TEST_F(DrawTest, ManyFramesOfChangingSize) {
  const Texture plain = texture(1, {white});
  for (int frame = 0; frame < 40; ++frame) {
    for (int i = 0; i < frame * 10; ++i) quad(0, 0, width, height, i % 2 == 0 ? white : red);
    quad(0, 0, width, height, red);
    const auto last = static_cast<std::uint32_t>(indices_.size()) - 6;
    EXPECT_EQ(drawn(std::array{DrawCall{&plain, last, 6, 0, {0, 0, width, height}}})[0], red);
    vertices_.clear();
    indices_.clear();
  }
}

}  // namespace
}  // namespace txs
