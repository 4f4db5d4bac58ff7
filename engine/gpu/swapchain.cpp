#include "gpu/swapchain.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

#include "gpu/device_state.h"
#include "gpu/draw.h"
#include "gpu/faults.h"
#include "gpu/rendering.h"

namespace txs::gpu {
namespace {
// A third would only add latency: the CPU records one frame while the GPU draws the one before.
constexpr std::size_t frames_in_flight = 2;
constexpr auto no_image = std::numeric_limits<std::uint32_t>::max();

// UNORM, for what is drawn to be what is stored: pictures reach the screen bit by bit as they are in their files.
vk::SurfaceFormatKHR choose_format(const vk::raii::PhysicalDevice& physical, vk::SurfaceKHR surface) {
  for (const vk::SurfaceFormatKHR& format : physical.getSurfaceFormatsKHR(surface))
    if (format.colorSpace == vk::ColorSpaceKHR::eSrgbNonlinear &&
        (format.format == vk::Format::eB8G8R8A8Unorm || format.format == vk::Format::eR8G8B8A8Unorm))
      return format;
  throw Error(Fault::device,
              "the window takes no 8-bit RGBA images from this Vulkan device; choose another with --device");
}

// Mailbox never makes a frame wait for the screen; immediate tears, and was measured slower than either under X11.
vk::PresentModeKHR choose_mode(const vk::raii::PhysicalDevice& physical, vk::SurfaceKHR surface) {
  const auto modes = physical.getSurfacePresentModesKHR(surface);
  const bool mailbox = std::ranges::find(modes, vk::PresentModeKHR::eMailbox) != modes.end();
  return mailbox ? vk::PresentModeKHR::eMailbox : vk::PresentModeKHR::eFifo;
}

vk::CompositeAlphaFlagBitsKHR choose_alpha(vk::CompositeAlphaFlagsKHR supported) {
  using Alpha = vk::CompositeAlphaFlagBitsKHR;
  for (const Alpha alpha : {Alpha::eOpaque, Alpha::eInherit, Alpha::ePreMultiplied, Alpha::ePostMultiplied})
    if (supported & alpha) return alpha;
  return Alpha::eOpaque;
}

std::uint32_t image_count(const vk::SurfaceCapabilitiesKHR& capabilities) {
  const std::uint32_t wanted = std::max(capabilities.minImageCount, 3u);  // mailbox: shown, waiting, being drawn
  return capabilities.maxImageCount == 0 ? wanted : std::min(wanted, capabilities.maxImageCount);
}

/// Zero where the window has no area.
vk::Extent2D wanted_extent(const vk::SurfaceCapabilitiesKHR& capabilities, std::pair<int, int> size) {
  const auto [width, height] = size;
  if (capabilities.maxImageExtent.width == 0 || capabilities.maxImageExtent.height == 0) return {0, 0};
  if (capabilities.currentExtent.width != ~0u) return capabilities.currentExtent;
  const vk::Extent2D low = capabilities.minImageExtent, high = capabilities.maxImageExtent;
  return {std::clamp(static_cast<std::uint32_t>(width), low.width, high.width),
          std::clamp(static_cast<std::uint32_t>(height), low.height, high.height)};
}

struct Frame {
  vk::raii::Semaphore acquired;
  std::uint64_t ticket = 0;  ///< of the last submission that waited for `acquired`
};

struct Image {
  vk::Image image;
  vk::raii::ImageView view;
  /// Signalled by the drawing, waited for by the presentation. One an image: when the image is acquired again, its
  /// presentation has taken the semaphore; no fence says so for a semaphore of a frame.
  vk::raii::Semaphore drawn;
};
}  // namespace

struct Swapchain::State {
  State(DeviceState& gpu, const std::function<VkSurfaceKHR(VkInstance)>& make_surface,
        std::function<std::pair<int, int>()> size);
  ~State();

  bool make(std::pair<int, int> now);  ///< false: the window has no area
  bool acquire();
  bool try_acquire(Frame& frame);

  DeviceState& gpu;
  std::function<std::pair<int, int>()> size;
  vk::raii::SurfaceKHR surface;
  vk::SurfaceFormatKHR format;
  vk::PresentModeKHR mode;
  std::array<Frame, frames_in_flight> frames;
  std::size_t frame = 0;

  vk::raii::SwapchainKHR swapchain = nullptr;
  vk::Extent2D extent;
  std::pair<int, int> made_for;  ///< what `size` said then; a window system may give an extent of its own
  std::vector<Image> images;
  std::uint32_t index = no_image;  ///< of the acquired image
  bool stale = true;               ///< to be made anew before the next frame
};

Swapchain::State::State(DeviceState& gpu_in, const std::function<VkSurfaceKHR(VkInstance)>& make_surface,
                        std::function<std::pair<int, int>()> size_in)
    : gpu(gpu_in),
      size(std::move(size_in)),
      surface(gpu.instance.handle(), make_surface(*gpu.instance.handle())),
      format(choose_format(gpu.physical, *surface)),
      mode(choose_mode(gpu.physical, *surface)),
      frames{Frame{{gpu.device, vk::SemaphoreCreateInfo()}}, Frame{{gpu.device, vk::SemaphoreCreateInfo()}}} {
  if (!gpu.physical.getSurfaceSupportKHR(gpu.family, *surface))
    throw Error(Fault::device, gpu.info.name + " cannot show its images in this window; choose another with --device");
}

Swapchain::State::~State() {
  try {
    gpu.timeline.wait_queue_idle();
  } catch (const Error&) {
    // the device is lost: nothing runs any more
  }
}

bool Swapchain::State::make(std::pair<int, int> now) {
  const auto capabilities = gpu.physical.getSurfaceCapabilitiesKHR(*surface);
  const vk::Extent2D wanted = wanted_extent(capabilities, now);
  if (wanted.width == 0 || wanted.height == 0) return false;
  // A resize may cost a pause: nothing but an idle queue says that the presentation is through with the old images.
  gpu.timeline.wait_queue_idle();
  images.clear();
  vk::SwapchainCreateInfoKHR info({}, *surface, image_count(capabilities), format.format, format.colorSpace, wanted, 1,
                                  vk::ImageUsageFlagBits::eColorAttachment, vk::SharingMode::eExclusive, {},
                                  capabilities.currentTransform, choose_alpha(capabilities.supportedCompositeAlpha),
                                  mode, VK_TRUE, *swapchain);
  vk::raii::SwapchainKHR made(gpu.device, info);
  swapchain = std::move(made);
  extent = wanted;
  made_for = now;
  for (const VkImage handle : swapchain.getImages()) {
    const vk::Image image(handle);
    images.push_back({image,
                      {gpu.device, vk::ImageViewCreateInfo({}, image, vk::ImageViewType::e2D, format.format, {},
                                                           {vk::ImageAspectFlagBits::eColor, 0, 1, 0, 1})},
                      {gpu.device, vk::SemaphoreCreateInfo()}});
  }
  stale = false;
  return true;
}

/// False: the swapchain does not fit the window any more.
bool Swapchain::State::try_acquire(Frame& next) {
  try {
    const auto [result, acquired] =
        swapchain.acquireNextImage(std::numeric_limits<std::uint64_t>::max(), *next.acquired);
    index = acquired;
    stale = result == vk::Result::eSuboptimalKHR;  // drawn to once more; the semaphore is taken
    return true;
  } catch (const vk::OutOfDateKHRError&) {
    return false;
  }
}

bool Swapchain::State::acquire() {
  if (index != no_image) return true;  // of a frame that was given up before it was presented
  const std::pair<int, int> now = size();
  if (now.first <= 0 || now.second <= 0) return false;
  stale = stale || now != made_for;
  Frame& next = frames[frame];
  gpu.timeline.wait(next.ticket);
  constexpr int tries = 3;  // a window dragged by its corner may change between making and acquiring
  for (int attempt = 0; attempt < tries; ++attempt) {
    if (stale && !make(now)) return false;
    if (try_acquire(next)) return true;
    stale = true;
  }
  return false;
}

Swapchain::Swapchain(Device& device, const std::function<VkSurfaceKHR(VkInstance)>& make_surface,
                     std::function<std::pair<int, int>()> size)
    : state_(guarded("preparing the window",
                     [&] { return std::make_unique<State>(device.state(), make_surface, std::move(size)); })) {}
Swapchain::~Swapchain() = default;

bool Swapchain::acquire() {
  return guarded("preparing a frame", [&] { return state_->acquire(); });
}

std::uint32_t Swapchain::width() const { return state_->extent.width; }
std::uint32_t Swapchain::height() const { return state_->extent.height; }
VkFormat Swapchain::format() const { return static_cast<VkFormat>(state_->format.format); }
VkImage Swapchain::image() const { return state_->images.at(state_->index).image; }
VkImageView Swapchain::view() const { return *state_->images.at(state_->index).view; }

void Swapchain::begin_rendering(Recorder& recorder, const float clear[4]) {
  gpu::begin_rendering(recorder.state(), image(), view(), state_->extent, true, clear);
}

void Swapchain::end_rendering(Recorder& recorder) {
  gpu::end_rendering(recorder);
  const vk::ImageMemoryBarrier2 barrier(
      vk::PipelineStageFlagBits2::eColorAttachmentOutput, vk::AccessFlagBits2::eColorAttachmentWrite,
      vk::PipelineStageFlagBits2::eNone, vk::AccessFlagBits2::eNone, vk::ImageLayout::eColorAttachmentOptimal,
      vk::ImageLayout::ePresentSrcKHR, VK_QUEUE_FAMILY_IGNORED, VK_QUEUE_FAMILY_IGNORED, image(),
      {vk::ImageAspectFlagBits::eColor, 0, 1, 0, 1});
  recorder.state().commands.pipelineBarrier2(vk::DependencyInfo().setImageMemoryBarriers(barrier));
}

Ticket Swapchain::present(Recorder&& recorder) {
  State& state = *state_;
  if (state.index == no_image) throw std::logic_error("Swapchain::present without acquire");
  const Image& image = state.images[state.index];
  Frame& frame = state.frames[state.frame];
  // Only drawing waits for the image: compute work of the same recording starts at once.
  const std::array waits{
      vk::SemaphoreSubmitInfo(*frame.acquired, 0, vk::PipelineStageFlagBits2::eColorAttachmentOutput)};
  const std::array signals{
      vk::SemaphoreSubmitInfo(*image.drawn, 0, vk::PipelineStageFlagBits2::eColorAttachmentOutput)};
  {
    const Recorder consumed(std::move(recorder));
    frame.ticket = state.gpu.recorders.submit(consumed.state(), waits, signals);
  }
  const std::uint32_t index = std::exchange(state.index, no_image);
  state.frame = (state.frame + 1) % frames_in_flight;
  const vk::Result result = state.gpu.timeline.present(vk::PresentInfoKHR(*image.drawn, *state.swapchain, index));
  state.stale = state.stale || result != vk::Result::eSuccess;
  state.gpu.collect();
  return {frame.ticket};
}

}  // namespace txs::gpu
