// Panels drawn without a window, for states that are hard to reach in a running program. With TEXELSCOPE_PICTURES set to
// a folder, every picture is kept there to be looked at.
#pragma once
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "gpu/draw.h"
#include "gpu_test.h"
#include "image/image.h"
#include "image/save.h"
#include "session/session.h"
#include "shell/imgui_renderer.h"
#include "theme/theme.h"

namespace txs::app {

class Offscreen : public GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.DeltaTime = 1.0f;  // everything that glides has arrived in the second frame
    session_ = std::make_unique<session::Session>(device());
    renderer_ = std::make_unique<ImguiRenderer>(device(), VK_FORMAT_R8G8B8A8_UNORM);
    rescale(1);
  }
  void TearDown() override {
    renderer_.reset();
    session_.reset();
    ImGui::DestroyContext();
    GpuTest::TearDown();
  }

  void rescale(float scale) {
    theme::apply(scale);
    renderer_->upload_fonts();
  }
  void mouse(float x, float y, bool down = false) {
    mouse_ = {x, y};
    down_ = down;
  }

  /// The content in a window of its own with the panels' padding, after a few frames.
  Rgba8Image draw(int width, int height, const std::function<void()>& content, int frames = 3) {
    auto& io = ImGui::GetIO();
    io.DisplaySize = {float(width), float(height)};
    for (int frame = 0; frame < frames; ++frame) {
      io.MousePos = mouse_;
      io.MouseDown[0] = down_;
      ImGui::NewFrame();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize(io.DisplaySize);
      ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{theme::px(12), theme::px(8)});
      ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
      ImGui::PopStyleVar();
      content();
      content_width_ = ImGui::GetCurrentWindow()->ContentSize.x;
      ImGui::End();
      ImGui::Render();
    }
    return keep(render(width, height));
  }

  /// How far the content reaches, without the padding.
  float content_width() const { return content_width_; }
  session::Session& session() { return *session_; }

 private:
  Rgba8Image render(int width, int height) {
    const gpu::Texture target(device(), gpu::Format::rgba8, std::uint32_t(width), std::uint32_t(height), "offscreen");
    gpu::Recorder recorder(device());
    const ImVec4 clear = ImGui::ColorConvertU32ToFloat4(colour::window);
    gpu::begin_rendering(recorder, target, &clear.x);
    renderer_->draw(recorder, *ImGui::GetDrawData(), target.width(), target.height());
    gpu::end_rendering(recorder);
    device().submit(std::move(recorder));
    return {width, height, values_of<std::uint8_t>(device().download(target))};
  }
  Rgba8Image keep(Rgba8Image picture) {
    const char* folder = std::getenv("TEXELSCOPE_PICTURES");
    if (folder == nullptr) return picture;
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    save_png(std::filesystem::path(folder) / (std::string(test->name()) + std::to_string(++kept_) + ".png"), picture);
    return picture;
  }

  std::unique_ptr<session::Session> session_;
  std::unique_ptr<ImguiRenderer> renderer_;
  ImVec2 mouse_{-1, -1};
  bool down_ = false;
  float content_width_ = 0;
  int kept_ = 0;
};

/// Pixels of a colour, or near it: the edges of text are blended.
inline int count(const Rgba8Image& picture, ImU32 colour, int near = 0) {
  int found = 0;
  for (std::size_t i = 0; i < picture.texels.size(); i += 4) {
    bool same = true;
    for (std::size_t c = 0; c < 3; ++c)
      same = same && std::abs(int(picture.texels[i + c]) - int(colour >> (8 * c) & 0xff)) <= near;
    found += same;
  }
  return found;
}

}  // namespace txs::app
