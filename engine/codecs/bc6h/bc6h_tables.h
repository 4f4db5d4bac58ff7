#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "shaders/interop/bc6h_format.h"
#include "shaders/interop/bc7_tables.h"

/// The tables of BC6H after the Khronos Data Format Specification 1.4 (KDFS), section 20.2.
namespace txs::bc6h {

/// KDFS 20.2, "Block descriptions for BC6H block modes", as printed there: what the bits before the indices are,
/// least significant first, by row. X[a:b] are bits b to a of X, lowest first; with a < b they come highest first. M: mode
/// number, P: partition.
inline constexpr std::array<std::string_view, interop::bc6h_mode_count> mode_texts{
    "M[1:0] G2[4] B2[4] B3[4] R0[9:0] G0[9:0] B0[9:0] R1[4:0] G3[4] G2[3:0] G1[4:0] B3[0] G3[3:0] B1[4:0] B3[1] "
    "B2[3:0] R2[4:0] B3[2] R3[4:0] B3[3] P[4:0]",
    "M[1:0] G2[5] G3[4] G3[5] R0[6:0] B3[0] B3[1] B2[4] G0[6:0] B2[5] B3[2] G2[4] B0[6:0] B3[3] B3[5] B3[4] R1[5:0] "
    "G2[3:0] G1[5:0] G3[3:0] B1[5:0] B2[3:0] R2[5:0] R3[5:0] P[4:0]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[4:0] R0[10] G2[3:0] G1[3:0] G0[10] B3[0] G3[3:0] B1[3:0] B0[10] B3[1] B2[3:0] "
    "R2[4:0] B3[2] R3[4:0] B3[3] P[4:0]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[3:0] R0[10] G3[4] G2[3:0] G1[4:0] G0[10] G3[3:0] B1[3:0] B0[10] B3[1] B2[3:0] "
    "R2[3:0] B3[0] B3[2] R3[3:0] G2[4] B3[3] P[4:0]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[3:0] R0[10] B2[4] G2[3:0] G1[3:0] G0[10] B3[0] G3[3:0] B1[4:0] B0[10] B2[3:0] "
    "R2[3:0] B3[1] B3[2] R3[3:0] B3[4] B3[3] P[4:0]",
    "M[4:0] R0[8:0] B2[4] G0[8:0] G2[4] B0[8:0] B3[4] R1[4:0] G3[4] G2[3:0] G1[4:0] B3[0] G3[3:0] B1[4:0] B3[1] "
    "B2[3:0] R2[4:0] B3[2] R3[4:0] B3[3] P[4:0]",
    "M[4:0] R0[7:0] G3[4] B2[4] G0[7:0] B3[2] G2[4] B0[7:0] B3[3] B3[4] R1[5:0] G2[3:0] G1[4:0] B3[0] G3[3:0] B1[4:0] "
    "B3[1] B2[3:0] R2[5:0] R3[5:0] P[4:0]",
    "M[4:0] R0[7:0] B3[0] B2[4] G0[7:0] G2[5] G2[4] B0[7:0] G3[5] B3[4] R1[4:0] G3[4] G2[3:0] G1[5:0] G3[3:0] B1[4:0] "
    "B3[1] B2[3:0] R2[4:0] B3[2] R3[4:0] B3[3] P[4:0]",
    "M[4:0] R0[7:0] B3[1] B2[4] G0[7:0] B2[5] G2[4] B0[7:0] B3[5] B3[4] R1[4:0] G3[4] G2[3:0] G1[4:0] B3[0] G3[3:0] "
    "B1[5:0] B2[3:0] R2[4:0] B3[2] R3[4:0] B3[3] P[4:0]",
    "M[4:0] R0[5:0] G3[4] B3[0] B3[1] B2[4] G0[5:0] G2[5] B2[5] B3[2] G2[4] B0[5:0] G3[5] B3[3] B3[5] B3[4] R1[5:0] "
    "G2[3:0] G1[5:0] G3[3:0] B1[5:0] B2[3:0] R2[5:0] R3[5:0] P[4:0]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[9:0] G1[9:0] B1[9:0]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[8:0] R0[10] G1[8:0] G0[10] B1[8:0] B0[10]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[7:0] R0[10:11] G1[7:0] G0[10:11] B1[7:0] B0[10:11]",
    "M[4:0] R0[9:0] G0[9:0] B0[9:0] R1[3:0] R0[10:15] G1[3:0] G0[10:15] B1[3:0] B0[10:15]",
};

/// Reads one text of `mode_texts`.
class RunParser {
 public:
  constexpr explicit RunParser(std::string_view text) : text_(text) {}

  constexpr interop::Bc6hMode operator()(interop::Bc6hMode mode) {
    while (!text_.empty()) {
      const std::uint32_t which = variable();
      skip('[');
      const std::uint32_t first = number();
      const std::uint32_t last = text_.front() == ':' ? (skip(':'), number()) : first;
      skip(']');
      if (!text_.empty()) skip(' ');
      if (first >= last) mode.runs[mode.run_count++] = which | last << 8 | (first - last + 1) << 16;
      for (std::uint32_t bit = last; first < last && bit >= first; --bit)
        mode.runs[mode.run_count++] = which | bit << 8 | 1u << 16;
    }
    return mode;
  }

 private:
  constexpr std::uint32_t variable() {
    const char letter = text_.front();
    text_.remove_prefix(1);
    if (letter == 'M') return interop::bc6h_number_variable;
    if (letter == 'P') return interop::bc6h_partition_variable;
    return number() * 3 + (letter == 'R' ? 0 : letter == 'G' ? 1 : 2);
  }
  constexpr std::uint32_t number() {
    std::uint32_t value = 0;
    for (; text_.front() >= '0' && text_.front() <= '9'; text_.remove_prefix(1))
      value = value * 10 + std::uint32_t(text_.front() - '0');
    return value;
  }
  constexpr void skip(char expected) {
    if (text_.front() != expected) throw "a mistake in mode_texts";  // stops the compiler
    text_.remove_prefix(1);
  }

  std::string_view text_;
};

constexpr interop::Bc6hMode make_mode(std::uint32_t row) {
  const std::uint32_t deltas = interop::bc6h_delta_bits[row];
  interop::Bc6hMode mode{};
  mode.number = interop::bc6h_mode_numbers[row];
  mode.subsets = row < interop::bc6h_first_of_one_subset ? 2 : 1;
  mode.transformed = deltas != 0;
  mode.endpoint_bits = interop::bc6h_endpoint_bits[row];
  for (std::uint32_t c = 0; c < 3; ++c) mode.delta_bits[c] = deltas == 0 ? mode.endpoint_bits : deltas >> 4 * c & 15;
  mode.index_bits = mode.subsets == 1 ? 4 : 3;
  return RunParser(mode_texts[row])(mode);
}

/// The mode number is in two bits where those are 0 or 1, otherwise in five.
constexpr std::uint32_t row_of(std::uint32_t low_five_bits) {
  const std::uint32_t number = (low_five_bits & 3) < 2 ? low_five_bits & 3 : low_five_bits;
  for (std::uint32_t row = 0; row < interop::bc6h_mode_count; ++row)
    if (interop::bc6h_mode_numbers[row] == number) return row;
  return interop::bc6h_reserved;
}

constexpr interop::Bc6hTables make_tables() {
  interop::Bc6hTables tables{};
  for (std::uint32_t row = 0; row < interop::bc6h_mode_count; ++row) tables.modes[row] = make_mode(row);
  tables.modes[interop::bc6h_reserved] = {.number = 19, .subsets = 1, .endpoint_bits = 1, .delta_bits = {1, 1, 1},
                                          .index_bits = 4};  // that kernels need not ask
  for (std::uint32_t bits = 0; bits < 32; ++bits) tables.rows[bits] = row_of(bits);
  for (std::uint32_t p = 0; p < interop::bc6h_partitions; ++p) {  // the first half of BC7's
    tables.partitions[p] = {0, 1};
    const std::uint32_t anchors = 1u | 1u << interop::bc7_anchors2[p];
    tables.partitions[interop::bc6h_partitions + p] = {interop::bc7_partitions2[p], anchors};
  }
  for (std::uint32_t i = 0; i < 24; ++i) tables.weights[i] = interop::bc7_weights[4 + i];
  return tables;
}

/// What the decoders and encoders of both sides look up.
inline constexpr interop::Bc6hTables tables = make_tables();

constexpr const interop::Bc6hPartition& partition_of(std::uint32_t subsets, std::uint32_t number) {
  return tables.partitions[(subsets - 1) * interop::bc6h_partitions + number];
}

}  // namespace txs::bc6h
