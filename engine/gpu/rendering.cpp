#include "gpu/rendering.h"

#include <stdexcept>

#include "gpu/device_state.h"
#include "gpu/draw.h"

namespace txs::gpu {

void begin_rendering(Recorder::State& state, vk::Image image, vk::ImageView view, vk::Extent2D extent, bool first_use,
                     const float clear[4]) {
  if (state.rendering) throw std::logic_error("begin_rendering within begin_rendering");
  state.order();
  const auto layout = first_use ? vk::ImageLayout::eColorAttachmentOptimal : vk::ImageLayout::eGeneral;
  if (first_use) {
    // Its first scope is the stage that waits for the image to be acquired; see Swapchain::present.
    const vk::ImageMemoryBarrier2 barrier(
        vk::PipelineStageFlagBits2::eColorAttachmentOutput, vk::AccessFlagBits2::eNone,
        vk::PipelineStageFlagBits2::eColorAttachmentOutput, vk::AccessFlagBits2::eColorAttachmentWrite,
        vk::ImageLayout::eUndefined, layout, VK_QUEUE_FAMILY_IGNORED, VK_QUEUE_FAMILY_IGNORED, image,
        {vk::ImageAspectFlagBits::eColor, 0, 1, 0, 1});
    state.commands.pipelineBarrier2(vk::DependencyInfo().setImageMemoryBarriers(barrier));
  }
  const vk::ClearColorValue colour(clear[0], clear[1], clear[2], clear[3]);
  const vk::RenderingAttachmentInfo attachment(view, layout, {}, {}, {}, vk::AttachmentLoadOp::eClear,
                                               vk::AttachmentStoreOp::eStore, vk::ClearValue(colour));
  state.commands.beginRendering(vk::RenderingInfo({}, {{0, 0}, extent}, 1, 0, attachment));
  state.rendering = true;
}

void begin_rendering(Recorder& recorder, const Texture& target, const float clear[4]) {
  if (target.format() != Format::rgba8) throw std::logic_error("only rgba8 textures are rendered into");
  begin_rendering(recorder.state(), target.image(), target.view(), {target.width(), target.height()}, false, clear);
}

void end_rendering(Recorder& recorder) {
  if (!recorder.state().rendering) throw std::logic_error("end_rendering without begin_rendering");
  recorder.state().commands.endRendering();
  recorder.state().rendering = false;
}

}  // namespace txs::gpu
