#include "theme/format.h"

#include <fmt/format.h>

#include <cmath>

#include "core/units.h"

namespace txs::app {
namespace {

constexpr const char* minus = "\u2212";
constexpr const char* unknown = "\u2013";

/// A hyphen is narrower than a digit, the minus sign is as wide as the plus: columns stay aligned.
std::string with_true_minus(const std::string& text) {
  return text.starts_with('-') ? std::string(minus).append(text, 1) : text;
}

}  // namespace

std::string format_fixed(double value, int decimals) {
  if (std::isnan(value)) return unknown;
  if (std::isinf(value)) return value < 0 ? std::string(minus) + "\u221E" : "\u221E";
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) return text.substr(1);  // no "-0.00"
  return with_true_minus(text);
}

std::string format_short(double value) {
  if (!std::isfinite(value)) return format_fixed(value, 0);
  return with_true_minus(fmt::format("{:.4g}", value == 0 ? 0.0 : value));
}

std::string format_scientific(double value) {
  if (!std::isfinite(value)) return format_fixed(value, 0);
  if (value == 0) return "0";
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  // By the text, which may round up to the next power of ten.
  std::string text = fmt::format("{:.3f}", value / std::pow(10.0, exponent));
  if (text.starts_with("10.") || text.starts_with("-10.")) return format_scientific(std::copysign(std::pow(10.0, exponent + 1), value));
  return with_true_minus(text) + fmt::format("e{}", exponent);
}

std::string format_db_value(double decibels) { return format_fixed(decibels, 2); }

std::string format_db(double decibels) { return format_db_value(decibels) + " dB"; }

std::string format_db(std::optional<double> decibels) { return decibels ? format_db(*decibels) : unknown; }

std::string format_gain(double decibels) {
  const std::string text = format_fixed(decibels, 2);
  return (decibels >= 0 ? "+" : "") + text + " dB";
}

std::string format_bpp(double bits_per_pixel) { return format_fixed(bits_per_pixel, 3) + " bpp"; }

std::string format_ratio(double ratio) { return format_fixed(ratio, 2) + " : 1"; }

std::string format_bytes(std::uint64_t bytes) { return bytes_text(bytes); }

std::string format_bits(std::uint64_t bits) { return bits_text(bits); }

std::string format_seconds(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return unknown;
  if (seconds == 0) return "0 s";
  if (seconds < 0.00995) return fmt::format("{:.2f} ms", seconds * 1e3);
  if (seconds < 0.0995) return fmt::format("{:.1f} ms", seconds * 1e3);
  if (seconds < 9.995) return fmt::format("{:.2f} s", seconds);
  if (seconds < 99.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = std::uint64_t(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string format_milliseconds(double milliseconds) { return format_fixed(milliseconds, 3) + " ms"; }

std::string format_count(std::uint64_t count) {
  const std::string digits = fmt::format("{}", count);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += "\u2009";
    text += digits[i];
  }
  return text;
}

std::string format_rate(double per_second) {
  if (!std::isfinite(per_second) || per_second <= 0) return unknown;
  if (per_second >= 1e9) return fmt::format("{:.2f} G/s", per_second / 1e9);
  if (per_second >= 1e6) return fmt::format("{:.2f} M/s", per_second / 1e6);
  if (per_second >= 1e4) return fmt::format("{:.0f} k/s", per_second / 1e3);
  return fmt::format("{:.0f} /s", per_second);
}

}  // namespace txs::app
