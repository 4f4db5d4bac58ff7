#include "plots/curve_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr std::size_t most_names = 5;

struct Line {
  std::optional<std::size_t> curve;  ///< none: says how many more there are
  std::string text;
  float width;
};

std::string cut(const std::string& text, float width) {
  if (label_width(text) <= width) return text;
  std::string head = text;
  while (!head.empty() && label_width(head + "\u2026") > width) {
    do head.pop_back();
    while (!head.empty() && (static_cast<unsigned char>(head.back()) & 0xC0) == 0x80);  // whole characters
  }
  return head + "\u2026";
}

/// The present run first, then those before it, newest first.
std::vector<Line> lines_of(std::span<const Curve> curves, std::size_t most, float width) {
  std::vector<Line> lines;
  const std::size_t named = curves.size() <= most ? curves.size() : most - 1;
  for (std::size_t i = curves.size(); i-- > curves.size() - named;) {
    std::string text = cut(curves[i].label, width);
    const float own = label_width(text);
    lines.push_back({i, std::move(text), own});
  }
  if (named < curves.size()) {
    std::string text = fmt::format("and {} more", curves.size() - named);
    const float own = label_width(text);
    lines.push_back({{}, std::move(text), own});
  }
  return lines;
}

/// The legend's top left corner.
ImVec2 place_legend(const PlotArea& area, ImVec2 size, float pad, std::span<const ImVec2> points, int& corner) {
  const auto place = [&](int at) {
    return ImVec2{std::round(at % 2 == 0 ? area.from.x + pad : area.to.x - size.x - pad),
                  std::round(at / 2 == 0 ? area.from.y + pad : area.to.y - size.y - pad)};
  };
  const auto covered = [&](int at) {
    const ImVec2 from = place(at);
    return std::ranges::count_if(points, [&](ImVec2 point) {
      return point.x >= from.x - pad && point.x < from.x + size.x + pad && point.y >= from.y - pad &&
             point.y < from.y + size.y + pad;
    });
  };
  const auto now = covered(corner);
  for (int at = 3; at >= 0; --at)  // curves of both kinds leave the bottom right free most often
    if (2 * covered(at) < now && covered(at) < covered(corner)) corner = at;
  return place(corner);
}

}  // namespace

ImU32 run_colour(std::uint64_t run, Role role) {
  if (role != Role::before) return role == Role::a ? colour::accent : colour::sky_blue;
  // Orange and yellow are left out: beside the amber accent they would pass for A's run.
  constexpr ImU32 set[] = {colour::bluish_green, colour::reddish_purple, colour::vermillion, colour::blue};
  return set[(run + std::size(set) - 1) % std::size(set)];  // runs count from 1
}

std::optional<std::size_t> draw_curve_legend(ImDrawList& list, const PlotArea& area, std::span<const Curve> curves,
                                             std::span<const ImVec2> points, std::uint64_t highlighted, int& corner) {
  const float row = label_height() + theme::px(2), pad = theme::px(4), mark = theme::px(12), gap = theme::px(4);
  const auto fits = static_cast<std::size_t>(std::max(0.0f, area.height() * 0.7f / row));
  const std::size_t most = std::min(most_names, fits);
  const float room = std::min(theme::px(220), area.width() * 0.6f) - mark - gap - 2 * pad;
  if (curves.size() < 2 || most < 2 || room < theme::px(48)) return {};
  const std::vector<Line> lines = lines_of(curves, most, room);
  float width = 0;
  for (const Line& line : lines) width = std::max(width, line.width);
  const ImVec2 size{width + mark + gap + 2 * pad, row * float(lines.size()) + 2 * pad};
  const ImVec2 from = place_legend(area, size, pad, points, corner);
  list.AddRectFilled(from, {from.x + size.x, from.y + size.y}, colour::faded(colour::canvas, 0.8f), theme::px(2));

  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::optional<std::size_t> under;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const float y = from.y + pad + row * float(i), middle = y + row / 2;
    const bool on = mouse.x >= from.x && mouse.x < from.x + size.x && mouse.y >= y && mouse.y < y + row;
    if (lines[i].curve) {
      const Curve& curve = curves[*lines[i].curve];
      const bool strong = curve.role != Role::before || curve.run == highlighted;
      const float half = theme::px(strong ? 2 : 1) / 2;
      list.AddRectFilled({from.x + pad, middle - half}, {from.x + pad + mark, middle + half},
                         run_colour(curve.run, curve.role));
      if (on) under = lines[i].curve;
      draw_label(list, {from.x + pad + mark + gap, middle}, Anchor::left,
                 strong || on ? colour::text : colour::text_dim, lines[i].text);
    } else {
      draw_label(list, {from.x + pad + mark + gap, middle}, Anchor::left, colour::text_faint, lines[i].text);
    }
  }
  return under;
}

}  // namespace txs::app
