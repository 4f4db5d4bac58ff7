// A real window: frames, resizes, an area of nothing. Skipped where there is no display; test.sh brings one.
#define GLFW_INCLUDE_VULKAN
#include <GLFW/glfw3.h>

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include "gpu/draw.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "gpu/swapchain.h"
#include "gpu_test.h"

namespace txs {
namespace {

/// GLFW and one window, with a validated device of its own (the window system's extensions come with it).
class WindowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!glfwInit()) GTEST_SKIP() << "no display";
    glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    window_ = glfwCreateWindow(320, 240, "texelscope test", nullptr, nullptr);
    ASSERT_NE(window_, nullptr);
    gpu::DeviceOptions options = gpu_test_options();
    options.windowed = true;
    std::uint32_t count = 0;
    const char** names = glfwGetRequiredInstanceExtensions(&count);
    options.instance_extensions.assign(names, names + count);
    device_ = std::make_unique<gpu::Device>(options);
    swapchain_ = std::make_unique<gpu::Swapchain>(
        *device_,
        [this](VkInstance instance) {
          VkSurfaceKHR surface = VK_NULL_HANDLE;
          if (glfwCreateWindowSurface(instance, window_, nullptr, &surface) != VK_SUCCESS)
            throw std::runtime_error("no surface");
          return surface;
        },
        [this] {
          if (minimised_) return std::pair(0, 0);
          std::pair size(0, 0);
          glfwGetFramebufferSize(window_, &size.first, &size.second);
          return size;
        });
  }

  void TearDown() override {
    if (device_ != nullptr) {
      device_->wait_idle();
      EXPECT_EQ(device_->validation_messages(), 0u)
          << (device_->validation_texts().empty() ? "" : device_->validation_texts()[0]);
    }
    swapchain_.reset();
    device_.reset();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfwTerminate();
  }

  bool frame(gpu::DrawPass& pass, const gpu::Texture& texture) {
    glfwPollEvents();
    if (!swapchain_->acquire()) return false;
    const float w = static_cast<float>(swapchain_->width()), h = static_cast<float>(swapchain_->height());
    const std::array vertices{gpu::DrawVertex{{0, 0}, {0, 0}, ~0u}, gpu::DrawVertex{{w, 0}, {1, 0}, ~0u},
                              gpu::DrawVertex{{0, h}, {0, 1}, ~0u}};
    const std::array<std::uint16_t, 3> indices{0, 1, 2};
    const std::array calls{gpu::DrawCall{
        &texture, 0, 3, 0, {0, 0, static_cast<int>(swapchain_->width()), static_cast<int>(swapchain_->height())}}};
    const float grey[4] = {0.1f, 0.1f, 0.1f, 1};
    gpu::Recorder recorder(*device_);
    recorder.begin_pass("window");
    swapchain_->begin_rendering(recorder, grey);
    pass.draw(recorder, vertices, indices, calls, swapchain_->width(), swapchain_->height());
    swapchain_->end_rendering(recorder);
    swapchain_->present(std::move(recorder));
    return true;
  }

  /// Frames until the swapchain has this size; the window system takes its time.
  bool reaches(int width, int height, gpu::DrawPass& pass, const gpu::Texture& texture) {
    for (int i = 0; i < 500; ++i) {
      frame(pass, texture);
      if (swapchain_->width() == static_cast<std::uint32_t>(width) &&
          swapchain_->height() == static_cast<std::uint32_t>(height))
        return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }

  GLFWwindow* window_ = nullptr;
  std::unique_ptr<gpu::Device> device_;
  std::unique_ptr<gpu::Swapchain> swapchain_;
  bool minimised_ = false;
};

TEST_F(WindowTest, FramesResizesAndNothingToDrawOn) {
  gpu::DrawPass pass(*device_, swapchain_->format());
  const gpu::Texture texture(*device_, gpu::Format::rgba8, 4, 4, "texture");
  EXPECT_THROW(swapchain_->present(gpu::Recorder(*device_)), std::logic_error);
  EXPECT_TRUE(reaches(320, 240, pass, texture));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(frame(pass, texture));
  for (const auto& [width, height] : {std::pair(500, 300), {64, 48}, {801, 603}}) {
    glfwSetWindowSize(window_, width, height);
    EXPECT_TRUE(reaches(width, height, pass, texture)) << width << "x" << height;
  }
  minimised_ = true;
  EXPECT_FALSE(swapchain_->acquire());
  minimised_ = false;
  EXPECT_TRUE(frame(pass, texture));
}

TEST_F(WindowTest, ResizedWhileFramesRun) {
  gpu::DrawPass pass(*device_, swapchain_->format());
  const gpu::Texture texture(*device_, gpu::Format::rgba8, 4, 4, "texture");
  for (int i = 0; i < 60; ++i) {
    glfwSetWindowSize(window_, 300 + 7 * (i % 20), 200 + 5 * (i % 13));
    frame(pass, texture);
  }
  EXPECT_TRUE(reaches(300 + 7 * 19, 200 + 5 * 7, pass, texture));
}

TEST_F(WindowTest, AFrameGivenUpIsTakenUpAgain) {
  gpu::DrawPass pass(*device_, swapchain_->format());
  const gpu::Texture texture(*device_, gpu::Format::rgba8, 4, 4, "texture");
  ASSERT_TRUE(swapchain_->acquire());
  { const gpu::Recorder dropped(*device_); }
  EXPECT_TRUE(frame(pass, texture));
  EXPECT_TRUE(frame(pass, texture));
}

}  // namespace
}  // namespace txs
