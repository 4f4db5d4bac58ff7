// Changes to the bytes of a network file that leave the rest of it sound.
#pragma once
#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace txs::test {

using Bytes = std::vector<std::byte>;

template <typename Number>
Number number_at(const Bytes& file, std::size_t at) {
  Number number;
  std::memcpy(&number, file.data() + at, sizeof(number));
  return number;
}

template <typename Number>
void set_number(Bytes& file, std::size_t at, Number number) {
  std::memcpy(file.data() + at, &number, sizeof(number));
}

/// Makes the last four bytes the CRC-32 of those before them.
inline void repair_checksum(Bytes& file) {
  if (file.size() < 4) return;
  const std::size_t size = file.size() - 4;
  set_number(
      file, size,
      static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(file.data()), static_cast<uInt>(size))));
}

/// Where section `number` (0: JSON, 1: GRID, 2: MLP, 3: TRNG) has its size; its bytes follow at + 8.
inline std::size_t section_size_at(const Bytes& file, int number) {
  std::size_t at = 16;
  for (int i = 0; i < number; ++i) at += 8 + number_at<std::uint64_t>(file, at) + 4;
  return at;
}

/// The section's bytes replaced, and the checksum set.
inline Bytes with_section(const Bytes& file, int number, const Bytes& section) {
  const std::size_t at = section_size_at(file, number);
  const std::size_t end = at + 8 + number_at<std::uint64_t>(file, at);
  Bytes changed(file.begin(), file.begin() + std::ptrdiff_t(at) + 8);
  set_number<std::uint64_t>(changed, at, section.size());
  changed.insert(changed.end(), section.begin(), section.end());
  changed.insert(changed.end(), file.begin() + std::ptrdiff_t(end), file.end());
  repair_checksum(changed);
  return changed;
}

inline Bytes section(const Bytes& file, int number) {
  const auto at = file.begin() + std::ptrdiff_t(section_size_at(file, number));
  return {at + 8, at + 8 + std::ptrdiff_t(number_at<std::uint64_t>(file, section_size_at(file, number)))};
}

/// One text in the description replaced by another; the file unchanged if it is not there.
inline Bytes with_description(const Bytes& file, std::string_view from, std::string_view to) {
  const Bytes bytes = section(file, 0);
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t at = text.find(from);
  if (at == text.npos) return file;
  text.replace(at, from.size(), to);
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return with_section(file, 0, Bytes(first, first + text.size()));
}

}  // namespace txs::test
