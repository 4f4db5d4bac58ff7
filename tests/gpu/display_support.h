// What the tests of panels share: pictures, colours, and one PanelPass.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <span>
#include <thread>
#include <vector>

#include "display/panel_pass.h"
#include "gpu_test.h"
#include "image/image.h"
#include "shaders/interop/display.h"

namespace txs::display {

using Colour = std::array<int, 3>;

inline Colour colour_of(std::uint32_t rgb) { return {int(rgb >> 16 & 0xff), int(rgb >> 8 & 0xff), int(rgb & 0xff)}; }
inline Colour colour_of(const std::array<std::uint8_t, 3>& rgb) { return {rgb[0], rgb[1], rgb[2]}; }
inline const Colour canvas = colour_of(interop::canvas_colour);

inline Rgba8Image noise(int width, int height, std::uint32_t seed, bool opaque = true) {
  std::mt19937 random(seed);
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 4)};
  for (std::size_t i = 0; i < image.texels.size(); ++i)
    image.texels[i] = opaque && i % 4 == 3 ? 255 : std::uint8_t(random() >> 8);
  return image;
}

inline Rgba8Image plain(int width, int height, std::array<std::uint8_t, 4> texel) {
  Rgba8Image image{width, height, {}};
  for (std::size_t i = 0; i < image.pixel_count(); ++i)
    image.texels.insert(image.texels.end(), texel.begin(), texel.end());
  return image;
}

inline Colour rgb(const Rgba8Image& image, int x, int y) {
  const auto texel = image.at(x, y);
  return {texel[0], texel[1], texel[2]};
}

inline int distance(const Colour& a, const Colour& b) {
  return std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
}

class DisplayGpu : public GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    while (!panels().ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  /// Its kernels take a second to make, so one serves all tests; it must go before the device does.
  static PanelPass& panels() {
    if (!panels_) panels_ = std::make_unique<PanelPass>(device());
    return *panels_;
  }
  static void TearDownTestSuite() { panels_.reset(); }

  gpu::Texture texture_of(const Rgba8Image& image) {
    const auto width = std::uint32_t(image.width), height = std::uint32_t(image.height);
    gpu::Texture texture(device(), gpu::Format::rgba8, width, height, "picture");
    device().upload(texture, std::as_bytes(std::span(image.texels)));
    return texture;
  }
  gpu::Texture texture_of(const std::vector<float>& values, std::uint32_t width) {
    gpu::Texture texture(device(), gpu::Format::r32f, width, std::uint32_t(values.size()) / width, "view");
    device().upload(texture, bytes_of(values));
    return texture;
  }

  Rgba8Image render(const Panel& panel, int width, int height) {
    const gpu::Texture target(device(), gpu::Format::rgba8, std::uint32_t(width), std::uint32_t(height), "panel");
    gpu::Recorder recorder(device());
    panels().render(recorder, panel, target);
    device().submit(std::move(recorder));
    return {width, height, values_of<std::uint8_t>(device().download(target))};
  }

 private:
  inline static std::unique_ptr<PanelPass> panels_;
};

}  // namespace txs::display
