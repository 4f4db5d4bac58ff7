#pragma once
#include <cstdint>
#include <vector>

namespace txs::astc {

/// The matrix, points x texels row by row, that gives the weights of a row of grid points whose linear blends come nearest
/// to a row of texels' weights: the pseudo-inverse of the infill of one axis (KDFS 23.17). `points` from 2 to `texels`.
std::vector<double> row_solver(std::uint32_t texels, std::uint32_t points);

/// What a row of texels keeps once `points` grid points have solved it and are blended back: texels x texels, row by row, an
/// orthogonal projector (but for the infill's rounding).
std::vector<double> row_projector(std::uint32_t texels, std::uint32_t points);

/// The orthonormal cosine transform (DCT-II) of a row of texels: frequency x texel.
std::vector<double> cosines(std::uint32_t texels);

}  // namespace txs::astc
