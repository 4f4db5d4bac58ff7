#include "view/feature_controls.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "display/colour_map.h"
#include "theme/format.h"
#include "theme/widgets.h"
#include "view/legend.h"

namespace txs::app {
namespace {

using display::FeatureLook;

constexpr ImU32 primaries[] = {IM_COL32(224, 80, 80, 255), IM_COL32(84, 180, 84, 255), IM_COL32(96, 140, 240, 255)};
constexpr const char* primary_names[] = {"red", "green", "blue"};
constexpr int numbers_a_row = 8;
constexpr float most_of_picture = 0.3f;  // a legend that would hide more of it is left out

std::string number_text(int channel) { return channel < 0 ? std::string("\u2013") : std::to_string(channel); }

/// Every channel as a small button, and "none" for a colour that may stay dark.
void choose_channel(int channels, bool may_be_none, int& channel) {
  const ImVec2 side{theme::px(32), ImGui::GetFrameHeight()};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(2), theme::px(2)});
  for (int i = may_be_none ? -1 : 0; i < channels; ++i) {
    if (i > 0 && i % numbers_a_row != 0) ImGui::SameLine();
    const bool active = i == channel;
    if (active) ImGui::PushStyleColor(ImGuiCol_Button, colour::accent_dim);
    ImGui::PushID(i);
    const ImVec2 size = i < 0 ? ImVec2{2 * side.x + theme::px(2), side.y} : side;
    if (ImGui::Button(i < 0 ? "none" : number_text(i).c_str(), size)) {
      channel = i;
      ImGui::CloseCurrentPopup();
    }
    ImGui::PopID();
    if (active) ImGui::PopStyleColor();
  }
  ImGui::PopStyleVar();
}

/// A button with the channel's number; the wheel steps through them, a click shows them all.
void channel_button(const char* id, int channels, bool may_be_none, ImU32 mark, const std::string& help, int& channel) {
  ImGui::PushID(id);
  if (ImGui::Button(number_text(channel).c_str(), {theme::px(26), 0})) ImGui::OpenPopup("channels");
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRectFilled({from.x + theme::px(4), to.y - theme::px(3)},
                                            {to.x - theme::px(4), to.y - theme::px(1)}, mark);
  const int step = ImGui::IsItemHovered() ? int(std::lround(ImGui::GetIO().MouseWheel)) : 0;
  if (step != 0) channel = std::clamp(channel + step, may_be_none ? -1 : 0, channels - 1);
  tooltip(help);
  ImGui::SetNextWindowPos({from.x, to.y + theme::px(4)});
  if (ImGui::BeginPopup("channels")) {
    choose_channel(channels, may_be_none, channel);
    ImGui::EndPopup();
  }
  ImGui::PopID();
}

void channel_buttons(int channels, FeatureLook& look) {
  if (look.mapped) {
    return channel_button("map", channels, false, colour::text_dim,
                          "The channel that the colour map shows. Wheel or click to choose; W and Shift+W step.",
                          look.channel);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) ImGui::SameLine(0, theme::px(2));
    channel_button(primary_names[i], channels, true, primaries[i],
                   fmt::format("The channel shown as {}. Wheel or click to choose; W and Shift+W step all three.",
                               primary_names[i]),
                   look.rgb[i]);
  }
}

constexpr float mode_width = 40, whole_width = 2 * mode_width + 3 * 26 + 2 * 2 + 2 * 6, folded_width = 40;

void all_controls(int channels, FeatureLook& look) {
  ImGui::BeginDisabled(channels < 2);
  if (ImGui::Button(look.mapped ? "map" : "RGB", {theme::px(mode_width), 0})) look.mapped = !look.mapped;
  ImGui::EndDisabled();
  tooltip(channels < 2  ? "One channel: shown by the colour map."
          : look.mapped ? "One channel by the colour map. Click: three as red, green and blue (M)."
                        : "Three channels as red, green and blue. Click: one by the colour map (M).");
  ImGui::SameLine(0, theme::px(6));
  channel_buttons(channels, look);
  ImGui::SameLine(0, theme::px(6));
  ImGui::BeginDisabled(channels < 2);
  if (ImGui::Button(look.common_range ? "all" : "each", {theme::px(mode_width), 0}))
    look.common_range = !look.common_range;
  ImGui::EndDisabled();
  tooltip(look.common_range ? "One range for all channels of this grid. Click: each its own (Y)."
                            : "Each channel from its least to its largest value. Click: one range for all (Y).");
}

/// Three digits: a legend is no table, and its line is short.
std::string end_text(float value) {
  const double magnitude = std::abs(double(value));
  const int decimals = magnitude >= 100 || magnitude == 0 ? 0 : std::clamp(2 - int(std::floor(std::log10(magnitude))), 0, 6);
  return format_fixed(double(value), decimals);
}

std::string range_text(ValueRange range) { return end_text(range.low) + " .. " + end_text(range.high); }

ValueRange common_range(std::span<const ValueRange> ranges) {
  ValueRange common = ranges.front();
  for (const ValueRange& range : ranges)
    common = {std::min(common.low, range.low), std::max(common.high, range.high)};
  return common;
}

/// A line of the legend: what a colour shows, and from where to where.
struct Entry {
  ImU32 mark;
  std::string text;
};

std::vector<Entry> rgb_entries(const FeatureLook& look, std::span<const ValueRange> ranges) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < 3; ++i) {
    const int channel = look.rgb[i];
    if (channel < 0) continue;
    std::string text = fmt::format("{}", channel);
    if (!look.common_range)
      text += ranges.empty() ? "  min .. max" : "  " + range_text(ranges[std::size_t(channel)]);
    entries.push_back({primaries[i], std::move(text)});
  }
  if (look.common_range)
    entries.push_back({0, ranges.empty() ? std::string("min .. max of all") : range_text(common_range(ranges))});
  return entries;
}

float caption_width(const std::string& text) {
  const ImFont& font = *theme::fonts().caption;
  return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x;
}

void draw_entries(ImVec2 from, ImVec2 to, const std::vector<Entry>& entries) {
  auto& list = *ImGui::GetWindowDrawList();
  ImFont& font = *theme::fonts().caption;
  const float row = theme::px(18), pad = theme::px(6), mark = theme::px(8), gap = theme::px(12);
  const auto width_of = [&](const Entry& entry) {
    return caption_width(entry.text) + (entry.mark != 0 ? mark + theme::px(4) : 0.0f);
  };
  float width = 0;
  for (const Entry& entry : entries) width += width_of(entry) + (width > 0 ? gap : 0.0f);
  // One below the other where a line is too short for all.
  const bool stacked = width > to.x - from.x - 4 * pad;
  if (stacked) {
    width = 0;
    for (const Entry& entry : entries) width = std::max(width, width_of(entry));
  }
  const float height = row * float(stacked ? entries.size() : 1);
  if (height > (to.y - from.y) * most_of_picture) return;
  ImVec2 at{from.x + 2 * pad, to.y - pad - height - theme::px(2)};
  list.AddRectFilled({from.x + pad, at.y - theme::px(2)}, {at.x + width + pad, to.y - pad},
                     colour::faded(colour::canvas, 0.85f));
  for (const Entry& entry : entries) {
    float x = at.x;
    if (entry.mark != 0) {
      const float top = at.y + std::floor((row - mark) / 2);
      list.AddRectFilled({x, top}, {x + mark, top + mark}, entry.mark);
      x += mark + theme::px(4);
    }
    list.AddText(&font, font.FontSize, {x, at.y + std::floor((row - font.FontSize) / 2)}, colour::text,
                 entry.text.c_str());
    if (stacked)
      at.y += row;
    else
      at.x += width_of(entry) + gap;
  }
}

}  // namespace

void draw_feature_controls(ImVec2 corner, float height, float room, const codec::View& view, FeatureLook& look) {
  look = display::fitted(look, view.channels);
  const float inset = std::floor((height - ImGui::GetFrameHeight()) / 2);
  ImGui::SetCursorScreenPos({corner.x, corner.y + inset});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme::px(5), ImGui::GetStyle().FramePadding.y});
  if (room >= theme::px(whole_width)) {
    all_controls(int(view.channels), look);
  } else if (room >= theme::px(folded_width)) {
    if (ImGui::Button(look.mapped ? "map" : "RGB", {theme::px(folded_width), 0})) ImGui::OpenPopup("look");
    tooltip("Which channels are shown, and by which range");
    ImGui::SetNextWindowPos({corner.x, corner.y + height});
    if (ImGui::BeginPopup("look")) {
      all_controls(int(view.channels), look);
      ImGui::EndPopup();
    }
  }
  ImGui::PopStyleVar();
}

void draw_feature_legend(ImVec2 from, ImVec2 to, const codec::View& view, const FeatureLook& chosen,
                         std::span<const ValueRange> ranges) {
  const FeatureLook look = display::fitted(chosen, view.channels);
  if (ranges.size() != view.channels) ranges = {};
  if (!look.mapped) return draw_entries(from, to, rgb_entries(look, ranges));
  const float height = theme::px(20), pad = theme::px(6);
  std::string low = "min", high = fmt::format("max of channel {}", look.channel);
  if (!ranges.empty()) {
    const ValueRange range = look.common_range ? common_range(ranges) : ranges[std::size_t(look.channel)];
    low = end_text(range.low);
    high = end_text(range.high);
  }
  const float bar = std::min(theme::px(96), (to.x - from.x) * 0.3f);
  const float width = caption_width(low) + bar + caption_width(high) + theme::px(8);
  const ImVec2 corner{from.x + pad, to.y - pad - height};
  ImGui::GetWindowDrawList()->AddRectFilled(corner, {corner.x + width + 2 * pad, to.y - pad},
                                            colour::faded(colour::canvas, 0.85f));
  draw_bar({corner.x + pad + width, corner.y}, height, width, display::viridis, low, high);
}

}  // namespace txs::app
