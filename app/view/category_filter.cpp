#include "view/category_filter.h"

#include <fmt/format.h>

#include <algorithm>

namespace txs::app {

void pick(CategoryFilter& filter, const codec::View& view, std::size_t category, bool too) {
  if (category >= filter.lit.size()) return;
  if (!is_of(filter, view)) filter = {view.id, view.categories, {}};
  if (too) {
    filter.lit.flip(category);
    return;
  }
  const bool alone = filter.lit.count() == 1 && filter.lit[category];
  filter.lit.reset();
  filter.lit.set(category, !alone);
}

const codec::View* filtered_view(const CategoryFilter& filter, std::span<const codec::View> views) {
  if (filter.lit.none()) return nullptr;
  const auto found = std::ranges::find_if(views, [&](const codec::View& view) { return is_of(filter, view); });
  const bool usable = found != views.end() && found->kind == codec::View::Kind::categorical && found->texture;
  return usable ? &*found : nullptr;
}

bool is_of(const CategoryFilter& filter, const codec::View& view) {
  return filter.view == view.id && filter.categories == view.categories;
}

bool shows(const CategoryFilter& filter, const codec::View& view, std::size_t category) {
  return !is_of(filter, view) || filter.lit.none() || (category < filter.lit.size() && filter.lit[category]);
}

std::string names_of(const CategoryFilter& filter, const codec::View& view) {
  constexpr std::size_t most_names = 3;
  if (filter.lit.count() > most_names)
    return fmt::format("{} of {} of {}", filter.lit.count(), view.categories.size(), view.title);
  std::string names;
  for (std::size_t i = 0; i < view.categories.size() && i < filter.lit.size(); ++i) {
    if (!filter.lit[i]) continue;
    if (!names.empty()) names += ", ";
    names += view.categories[i];
  }
  return names;
}

display::BlockFilter block_filter(const CategoryFilter& filter, std::span<const codec::View> views) {
  const codec::View* view = filtered_view(filter, views);
  if (!view) return {};
  return {view->texture, view->texels_wide, view->texels_high, filter.lit};
}

}  // namespace txs::app
