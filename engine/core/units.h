#pragma once
#include <cstdint>
#include <string>

/// How figures are written for people, the same everywhere. JSON keeps full precision instead.
namespace txs {

std::string db_text(double db);                ///< "39.95 dB", "inf dB"
std::string bits_per_pixel_text(double bits);  ///< "8.000 bpp"
std::string bytes_text(std::uint64_t bytes);   ///< "812 B", "28.6 KiB", "1.35 MiB"
std::string bits_text(std::uint64_t bits);     ///< the same of eighths: "312.5 B"
std::string ratio_text(double ratio);          ///< "3.00 : 1"
std::string seconds_text(double seconds);      ///< "0.42 s"
std::string fraction_text(double value);       ///< SSIM and errors in [0, 1]: "0.9871"
std::string scientific_text(double value);     ///< two digits: "1.7e-4"
std::string size_text(int width, int height);  ///< "768 x 512"
std::string channels_text(int channels);       ///< "grey", "grey + alpha", "RGB", "RGBA"

}  // namespace txs
