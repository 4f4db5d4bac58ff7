#include "shell/imgui_renderer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>

namespace txs::app {

static_assert(sizeof(ImDrawVert) == sizeof(gpu::DrawVertex) &&
              offsetof(ImDrawVert, uv) == offsetof(gpu::DrawVertex, uv) &&
              offsetof(ImDrawVert, col) == offsetof(gpu::DrawVertex, colour));
static_assert(sizeof(ImDrawIdx) == sizeof(std::uint16_t));

namespace {
bool untinted(const ImDrawList& list, const ImDrawCmd& command) {
  const std::span indices(list.IdxBuffer.Data + command.IdxOffset, command.ElemCount);
  return std::ranges::all_of(indices, [&](ImDrawIdx index) {
    return list.VtxBuffer[int(command.VtxOffset + index)].col == IM_COL32_WHITE;
  });
}
}  // namespace

void ImguiRenderer::upload_fonts() {
  auto& atlas = *ImGui::GetIO().Fonts;
  unsigned char* texels = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsRGBA32(&texels, &width, &height);
  fonts_ =
      std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, std::uint32_t(width), std::uint32_t(height), "fonts");
  device_.upload(*fonts_, std::as_bytes(std::span(texels, std::size_t(width) * std::size_t(height) * 4)));
  atlas.SetTexID(fonts_.get());
  atlas.ClearTexData();
}

void ImguiRenderer::append(const ImDrawData& data, const ImDrawList& list) {
  const auto first_vertex = std::int32_t(vertices_.size());
  const auto first_index = std::uint32_t(indices_.size());
  vertices_.resize(vertices_.size() + std::size_t(list.VtxBuffer.Size));
  std::memcpy(vertices_.data() + first_vertex, list.VtxBuffer.Data, std::size_t(list.VtxBuffer.size_in_bytes()));
  indices_.insert(indices_.end(), list.IdxBuffer.begin(), list.IdxBuffer.end());
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr || command.ElemCount == 0) continue;
    const float left = command.ClipRect.x - data.DisplayPos.x, top = command.ClipRect.y - data.DisplayPos.y;
    const float right = command.ClipRect.z - data.DisplayPos.x, bottom = command.ClipRect.w - data.DisplayPos.y;
    gpu::DrawCall call;
    call.texture = static_cast<const gpu::Texture*>(command.GetTexID());
    call.first_index = first_index + command.IdxOffset;
    call.index_count = command.ElemCount;
    call.vertex_offset = first_vertex + std::int32_t(command.VtxOffset);
    call.scissor[0] = std::int32_t(std::floor(left));
    call.scissor[1] = std::int32_t(std::floor(top));
    call.scissor[2] = std::int32_t(std::ceil(right)) - call.scissor[0];
    call.scissor[3] = std::int32_t(std::ceil(bottom)) - call.scissor[1];
    // Pictures, and glyphs too (ImGui places them at whole pixels), are drawn texel by pixel. Filtering the font atlas,
    // which every filled area samples, cost lavapipe a tenth of the frame.
    call.nearest = true;
    // Blending the pictures, most of the window, cost lavapipe about a millisecond a frame.
    call.opaque = call.texture != fonts_.get() && untinted(list, command);
    calls_.push_back(call);
  }
}

void ImguiRenderer::draw(gpu::Recorder& recorder, const ImDrawData& data, std::uint32_t width, std::uint32_t height) {
  vertices_.clear();
  indices_.clear();
  calls_.clear();
  for (int i = 0; i < data.CmdListsCount; ++i) append(data, *data.CmdLists[i]);
  pass_.draw(recorder, vertices_, indices_, calls_, width, height);
}

}  // namespace txs::app
