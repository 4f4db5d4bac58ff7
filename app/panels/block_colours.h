#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

/// A block's colours as swatches and plots show them: of 8 bits over 0 .. 255, or light over the block's own range.
class BlockColours {
 public:
  /// `exposure_stops` brightens swatches of light beyond what brings the block's largest value to white.
  explicit BlockColours(const codec::BlockInspection& block, float exposure_stops = 0);

  bool light() const { return light_; }
  const std::vector<codec::Colour>& original() const { return original_; }
  const std::vector<codec::Colour>& decoded() const { return decoded_; }
  /// Channels that the block's lines set: bit 0 red .. 3 alpha. All where there is no line.
  std::uint32_t channels() const { return channels_; }

  /// As a swatch: the set channels, a single one in grey, light exposed and encoded as sRGB.
  codec::Texel shown(const codec::Colour& colour) const { return shown(colour, channels_); }
  codec::Texel shown(const codec::Colour& colour, std::uint32_t channels) const;

  /// The axis of a plot: what lies at its ends in the colours' own unit, and what is written there.
  float low() const { return low_; }
  float high() const { return high_; }
  double written(float value) const { return light_ ? double(value) : double(value) * 255; }
  float share(float value) const { return (value - low_) / (high_ - low_); }  ///< [0, 1] on the axis
  codec::Colour place(const codec::Colour& colour) const;                     ///< its shares, in the unit cube

  std::string number(float value) const;                                         ///< "181", "12.50"
  std::string numbers(const codec::Colour& colour, std::uint32_t channels) const;  ///< of those channels
  std::string difference(const codec::Colour& from, const codec::Colour& to, std::uint32_t channels) const;

 private:
  bool light_ = false;
  std::vector<codec::Colour> original_, decoded_;
  std::uint32_t channels_ = 0b1111;
  float low_ = 0, high_ = 1, gain_ = 1;
};

/// The least of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below a positive value.
float round_up(float value);

/// How many channels a mask has.
int channel_count(std::uint32_t channels);
/// The first channel of a mask, 0 .. 3.
std::size_t first_channel(std::uint32_t channels);
inline constexpr const char* channel_letters[] = {"R", "G", "B", "A"};

/// A line of the block, and what stands for it wherever it is drawn.
struct BlockLine {
  const codec::Subset* subset;
  std::size_t number;  ///< in BlockInspection::subsets
  std::string title;   ///< "subset 1", "alpha"; empty where a block has one only
  ImU32 ink;
};
std::vector<BlockLine> block_lines(const codec::BlockInspection& block);
ImU32 line_ink(std::size_t number);

/// The palette index of a texel on a line; none where the texel is another line's.
std::optional<std::uint8_t> index_on(const codec::BlockInspection& block, std::size_t line, std::size_t texel);
/// The line that sets a texel's colour: its partition's subset.
std::size_t line_of(const codec::BlockInspection& block, std::size_t texel);

}  // namespace txs::app
