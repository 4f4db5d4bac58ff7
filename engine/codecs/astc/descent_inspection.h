#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "codec/inspection.h"
#include "codecs/astc/astc_block.h"
#include "shaders/interop/astc_descent.h"

namespace txs::astc {

/// Means over blocks, `loss` and `best` over those that have begun. Losses are of ends and weights at 8 bits, squared errors in
/// [0, 1] summed over texels and channels.
struct DescentFigures {
  double loss = 0;                         ///< of the descents in work, unrounded
  std::optional<double> hamming;           ///< of the same, where it is known of all
  std::array<double, 4> losses{};          ///< of 1, 2, 3, 4 partitions; 0: none yet
  std::array<double, 4> hamming_errors{};  ///< of the patterns that they ended in
  double best = 0;                         ///< of each block's best number of partitions
};

/// `bytes`: what sums.comp has left.
DescentFigures descent_figures(std::span<const std::byte> bytes, double blocks);

/// What `trace` tells of a block's descents.
void add_descents(codec::BlockInspection& inspection, const interop::AstcDescentTrace& trace,
                  const interop::AstcDescentSettings& settings, const Footprint& footprint);

}  // namespace txs::astc
