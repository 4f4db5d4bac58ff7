#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "codec/codec.h"

namespace txs::display {

/// The colour of a category in a view's map.
std::array<std::uint8_t, 3> category_colour(const codec::View& view, std::size_t category);

/// In how many columns of `View::rows` the categories lie; 0 where they have no order.
std::uint32_t category_columns(const codec::View& view);

}  // namespace txs::display
