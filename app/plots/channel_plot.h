#pragma once
#include <imgui.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/ticks.h"

namespace txs::app {

/// One channel of a block: the values of its texels, and the palette that they are rounded to. In the unit of its axis.
struct ChannelValues {
  std::string name;  ///< "red"; written beside the axes of a plane
  std::vector<double> original, decoded;  ///< a texel each; decoded may be empty
  std::vector<double> palette;
  double low = 0, high = 0;               ///< endpoints
  ImU32 ink = 0;                          ///< of the palette
  int lit_end = -1;                       ///< 0 low, 1 high: pointed at elsewhere
  Range whole{0, 255};                    ///< that the channel can have
};

/// What is drawn of a channel: all that it can have, or the part that the block takes, with some air around it.
Range shown_range(const ChannelValues& channel, bool whole);

/// A row a texel, its original (dot) and decoded value (square) over the palette's lines. A double click changes between
/// the block's part and the whole range. Returns the texel under the mouse.
std::optional<std::size_t> draw_channel_rows(const char* id, ImVec2 size, const ChannelValues& channel,
                                             std::optional<std::size_t> lit, bool& whole);

/// Two channels as a plane: the palettes' lattice, texels and what became of them. Mouse as above.
std::optional<std::size_t> draw_channel_plane(const char* id, ImVec2 size, const ChannelValues& across,
                                              const ChannelValues& up, std::optional<std::size_t> lit, bool& whole);

}  // namespace txs::app
