#include "plots/gain_steps.h"

#include <algorithm>
#include <cmath>

#include "metrics/metrics.h"
#include "plots/plot_area.h"
#include "theme/format.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

/// Of all finite PSNRs, with room for the bar of the first step and of one without error.
Range scale_of(std::span<const GainStep> steps) {
  Range range{INFINITY, -INFINITY};
  for (const GainStep& step : steps) {
    if (!std::isfinite(step.db)) continue;
    range.low = std::min(range.low, step.db);
    range.high = std::max(range.high, step.db);
  }
  if (!(range.low <= range.high)) return {0, 1};
  const double air = std::max(range.span() * 0.15, 0.05);
  return {range.low - air, range.high + (std::isfinite(steps.back().db) ? 0 : air)};
}

std::string gained_text(const GainStep& step) {
  if (std::isnan(step.gained)) return "\u2013";
  if (std::isinf(step.gained)) return "+\u221E";
  return (step.gained < 0 ? "\u2212" : "+") + format_fixed(std::abs(step.gained), 2);
}

}  // namespace

std::vector<GainStep> gain_steps(std::span<const codec::Gain> gains, double samples) {
  std::vector<GainStep> steps;
  for (const codec::Gain& gain : gains) {
    const double db = metrics::psnr_from_mse(samples > 0 ? gain.squared_error / samples : 0);
    const bool first = steps.empty();
    // Nothing is gained over no error: infinity less infinity is none.
    const bool perfect = !first && std::isinf(steps.back().db) && std::isinf(db);
    steps.push_back({gain.name, db, first || perfect ? 0 : db - steps.back().db});
  }
  return steps;
}

void draw_gain_steps(const char* id, float width, std::span<const GainStep> steps, bool with_psnr) {
  const float row = theme::px(18);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(width, 1.0f), std::max(row * float(steps.size()), 1.0f)});
  if (steps.empty()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float gap = theme::px(8), gain = label_width("+00.00"), result = with_psnr ? label_width("00.00 dB") : -gap;
  float name = 0;
  for (const GainStep& step : steps) name = std::max(name, label_width(step.name));
  name = std::min(name, width * 0.42f);

  PlotArea area;
  area.from = {corner.x + name + gap, corner.y};
  area.to = {corner.x + width - result - gain - 2 * gap, corner.y + row * float(steps.size())};
  area.x = scale_of(steps);
  const bool bars = area.width() >= theme::px(24);
  if (bars) list.AddRectFilled(area.from, area.to, colour::canvas);
  float before = area.from.x;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const GainStep& step = steps[i];
    const float top = corner.y + row * float(i), middle = top + row / 2;
    list.PushClipRect({corner.x, top}, {corner.x + name, top + row}, true);
    draw_label(list, {corner.x, middle}, Anchor::left, colour::text, step.name);
    list.PopClipRect();
    const float after = std::isfinite(step.db) ? std::round(area.at_x(step.db)) : area.to.x;
    if (bars) {
      const float inset = theme::px(4);
      // The first bar is where the search began, the others are what was gained.
      const ImU32 ink = i == 0 ? colour::text_faint : after < before ? colour::bad : colour::good;
      list.AddRectFilled({std::min(before, after), top + inset},
                         {std::max({before, after, before + 1}), top + row - inset}, ink);
      if (i + 1 < steps.size())
        list.AddRectFilled({after, top + row - inset}, {after + 1, top + row + inset}, colour::text_faint);
    }
    before = after;
    if (i > 0)
      draw_label(list, {corner.x + width - result - gap, middle}, Anchor::right,
                 step.gained > 0 ? colour::text : colour::text_dim, gained_text(step));
    if (with_psnr) draw_label(list, {corner.x + width, middle}, Anchor::right, colour::text_dim, format_db(step.db));
  }
}

}  // namespace txs::app
