#include "theme/theme.h"

#include <imgui_freetype.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "core/log.h"
#include "shaders/interop/display.h"

namespace txs::app {
namespace {

float scale_now = 1;
Fonts fonts_now;

constexpr std::array<ImWchar, 19> glyph_ranges{
    0x0020, 0x00FF,  // Latin
    0x0100, 0x017F,  // file names of Europe
    0x0370, 0x03FF,  // Greek
    0x0400, 0x045F,  // Cyrillic file names
    0x2000, 0x206F,  // punctuation, thin spaces
    0x2070, 0x209F,  // super- and subscripts
    0x2200, 0x22FF,  // mathematical signs
    0x25CA, 0x25CA,  // lozenge
    0xFFFD, 0xFFFD,  // shown for what the font lacks
    0};

ImVec4 as_vec4(ImU32 packed) { return ImGui::ColorConvertU32ToFloat4(packed); }

void set_lengths(ImGuiStyle& style) {
  style.WindowPadding = {8, 8};
  style.FramePadding = {8, 3};
  style.CellPadding = {4, 2};
  style.ItemSpacing = {8, 4};
  style.ItemInnerSpacing = {4, 4};
  style.IndentSpacing = 12;
  style.ScrollbarSize = 12;
  style.GrabMinSize = 10;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  // Small radii: large ones cost triangles on every frame that a software device feels.
  style.WindowRounding = 0;
  style.ChildRounding = 0;
  style.FrameRounding = 2;
  style.PopupRounding = 3;
  style.ScrollbarRounding = 2;
  style.GrabRounding = 2;
  style.TabRounding = 2;
  style.DisabledAlpha = 0.45f;
  style.CurveTessellationTol = 1.25f;
  style.AntiAliasedLinesUseTex = false;  // the renderer does not filter the atlas
}

void set_colours(ImGuiStyle& style) {
  const ImVec4 none(0, 0, 0, 0);
  auto& c = style.Colors;
  c[ImGuiCol_Text] = as_vec4(colour::text);
  c[ImGuiCol_TextDisabled] = as_vec4(colour::text_faint);
  c[ImGuiCol_WindowBg] = as_vec4(colour::window);
  c[ImGuiCol_ChildBg] = none;
  c[ImGuiCol_PopupBg] = as_vec4(colour::raised);
  c[ImGuiCol_Border] = as_vec4(colour::line);
  c[ImGuiCol_BorderShadow] = none;
  c[ImGuiCol_FrameBg] = as_vec4(colour::control);
  c[ImGuiCol_FrameBgHovered] = as_vec4(colour::control_hot);
  c[ImGuiCol_FrameBgActive] = as_vec4(colour::control_hot);
  c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = as_vec4(colour::raised);
  c[ImGuiCol_MenuBarBg] = as_vec4(colour::raised);
  c[ImGuiCol_ScrollbarBg] = none;
  c[ImGuiCol_ScrollbarGrab] = as_vec4(colour::control);
  c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = as_vec4(colour::control_hot);
  c[ImGuiCol_CheckMark] = as_vec4(colour::accent);
  c[ImGuiCol_SliderGrab] = as_vec4(IM_COL32(150, 150, 150, 255));
  c[ImGuiCol_SliderGrabActive] = as_vec4(colour::accent);
  c[ImGuiCol_Button] = as_vec4(colour::control);
  c[ImGuiCol_ButtonHovered] = as_vec4(colour::control_hot);
  c[ImGuiCol_ButtonActive] = as_vec4(colour::accent_dim);
  c[ImGuiCol_Header] = as_vec4(IM_COL32(62, 62, 62, 255));
  c[ImGuiCol_HeaderHovered] = as_vec4(IM_COL32(70, 70, 70, 255));
  c[ImGuiCol_HeaderActive] = as_vec4(IM_COL32(80, 80, 80, 255));
  c[ImGuiCol_Separator] = as_vec4(colour::line);
  c[ImGuiCol_SeparatorHovered] = c[ImGuiCol_SeparatorActive] = as_vec4(colour::accent);
  c[ImGuiCol_ResizeGrip] = c[ImGuiCol_ResizeGripHovered] = c[ImGuiCol_ResizeGripActive] = none;
  c[ImGuiCol_Tab] = as_vec4(colour::window);
  c[ImGuiCol_TabHovered] = as_vec4(colour::control_hot);
  c[ImGuiCol_TabActive] = as_vec4(colour::control);
  c[ImGuiCol_TabUnfocused] = c[ImGuiCol_Tab];
  c[ImGuiCol_TabUnfocusedActive] = c[ImGuiCol_TabActive];
  c[ImGuiCol_PlotLines] = c[ImGuiCol_PlotHistogram] = as_vec4(colour::accent);
  c[ImGuiCol_PlotLinesHovered] = c[ImGuiCol_PlotHistogramHovered] = as_vec4(colour::accent);
  c[ImGuiCol_TableHeaderBg] = as_vec4(colour::raised);
  c[ImGuiCol_TableBorderStrong] = as_vec4(colour::line);
  c[ImGuiCol_TableBorderLight] = as_vec4(colour::line_faint);
  c[ImGuiCol_TableRowBg] = none;
  c[ImGuiCol_TableRowBgAlt] = as_vec4(IM_COL32(255, 255, 255, 6));
  c[ImGuiCol_TextSelectedBg] = as_vec4(colour::accent_dim);
  c[ImGuiCol_DragDropTarget] = as_vec4(colour::accent);
  c[ImGuiCol_NavHighlight] = as_vec4(colour::accent);
  c[ImGuiCol_NavWindowingHighlight] = as_vec4(colour::accent);
  c[ImGuiCol_NavWindowingDimBg] = c[ImGuiCol_ModalWindowDimBg] = as_vec4(IM_COL32(0, 0, 0, 120));
}

ImFont* add_font(const char* file, float size) {
  auto& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.SizePixels = std::round(size * scale_now);
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  config.EllipsisChar = 0x2026;
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    if (ImFont* font = atlas.AddFontFromFileTTF(file, config.SizePixels, &config, glyph_ranges.data())) return font;
  }
  config.FontBuilderFlags = 0;
  return atlas.AddFontDefault(&config);
}

void build_fonts() {
  auto& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  fonts_now.text = add_font(TEXELSCOPE_UI_FONT, 15);
  fonts_now.medium = add_font(TEXELSCOPE_UI_FONT_MEDIUM, 15);
  fonts_now.caption = add_font(TEXELSCOPE_UI_FONT, 13);
  fonts_now.title = add_font(TEXELSCOPE_UI_FONT, 22);
  if (!atlas.Build())
    say(Severity::warning, "fonts: " TEXELSCOPE_UI_FONT " cannot be read; install fonts-roboto-unhinted");
  ImGui::GetIO().FontDefault = fonts_now.text;
}

}  // namespace

namespace colour {

// Not in the header, whose readers would then need what the shaders' headers need.
constinit const ImU32 canvas = IM_COL32(interop::canvas_colour >> 16 & 0xff, interop::canvas_colour >> 8 & 0xff,
                                        interop::canvas_colour & 0xff, 255);

ImU32 curve(int i) {
  constexpr std::array<ImU32, 7> okabe_ito{sky_blue, orange, bluish_green, reddish_purple, yellow, vermillion, blue};
  return okabe_ito[std::size_t(i) % okabe_ito.size()];
}

ImU32 of_severity(Severity severity) {
  switch (severity) {
    case Severity::note: return text_dim;
    case Severity::warning: return warning;
    case Severity::error: return bad;
  }
  return text_dim;
}

ImU32 faded(ImU32 colour, float opacity) {
  const float alpha = float(colour >> IM_COL32_A_SHIFT) * std::clamp(opacity, 0.0f, 1.0f);
  return (colour & ~IM_COL32_A_MASK) | (ImU32(std::lround(alpha)) << IM_COL32_A_SHIFT);
}

}  // namespace colour

namespace theme {

void apply(float scale) {
  scale_now = std::clamp(scale, 0.5f, 4.0f);
  ImGuiStyle style;
  set_lengths(style);
  style.ScaleAllSizes(scale_now);
  set_colours(style);
  ImGui::GetStyle() = style;
  build_fonts();
}

const Fonts& fonts() { return fonts_now; }

float scale() { return scale_now; }

float px(float length) { return std::round(length * scale_now); }

}  // namespace theme
}  // namespace txs::app
