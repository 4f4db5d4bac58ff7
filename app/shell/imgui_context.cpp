#include "shell/imgui_context.h"

#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

namespace txs::app {

ImguiContext::ImguiContext(const Window& window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  auto& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the config keeps what is to be kept
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.BackendRendererName = "texelscope";
  ImGui_ImplGlfw_InitForOther(window.handle(), true);
}

ImguiContext::~ImguiContext() {
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
}

void ImguiContext::begin_frame() {
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

}  // namespace txs::app
