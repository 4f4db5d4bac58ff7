#include "view/cell_picture.h"

#include <cmath>
#include <tuple>

#include "gpu/draw.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

/// Textures grow and shrink by steps, so that dragging a splitter does not allocate at every pixel.
constexpr std::uint32_t size_step = 32;

std::uint32_t stepped(float length) {
  return gpu::divide_up(std::uint32_t(std::max(1.0f, length)), size_step) * size_step;
}

auto looks(const display::Panel& panel) {
  return std::make_tuple(panel.content, panel.a, panel.b, panel.view ? panel.view->texture : nullptr, panel.origin_x,
                         panel.origin_y, panel.texels_per_pixel, panel.channels, panel.exposure_stops,
                         panel.error_scale, panel.pixel_grid, panel.block_width, panel.block_height,
                         panel.features, panel.filter.map, panel.filter.lit, panel.exposure.scale,
                         panel.exposure.white_point, panel.tone_curve, panel.compared_channels);
}

/// Every texture that ImGui draws is opaque, this one too before the first panel is rendered into it.
void fill(gpu::Recorder& recorder, const gpu::Texture& texture, ImU32 colour) {
  const ImVec4 clear = ImGui::ColorConvertU32ToFloat4(colour);
  gpu::begin_rendering(recorder, texture, &clear.x);
  gpu::end_rendering(recorder);
}

}  // namespace

bool CellPicture::same(const Wanted& other) const {
  return wanted_ && wanted_->revision == other.revision && wanted_->size.width == other.size.width &&
         wanted_->size.height == other.size.height && looks(wanted_->panel) == looks(other.panel);
}

void CellPicture::show(const display::Panel& panel, std::uint64_t revision, Extent size) {
  Wanted wanted{panel, revision, size};
  if (same(wanted)) return;
  const std::uint32_t width = stepped(size.width), height = stepped(size.height);
  if (!texture_ || texture_->width() != width || texture_->height() != height) {
    texture_ = std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, width, height, name_);
  }
  wanted_ = std::move(wanted);
  fresh_ = false;
}

void CellPicture::hide() {
  wanted_.reset();
  texture_.reset();
}

void CellPicture::record(gpu::Recorder& recorder, display::PanelPass& pass) {
  if (!stale()) return;
  if (!pass.ready()) return fill(recorder, *texture_, colour::canvas);
  pass.render(recorder, wanted_->panel, *texture_);
  fresh_ = true;
}

void CellPicture::draw(ImDrawList& list, ImVec2 corner, float left, float right) const {
  if (!texture_ || !wanted_ || right <= left) return;
  const Extent size = wanted_->size;
  const float from = std::round(left * size.width), to = std::round(right * size.width);
  const float texture_width = float(texture_->width()), texture_height = float(texture_->height());
  // The renderer takes a const gpu::Texture* for ImTextureID.
  list.AddImage(const_cast<gpu::Texture*>(texture_.get()), {corner.x + from, corner.y},
                {corner.x + to, corner.y + size.height}, {from / texture_width, 0},
                {to / texture_width, size.height / texture_height});
}

}  // namespace txs::app
