#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// As much of ZIP (PKWARE, "APPNOTE.TXT", 6.3) as .npz needs: files of less than 4 GiB, stored or deflated.
namespace txs::artifact {

struct ZipFile {
  std::string_view name;
  std::vector<std::byte> bytes;
};

/// Stored, dated 1980-01-01, so that the same files give the same archive. Throws Error(internal) from 4 GiB on.
std::vector<std::byte> write_zip(std::span<const ZipFile> files);

/// A file in an archive, still as it is coded there; refers to the archive's bytes.
struct ZipEntry {
  std::string_view name;
  bool deflated = false;
  std::uint32_t checksum = 0;
  std::uint32_t size = 0;  ///< decoded
  std::span<const std::byte> coded;
};

/// The archive's directory. Throws Error(input), one line with `name`: no archive, damaged, zip64, encrypted, in
/// several parts, or coded otherwise.
std::vector<ZipEntry> zip_entries(std::span<const std::byte> archive, std::string_view name);

/// The bytes of a file. Throws Error(input) if they are more than `most_bytes`, before anything is allocated, or are
/// not what their checksum says.
std::vector<std::byte> unzip(const ZipEntry& entry, std::uint64_t most_bytes, std::string_view name);

}  // namespace txs::artifact
