#include "view/category_layout.h"

#include <algorithm>
#include <span>

namespace txs::app {
namespace {

std::vector<std::size_t> named(const codec::View& view) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < view.categories.size(); ++i)
    if (!view.categories[i].empty()) all.push_back(i);
  return all;
}

/// The room of a share stays the same while it changes.
float entry_width(const codec::View& view, std::size_t category, bool with_share, const LegendSizes& sizes) {
  const float share = with_share ? sizes.gap + sizes.width("< 0.1 %") : 0;
  return sizes.mark + sizes.gap + sizes.width(view.categories[category]) + share + 2.5f * sizes.gap;
}

void place_others(LegendPlan& plan, float x, float y, const LegendSizes& sizes) {
  plan.others_x = x;
  plan.others_y = y;
  plan.others_width = sizes.width(others_text(plan.others.size())) + 2.5f * sizes.gap;
  plan.width = std::max(plan.width, x + plan.others_width);
  plan.height = y + sizes.row;
}

/// `shown` in the order of the view.
LegendPlan flow(const codec::View& view, std::span<const std::size_t> shown, std::vector<std::size_t> others,
                bool with_shares, float room, const LegendSizes& sizes) {
  LegendPlan plan{.with_shares = with_shares, .others = std::move(others)};
  plan.height = sizes.row;
  float x = 0, y = 0;
  const auto next = [&](float width) {
    if (x == 0 || x + width <= room) return;
    x = 0;
    y += sizes.row;
  };
  for (const std::size_t category : shown) {
    const float width = entry_width(view, category, with_shares, sizes);
    next(width);
    plan.entries.push_back({category, x, y, width});
    x += width;
    plan.width = std::max(plan.width, x);
    plan.height = y + sizes.row;
  }
  if (plan.others.empty()) return plan;
  next(sizes.width(others_text(plan.others.size())) + 2.5f * sizes.gap);
  place_others(plan, x, y, sizes);
  return plan;
}

}  // namespace

std::string others_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " other" : " others"); }

std::vector<std::size_t> by_frequency(const codec::View& view, const display::ViewCounts* counts) {
  std::vector<std::size_t> ranked = named(view);
  if (!counts) return ranked;
  const auto count = [&](std::size_t i) { return i < counts->counts.size() ? counts->counts[i] : 0; };
  std::erase_if(ranked, [&](std::size_t i) { return count(i) == 0; });
  std::ranges::stable_sort(ranked, std::ranges::greater{}, count);
  return ranked;
}

LegendPlan plan_rows(const codec::View& view, const display::ViewCounts* counts, float room, std::size_t most_rows,
                     const LegendSizes& sizes) {
  const float most_height = float(most_rows) * sizes.row;
  const std::vector<std::size_t> all = named(view), ranked = by_frequency(view, counts);
  std::vector<std::size_t> occurring = ranked;
  std::ranges::sort(occurring);
  LegendPlan best;
  const auto fits = [&](std::span<const std::size_t> shown, bool with_shares) {
    best = flow(view, shown, {}, with_shares, room, sizes);
    return best.height <= most_height;
  };
  if (counts && (fits(all, true) || (!occurring.empty() && fits(occurring, true)))) return best;
  if (fits(all, false)) return best;
  for (std::size_t count = 0; count <= ranked.size(); ++count) {
    std::vector<std::size_t> shown(ranked.begin(), ranked.begin() + std::ptrdiff_t(count));
    std::ranges::sort(shown);
    LegendPlan plan = flow(view, shown, {ranked.begin() + std::ptrdiff_t(count), ranked.end()}, counts != nullptr, room, sizes);
    if (plan.height > most_height) break;
    best = std::move(plan);
  }
  return best;
}

LegendPlan plan_column(const codec::View& view, const display::ViewCounts* counts, std::size_t most_rows,
                       const LegendSizes& sizes) {
  const std::vector<std::size_t> ranked = by_frequency(view, counts);
  LegendPlan plan{.with_shares = counts != nullptr};
  const std::size_t count = ranked.size() <= most_rows ? ranked.size() : most_rows - std::min<std::size_t>(most_rows, 1);
  for (std::size_t i = 0; i < count; ++i) {
    const float width = entry_width(view, ranked[i], plan.with_shares, sizes);
    plan.entries.push_back({ranked[i], 0, float(i) * sizes.row, width});
    plan.width = std::max(plan.width, width);
    plan.height = float(i + 1) * sizes.row;
  }
  plan.others.assign(ranked.begin() + std::ptrdiff_t(count), ranked.end());
  if (!plan.others.empty()) place_others(plan, 0, float(count) * sizes.row, sizes);
  return plan;
}

}  // namespace txs::app
