#pragma once
#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "image/mips.h"

namespace txs {

using Texel = std::array<float, 4>;

/// Texels in floats, row-major.
struct FloatPicture {
  int width = 0, height = 0;
  std::vector<Texel> texels;

  std::span<const Texel> row(int y) const {
    return std::span(texels).subspan(std::size_t(y) * std::size_t(width), std::size_t(width));
  }
};

/// Rows of a picture that need not be in memory as floats: writes row y.
struct RowSource {
  int width = 0, height = 0;
  std::function<void(int y, std::span<Texel> row)> read;
};

/// The next level: sides halved, rounded down, at least 1. Every channel is filtered alone.
FloatPicture downsample(const RowSource& source, MipFilter filter);

}  // namespace txs
