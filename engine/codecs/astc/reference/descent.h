#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "codec/inspection.h"
#include "codecs/astc/snapping.h"

/// The steps of the descent on the CPU, in double precision; the tests hold the kernels to it.
namespace txs::astc::reference {

using Point = std::array<double, 4>;  ///< RGBA in [0, 1]; alpha 0 where it does not count

/// Of each partition.
struct Line {
  Point low{}, high{};
};
using Lines = std::vector<Line>;

enum class Solver { gradient, pca, least_squares };

/// Squared distance from the line's part between its ends.
double off_line(const Point& texel, const Line& line);

/// What a texel gains at least where it changes sides in free steps: half a level of 255 in each of three channels.
inline constexpr double tie = 3 * (0.5 / 255) * (0.5 / 255);
/// A texel is on its nearest line, and on those that are no farther off than this beyond it.
inline constexpr double equally_near = 1e-8;

/// Each texel to its nearest line; `before`: where it is and stays for a gain of `least_gain` or less. Empty: nowhere yet.
PartitionMap assigned(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> before,
                      double least_gain);

/// Texels that a pattern puts on a line that they are not on, under the names for its partitions that suit best.
std::uint32_t distance_to(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> pattern);

/// Each line fitted to its texels by one step.
Lines solved(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> map, Solver solver,
             double learning_rate);

/// Squared errors summed over texels and channels; `at_8_bits`: of ends and weights.
double loss_of(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> map, bool at_8_bits);

}  // namespace txs::astc::reference
