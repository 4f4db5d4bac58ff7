#include "view/light_controls.h"

#include <cmath>
#include <string>

#include "theme/widgets.h"

namespace txs::app {
namespace {

constexpr float most_stops = 8;

const char* help_of(ToneCurve curve) {
  switch (curve) {
    case ToneCurve::reinhard: return "Reinhard et al. 2002, with the white point of the picture: all of it is seen";
    case ToneCurve::clamp: return "Light as it is, cut at 1: what is brighter is white";
    case ToneCurve::filmic: return "Narkowicz's fit of the ACES curve: more contrast, bright colours lose theirs";
  }
  return "";
}

void draw_menu(ViewState& view) {
  for (const ToneCurve curve : tone_curves) {
    const std::string name(tone_curve_name(curve));
    if (ImGui::MenuItem(name.c_str(), nullptr, view.tone_curve == curve)) view.tone_curve = curve;
    tooltip(help_of(curve));
  }
  ImGui::Separator();
  ImGui::SetNextItemWidth(theme::px(160));
  ImGui::SliderFloat("##stops", &view.exposure_stops, -most_stops, most_stops, "%+.1f EV", ImGuiSliderFlags_AlwaysClamp);
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) view.exposure_stops = 0;
  tooltip("Of all pictures alike, in stops from the source's own exposure, which brings its geometric mean to 0.18");
}

}  // namespace

float draw_light_controls(ImVec2 top_right, float height, ViewState& view) {
  const auto& font = *theme::fonts().caption;
  const std::string name(tone_curve_name(view.tone_curve));
  const float text = font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, name.c_str()).x, arrow = theme::px(14);
  const float left = top_right.x - text - arrow;
  ImGui::SetCursorScreenPos({left, top_right.y});
  if (ImGui::InvisibleButton("tone curve", {text + arrow, height})) ImGui::OpenPopup("tone curves");
  const ImU32 ink = ImGui::IsItemHovered() ? colour::text : colour::text_dim;
  tooltip("The curve by which light is shown, and its exposure");
  auto& list = *ImGui::GetWindowDrawList();
  list.AddText(&font, font.FontSize, {left, top_right.y + std::floor((height - font.FontSize) / 2)}, ink, name.c_str());
  draw_icon(list, Icon::down, {top_right.x - std::round(arrow / 2), top_right.y + std::round(height / 2)}, theme::px(8),
            ink);
  ImGui::SetNextWindowPos({left, top_right.y + height});
  if (ImGui::BeginPopup("tone curves")) {
    draw_menu(view);
    ImGui::EndPopup();
  }
  return left;
}

}  // namespace txs::app
