#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace txs::app {

/// Numbers as every panel writes them: one precision a quantity, unit after a space, true minus sign, "∞" for
/// infinities and an en dash for what is not known.

std::string format_db(double decibels);                 ///< "39.97 dB"
std::string format_db(std::optional<double> decibels);  ///< "–" when absent
std::string format_db_value(double decibels);           ///< "39.97", for columns whose heading names the unit
std::string format_gain(double decibels);               ///< "+1.59 dB"
std::string format_bpp(double bits_per_pixel);          ///< "8.000 bpp"
std::string format_ratio(double ratio);                 ///< "4.00 : 1"
std::string format_bytes(std::uint64_t bytes);          ///< "812 B", "28.6 KiB", "1.35 MiB"
std::string format_bits(std::uint64_t bits);            ///< the same of eighths: "1.13 KiB", "312.5 B"
std::string format_seconds(double seconds);             ///< "0.84 ms", "12.3 ms", "0.84 s", "12.3 s", "2 min 05 s"
std::string format_milliseconds(double milliseconds);   ///< "0.843 ms", for the profiler's aligned columns
std::string format_count(std::uint64_t count);          ///< "1 234 567", grouped by thin spaces
std::string format_rate(double per_second);             ///< "1.23 M/s", "845 k/s", "12 /s"
std::string format_fixed(double value, int decimals);   ///< "0.0060"
std::string format_scientific(double value);            ///< "1.750e-3": losses, whose powers of ten matter
std::string format_short(double value);                 ///< up to 4 significant digits: colour-bar ends, axis marks

}  // namespace txs::app
