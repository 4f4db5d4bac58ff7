#include "plots/channel_plot.h"

#include <algorithm>
#include <cmath>

#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr double least_span = 8;  // of 255: single steps of 8 bits can be told apart, and no more

struct Canvas {
  PlotArea area;
  bool hovered = false;
};

/// The item and its axes; an area of no width if there is no room.
Canvas begin(const char* id, ImVec2 size, Range x, Range y, bool with_y, bool& whole) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  Canvas canvas;
  canvas.hovered = ImGui::IsItemHovered();
  if (canvas.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) whole = !whole;
  PlotArea& area = canvas.area;
  area.from = {corner.x + (with_y ? label_width("0000") + theme::px(4) : theme::px(8)), corner.y + theme::px(4)};
  area.to = {corner.x + size.x - theme::px(8), corner.y + size.y - label_height() - theme::px(4)};
  area.x = x;
  area.y = y;
  return canvas;
}

Ticks ticks_for(Range range, float pixels, float apart) {
  return linear_ticks(range, std::max(2, int(pixels / theme::px(apart))));
}

void draw_value(ImDrawList& list, ImVec2 original, const ImVec2* decoded, ImU32 ink, bool lit) {
  if (decoded) list.AddLine(original, *decoded, colour::faded(colour::text, lit ? 0.9f : 0.35f), 1);
  list.AddCircleFilled(original, theme::px(4), colour::faded(colour::text, 0.9f), 14);
  list.AddCircleFilled(original, theme::px(3), colour::text_dim, 14);
  if (decoded) {
    const float half = theme::px(2);
    list.AddRectFilled({decoded->x - half, decoded->y - half}, {decoded->x + half, decoded->y + half}, ink);
  }
  if (lit) list.AddCircle(original, theme::px(7), colour::text, 18, theme::px(1.5f));
}

/// The palette's values as lines across the plot, the endpoints thick.
void draw_palette(ImDrawList& list, const PlotArea& area, const ChannelValues& channel, bool upright) {
  const auto line = [&](double value, ImU32 ink, float thickness) {
    const float at = std::round(upright ? area.at_x(value) : area.at_y(value));
    if (upright)
      list.AddRectFilled({at, area.from.y}, {at + thickness, area.to.y}, ink);
    else
      list.AddRectFilled({area.from.x, at}, {area.to.x, at + thickness}, ink);
  };
  for (const double value : channel.palette) line(value, colour::faded(channel.ink, 0.4f), 1);
  for (int end = 0; end < 2; ++end) {
    const bool lit = channel.lit_end == end;
    line(end == 0 ? channel.low : channel.high, lit ? colour::text : channel.ink, theme::px(lit ? 3 : 2));
  }
}

/// On a patch of its own: lines of the palettes may lie under it.
void draw_name(ImDrawList& list, ImVec2 at, Anchor anchor, const ChannelValues& channel) {
  const float width = label_width(channel.name), half = label_height() / 2 + theme::px(1), pad = theme::px(3);
  const float left = anchor == Anchor::left ? at.x : at.x - width;
  list.AddRectFilled({left - pad, at.y - half}, {left + width + pad, at.y + half}, colour::canvas);
  draw_label(list, at, anchor, channel.ink, channel.name);
}

}  // namespace

Range shown_range(const ChannelValues& channel, bool whole) {
  if (whole) return channel.whole;
  Range range{channel.low, channel.low};
  const auto include = [&](double value) {
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  };
  include(channel.high);
  for (const double value : channel.original) include(value);
  for (const double value : channel.decoded) include(value);
  const double scale = channel.whole.span() / 255;
  const double span = std::max(range.span() * 1.1, least_span * scale), middle = (range.low + range.high) / 2;
  return {middle - span / 2, middle + span / 2};
}

std::optional<std::size_t> draw_channel_rows(const char* id, ImVec2 size, const ChannelValues& channel,
                                             std::optional<std::size_t> lit, bool& whole) {
  const auto rows = double(std::max<std::size_t>(channel.original.size(), 1));
  const Canvas canvas = begin(id, size, shown_range(channel, whole), {-0.7, rows - 0.3}, false, whole);
  const PlotArea& area = canvas.area;
  if (area.width() < theme::px(48) || area.height() < theme::px(16)) return {};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_axes(list, area, ticks_for(area.x, area.width(), 48), {});
  list.PushClipRect(area.from, area.to, true);
  draw_palette(list, area, channel, true);
  const auto row_of = [&](std::size_t texel) { return rows - 1 - double(texel); };  // the first one at the top
  for (std::size_t i = 0; i < channel.original.size(); ++i) {
    const ImVec2 from = area.at(channel.original[i], row_of(i));
    const ImVec2 to = i < channel.decoded.size() ? area.at(channel.decoded[i], row_of(i)) : from;
    draw_value(list, from, i < channel.decoded.size() ? &to : nullptr, channel.ink, lit == i);
  }
  list.PopClipRect();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!canvas.hovered || !area.contains(mouse) || channel.original.empty()) return {};
  const double row = (area.to.y - mouse.y) / area.height() * area.y.span() + area.y.low;
  return std::size_t(std::clamp(rows - 1 - std::round(row), 0.0, rows - 1));
}

std::optional<std::size_t> draw_channel_plane(const char* id, ImVec2 size, const ChannelValues& across,
                                              const ChannelValues& up, std::optional<std::size_t> lit, bool& whole) {
  // The same scale both ways: an error to the side is as long as one upwards.
  Range x = shown_range(across, whole), y = shown_range(up, whole);
  const double span = std::max(x.span(), y.span());
  for (Range* range : {&x, &y}) {
    const double middle = (range->low + range->high) / 2;
    *range = {middle - span / 2, middle + span / 2};
  }
  Canvas canvas = begin(id, size, x, y, true, whole);
  PlotArea& area = canvas.area;
  if (area.width() < theme::px(48) || area.height() < theme::px(48)) return {};
  const double widening = area.width() / area.height();
  Range& longer = widening > 1 ? area.x : area.y;
  const double more = span * ((widening > 1 ? widening : 1 / widening) - 1) / 2;
  longer = {longer.low - more, longer.high + more};

  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_axes(list, area, ticks_for(area.x, area.width(), 48), ticks_for(area.y, area.height(), 32));
  list.PushClipRect(area.from, area.to, true);
  draw_palette(list, area, across, true);
  draw_palette(list, area, up, false);
  std::optional<std::size_t> under;
  float nearest = theme::px(10);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const std::size_t texels = std::min(across.original.size(), up.original.size());
  for (std::size_t i = 0; i < texels; ++i) {
    const ImVec2 from = area.at(across.original[i], up.original[i]);
    const bool decoded = i < across.decoded.size() && i < up.decoded.size();
    const ImVec2 to = decoded ? area.at(across.decoded[i], up.decoded[i]) : from;
    draw_value(list, from, decoded ? &to : nullptr, colour::text, lit == i);
    const float distance = std::hypot(mouse.x - from.x, mouse.y - from.y);
    if (canvas.hovered && distance < nearest) {
      nearest = distance;
      under = i;
    }
  }
  list.PopClipRect();
  draw_name(list, {area.to.x - theme::px(4), area.to.y - label_height() / 2 - theme::px(3)}, Anchor::right, across);
  draw_name(list, {area.from.x + theme::px(4), area.from.y + label_height() / 2 + theme::px(3)}, Anchor::left, up);
  return under;
}

}  // namespace txs::app
