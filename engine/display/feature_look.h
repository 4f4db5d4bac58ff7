#pragma once
#include <array>
#include <cstdint>

namespace txs::display {

/// How a view of features (codec::View::Kind::features) is looked at.
struct FeatureLook {
  bool mapped = false;               ///< one channel by the viridis map; else three as red, green and blue
  std::array<int, 3> rgb{0, 1, 2};   ///< the channels shown as red, green and blue; -1 or beyond the last: none (0)
  int channel = 0;                   ///< of the map
  bool common_range = false;         ///< from the least to the largest value of all channels, not of each its own

  bool operator==(const FeatureLook&) const = default;
};

/// The same for a grid of so many channels: those that it lacks are left out, a single one is mapped.
FeatureLook fitted(FeatureLook look, std::uint32_t channels);

/// The next channels: of the map the one `step` on, else all three by three times that; wraps.
FeatureLook stepped(FeatureLook look, std::uint32_t channels, int step);

}  // namespace txs::display
