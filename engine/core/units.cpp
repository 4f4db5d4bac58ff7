#include "core/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace txs {

std::string db_text(double db) { return fmt::format("{:.2f} dB", db); }

std::string bits_per_pixel_text(double bits) { return fmt::format("{:.3f} bpp", bits); }

std::string bytes_text(std::uint64_t bytes) { return bits_text(bytes * 8); }

std::string bits_text(std::uint64_t bits) {
  const double bytes = static_cast<double>(bits) / 8;
  if (bytes < 1024) return fmt::format("{} B", bytes);  // shortest form: eighths are exact
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = bytes / 1024;
  std::size_t unit = 0;
  // Three digits or more; what would be rounded to 1024.0 belongs to the next unit.
  for (; value >= 1023.95 && unit + 1 < units.size(); ++unit) value /= 1024;
  return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : 1, units[unit]);
}

std::string ratio_text(double ratio) { return fmt::format("{:.2f} : 1", ratio); }

std::string seconds_text(double seconds) { return fmt::format("{:.2f} s", seconds); }

std::string fraction_text(double value) { return fmt::format("{:.4f}", value); }

std::string scientific_text(double value) {
  std::string text = fmt::format("{:.1e}", value);
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;  // inf, nan
  const bool negative = text[exponent + 1] == '-';
  const std::size_t digits = std::min(text.find_first_not_of('0', exponent + 2), text.size() - 1);
  return text.substr(0, exponent) + (negative ? "e-" : "e") + text.substr(digits);
}

std::string size_text(int width, int height) { return fmt::format("{} x {}", width, height); }

std::string channels_text(int channels) {
  switch (channels) {
    case 1: return "grey";
    case 2: return "grey + alpha";
    case 3: return "RGB";
    case 4: return "RGBA";
    default: return fmt::format("{} channels", channels);
  }
}

}  // namespace txs
