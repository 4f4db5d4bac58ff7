#pragma once
#include <cstdint>
#include <vector>

namespace txs::astc {

/// The matrix, points x texels row by row, that gives the weights of a row of grid points whose linear blends come nearest
/// to a row of texels' weights: the pseudo-inverse of the infill of one axis (KDFS 23.17). `points` from 2 to `texels`.
std::vector<double> row_solver(std::uint32_t texels, std::uint32_t points);

}  // namespace txs::astc
