#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "image/image.h"

namespace txs::artifact {

using Rgb = std::array<std::uint8_t, 3>;

/// A TrueType face that draws antialiased text on pictures. Sizes are pixels of the em square.
class Font {
 public:
  /// The user interface's faces. Throw Error(internal) if the font's file is not there.
  static const Font& regular();
  static const Font& medium();

  explicit Font(const std::filesystem::path& file);
  ~Font();
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;

  /// Advance width in pixels, kerning included. `text` is UTF-8; broken sequences count as U+FFFD.
  float width(std::string_view text, int size) const;
  /// From the top of a line box to its baseline, if the box is `line_height` tall and the text stands in its middle.
  int baseline(int size, int line_height) const;
  /// Blends the text over the picture from (x, baseline) on; what falls outside is left out.
  void draw(Rgba8Image& target, float x, int baseline, std::string_view text, int size, Rgb colour) const;

  /// The text in lines of at most `max_width` pixels: broken at spaces, and inside words that are wider than a line.
  std::vector<std::string> wrap(std::string_view text, int size, float max_width) const;

 private:
  struct Face;
  std::unique_ptr<Face> face_;
};

}  // namespace txs::artifact
