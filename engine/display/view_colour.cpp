#include "display/view_colour.h"

#include "display/colour_map.h"

namespace txs::display {

std::array<std::uint8_t, 3> category_colour(const codec::View& view, std::size_t category) {
  return view.rows == 0 ? category_colour(std::uint32_t(category))
                        : ordered_colour(std::uint32_t(category), category_columns(view), view.rows);
}

std::uint32_t category_columns(const codec::View& view) {
  return view.rows == 0 ? 0 : std::uint32_t(view.categories.size()) / view.rows;
}

}  // namespace txs::display
