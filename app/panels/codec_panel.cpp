#include <fmt/format.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "panels/panels.h"
#include "panels/parts.h"
#include "panels/run_label.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::Parameter;
using session::Session;

std::string help_of(const Parameter& parameter) {
  std::string text = fmt::format("{}\n\n", parameter.help);
  if (parameter.type == Parameter::Type::choice) {
    for (const codec::Choice& choice : parameter.choices) text += fmt::format("{}: {}\n", choice.title, choice.help);
    text += '\n';
  }
  text += fmt::format("Default: {}", value_text(parameter, parameter.fallback));
  const bool number = parameter.type == Parameter::Type::integer || parameter.type == Parameter::Type::real;
  if (number) text += fmt::format(" ({:g} to {:g})", parameter.minimum, parameter.maximum);
  text +=
      parameter.effect == codec::Effect::live ? "\nActs on the running encode." : "\nA change starts the encode anew.";
  text += number ? "\nCtrl+click types a value, right click resets." : "\nRight click resets.";
  text += fmt::format("\n--set {}=...", parameter.key);
  return text;
}

/// A printf format for ImGui's sliders: four significant digits, then the unit.
std::string slider_format(const Parameter& parameter) {
  std::string unit;
  for (char c : parameter.unit) unit += c == '%' ? "%%" : std::string(1, c);
  const std::string number = parameter.type == Parameter::Type::integer ? "%.0f" : "%.4g";
  return unit.empty() ? number : number + " " + unit;
}

/// Each control returns the value that the user gave, if any. Out of range values that are typed go to the session as
/// they are, which refuses them and names the range.
std::optional<double> number_control(const Parameter& parameter, double value, CodecPanelState& state) {
  const ImGuiSliderFlags flags = parameter.scale == codec::Scale::logarithmic ? ImGuiSliderFlags_Logarithmic : 0;
  const std::string format = slider_format(parameter);
  // Darker than the style's grab: the number lies over it and must be read.
  ImGui::PushStyleColor(ImGuiCol_SliderGrab, IM_COL32(104, 104, 104, 255));
  ImGui::PushStyleColor(ImGuiCol_SliderGrabActive, colour::accent_dim);
  bool moved = ImGui::SliderScalar("##value", ImGuiDataType_Double, &value, &parameter.minimum, &parameter.maximum,
                                   format.c_str(), flags);
  ImGui::PopStyleColor(2);
  if (ImGui::TempInputIsActive(ImGui::GetID("##value"))) {
    if (moved) state.typed = {std::string(parameter.key), value};
    moved = false;
  } else if (state.typed && state.typed->key == parameter.key) {
    if (!moved) value = state.typed->value;  // Esc gives back what stood there before
    state.typed.reset();
    moved = true;
  }
  return moved ? std::optional(value) : std::nullopt;
}

std::optional<double> switch_control(double value) {
  bool on = value != 0;
  if (!ImGui::Checkbox("##value", &on)) return {};
  return on ? 1 : 0;
}

/// Side by side, so that all are seen and one click is enough.
std::optional<double> segments_control(const Parameter& parameter, double value, float width, ImFont* font) {
  std::optional<double> chosen;
  const auto count = parameter.choices.size();
  const float gap = theme::px(1), height = ImGui::GetFrameHeight();
  const auto edge = [&](std::size_t i) { return std::round((width + gap) * float(i) / float(count)); };
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
  ImGui::PushFont(font);
  ImGui::BeginGroup();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) ImGui::SameLine(edge(i));  // from the group's left edge
    const bool active = i == static_cast<std::size_t>(value);
    if (active) ImGui::PushStyleColor(ImGuiCol_Button, colour::accent_dim);
    const ImVec2 size{edge(i + 1) - edge(i) - gap, height};
    if (ImGui::Button(std::string(parameter.choices[i].title).c_str(), size) && !active) chosen = double(i);
    if (active) ImGui::PopStyleColor();
  }
  ImGui::EndGroup();
  ImGui::PopFont();
  ImGui::PopStyleVar();
  return chosen;
}

std::optional<double> combo_control(const Parameter& parameter, double value, float width) {
  std::optional<double> chosen;
  const auto now = static_cast<std::size_t>(value);
  const std::string title(parameter.choices[now].title);
  // What is chosen is read whole, in the small font if need be.
  const ImGuiStyle& style = ImGui::GetStyle();
  const bool small = ImGui::CalcTextSize(title.c_str()).x > width - ImGui::GetFrameHeight() - 2 * style.FramePadding.x;
  const float padding = style.FramePadding.y + (theme::fonts().text->FontSize - theme::fonts().caption->FontSize) / 2;
  if (small) {
    ImGui::PushFont(theme::fonts().caption);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme::px(4), padding});
  }
  const bool open = ImGui::BeginCombo("##value", title.c_str());
  if (small) {
    ImGui::PopStyleVar();
    ImGui::PopFont();
  }
  if (!open) return chosen;
  for (std::size_t i = 0; i < parameter.choices.size(); ++i) {
    if (ImGui::Selectable(std::string(parameter.choices[i].title).c_str(), i == now)) chosen = double(i);
    tooltip(parameter.choices[i].help);
  }
  ImGui::EndCombo();
  return chosen;
}

std::optional<double> choice_control(const Parameter& parameter, double value, float width) {
  if (parameter.choices.size() == 1) {  // nothing to choose: a fact, not a control
    ImGui::AlignTextToFramePadding();
    text_line(parameter.choices[0].title, colour::text_dim);
    return {};
  }
  // Side by side where the titles fit, in the small font if need be.
  for (ImFont* font : {theme::fonts().text, theme::fonts().caption}) {
    float widest = 0;
    for (const codec::Choice& choice : parameter.choices) {
      const char *from = choice.title.data(), *to = from + choice.title.size();
      widest = std::max(widest, font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, from, to).x);
    }
    if ((widest + theme::px(4)) * float(parameter.choices.size()) <= width)
      return segments_control(parameter, value, width, font);
  }
  return combo_control(parameter, value, width);
}

std::optional<double> control(const Parameter& parameter, double value, float width, CodecPanelState& state) {
  switch (parameter.type) {
    case Parameter::Type::boolean: return switch_control(value);
    case Parameter::Type::choice: return choice_control(parameter, value, width);
    case Parameter::Type::integer:
    case Parameter::Type::real: break;
  }
  return number_control(parameter, value, state);
}

/// Label left, control right, a dot before the label where the value is not the preset's.
void parameter_row(const Parameter& parameter, double value, bool changed, Session& session, CodecPanelState& state) {
  ImGui::PushID(parameter.key.data(), parameter.key.data() + parameter.key.size());
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, mark = theme::px(12);
  const float label = std::floor((width - mark) * 0.47f), start = ImGui::GetCursorPosX();
  if (changed) {
    ImGui::GetWindowDrawList()->AddCircleFilled({at.x + theme::px(4), at.y + ImGui::GetFrameHeight() / 2}, theme::px(3),
                                                colour::accent, 12);
  }
  ImGui::SetCursorPosX(start + mark);
  ImGui::AlignTextToFramePadding();
  text_cut(parameter.title, label - theme::px(4), changed ? colour::text : IM_COL32(190, 190, 190, 255));
  bool reset = ImGui::IsItemClicked(ImGuiMouseButton_Right);
  tooltip(help_of(parameter));

  ImGui::SameLine();
  ImGui::SetCursorPosX(start + mark + label);
  const float control_width = width - mark - label;
  ImGui::SetNextItemWidth(control_width);
  std::optional<double> given = control(parameter, value, control_width, state);
  reset |= ImGui::IsItemClicked(ImGuiMouseButton_Right);
  tooltip(help_of(parameter));
  if (reset && value != parameter.fallback) given = parameter.fallback;
  if (given && *given != value) command([&] { session.set_parameter(parameter.key, *given); });
  ImGui::PopID();
}

/// A group's name; a click folds it away, and unfolds it. Returns whether it is open.
bool group_title(std::string_view group, CodecPanelState& state) {
  const std::string name(group);
  ImGui::Dummy({0, theme::px(2)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = theme::fonts().caption->FontSize + theme::px(2), mark = theme::px(12);
  ImGui::PushID(name.c_str());
  if (ImGui::InvisibleButton("group", {ImGui::GetContentRegionAvail().x, height}) && state.folded.erase(name) == 0)
    state.folded.insert(name);
  ImGui::PopID();
  const bool hot = ImGui::IsItemHovered(), open = !state.folded.contains(name);
  tooltip(open ? "Click folds this group away" : "Click shows this group");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = hot ? colour::text : colour::text_dim;
  draw_icon(list, open ? Icon::down : Icon::right, {at.x + theme::px(4), at.y + std::round(height / 2)}, theme::px(7), ink);
  const ImFont* font = theme::fonts().caption;
  list.AddText(font, font->FontSize, {at.x + mark, at.y}, ink, name.c_str());
  return open;
}

/// A file's bits of which nobody knows by which parameters they were found.
bool is_unexplained(const session::RunRecord& run) {
  return !run.artifact_name.empty() && run.provenance.parameters.empty();
}

}  // namespace

void draw_codec_panel(const session::Snapshot& snapshot, Session& session, CodecPanelState& state) {
  heading(snapshot.b ? fmt::format("Codec {}", name_of(snapshot.focus)) : std::string("Codec"));
  experiment_tabs(snapshot, session);
  const codec::CodecKind* kind = snapshot.focused().run.kind;
  if (!kind) {
    caption("No codec yet.");
    return;
  }
  if (is_unexplained(snapshot.focused().run)) {
    ImGui::PushTextWrapPos(0);
    caption(snapshot.focused().run.artifact_name +
            (kind->parameters.empty()
                 ? " does not say how it was encoded. Files of this codec are read, and none are made."
                 : " does not say how it was encoded. A preset or a changed value encodes the picture anew, with what stands "
                   "here."));
    ImGui::PopTextWrapPos();
  }
  if (!snapshot.focused().run.preset.empty()) state.preset = snapshot.focused().run.preset;
  preset_combo(snapshot, session, ImGui::GetContentRegionAvail().x, state.preset);

  const NearestPreset nearest = nearest_preset(*kind, snapshot.focused().run.parameters, state.preset);
  const auto changed = [&](const Parameter& parameter) {
    return std::find(nearest.changed.begin(), nearest.changed.end(), &parameter) != nearest.changed.end();
  };
  ImGui::BeginChild("parameters", {0, 0}, false, ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme::px(8), theme::px(2)});
  std::string_view group;
  bool open = true;
  for (const Parameter& parameter : kind->parameters) {
    if (parameter.applies && !parameter.applies(snapshot.focused().run.parameters)) continue;
    if (parameter.group != group) {
      group = parameter.group;
      open = group_title(group, state);
    }
    if (!open) continue;
    parameter_row(parameter, snapshot.focused().run.parameters.number(parameter.key), changed(parameter), session, state);
  }
  ImGui::PopStyleVar(2);
  ImGui::EndChild();
}

}  // namespace txs::app
