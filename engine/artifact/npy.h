#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace txs::artifact {

/// What an array of NumPy's .npy format holds (NEP 1, "A Simple File Format for NumPy Arrays"), in C order.
struct NpyType {
  std::string_view descr;  ///< "<f2", "<f4", "|u1"
  std::vector<std::uint64_t> shape;

  std::uint64_t data_bytes() const;
};

/// Of any header that is read, and what stands before it.
inline constexpr std::uint64_t max_npy_header_bytes = 12 + 65536;

/// `data` is type.data_bytes() long.
std::vector<std::byte> write_npy_array(const NpyType& type, std::span<const std::byte> data);

/// The data of an array of exactly this type. Throws Error(input), one line with `name` that says what was found and
/// what is needed.
std::span<const std::byte> npy_data(std::span<const std::byte> file, const NpyType& type, std::string_view name);

}  // namespace txs::artifact
