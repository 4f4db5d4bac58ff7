#pragma once
#include <array>
#include <cstdint>
#include <span>

namespace txs::display {

/// The colour maps of GLSL and C++ alike (legends, colour bars): 8-bit sRGB. `t` in [0, 1], clamped.
std::array<std::uint8_t, 3> inferno(float t);  ///< of the error maps; polynomials, see shaders/interop/display.h
std::array<std::uint8_t, 3> viridis(float t);  ///< of scalar views

/// Categories: Okabe and Ito's colour-blind-safe set, then lighter and darker ones of it; wraps.
std::array<std::uint8_t, 3> category_colour(std::uint32_t category);
/// Of categories that have an order, in `columns` columns of `rows` each: pairs of numbers, or with one row single ones.
std::array<std::uint8_t, 3> ordered_colour(std::uint32_t category, std::uint32_t columns, std::uint32_t rows);

}  // namespace txs::display
