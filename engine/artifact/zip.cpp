#include "artifact/zip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::uint32_t local_signature = 0x04034B50, central_signature = 0x02014B50, end_signature = 0x06054B50;
constexpr std::uint16_t version_needed = 20;  ///< 2.0: deflate
constexpr std::uint16_t method_stored = 0, method_deflated = 8;
constexpr std::uint16_t flag_encrypted = 1;
constexpr std::uint16_t first_of_january_1980 = 1 << 5 | 1;
constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;  ///< a size or an offset that stands in a zip64 field instead
constexpr std::uint16_t count_in_zip64 = 0xFFFF;

// ZIP's numbers are not aligned: packed structs mirror its layout.
#pragma pack(push, 1)
/// What a file's local header and its central one have in common.
struct FileFields {
  std::uint16_t version, flags, method, time, date;
  std::uint32_t checksum, coded_size, size;
  std::uint16_t name_size, extra_size;
};
struct LocalHeader {
  std::uint32_t signature;
  FileFields file;
};
struct CentralHeader {
  std::uint32_t signature;
  std::uint16_t made_by;
  FileFields file;
  std::uint16_t comment_size, disk, internal_attributes;
  std::uint32_t external_attributes, offset;
};
struct EndRecord {
  std::uint32_t signature;
  std::uint16_t disk, directory_disk, count_here, count;
  std::uint32_t directory_size, directory_offset;
  std::uint16_t comment_size;
};
#pragma pack(pop)
static_assert(sizeof(LocalHeader) == 30 && sizeof(CentralHeader) == 46 && sizeof(EndRecord) == 22);

std::uint32_t checksum(std::span<const std::byte> bytes) {
  const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), data, bytes.size()));
}

/// The end record is what a comment of any length stands behind: the last that reaches to the end of the file.
EndRecord find_end(std::span<const std::byte> archive, std::string_view name) {
  const std::size_t longest = sizeof(EndRecord) + std::numeric_limits<std::uint16_t>::max();
  for (std::size_t back = sizeof(EndRecord); back <= std::min(archive.size(), longest); ++back) {
    const auto end = read_as<EndRecord>(archive.last(back));
    if (end.signature == end_signature && end.comment_size == back - sizeof(EndRecord)) return end;
  }
  refuse(name, "is no .npz file: it has no directory of a zip archive at its end");
}

ZipEntry take_entry(ByteReader& directory, std::span<const std::byte> archive, std::string_view name) {
  const auto header = directory.number<CentralHeader>("directory");
  if (header.signature != central_signature) refuse(name, "is no sound zip archive: its directory is damaged");
  const auto entry_name = directory.take(header.file.name_size, "directory");
  directory.take(header.file.extra_size, "directory");
  directory.take(header.comment_size, "directory");
  if (header.file.size == in_zip64 || header.file.coded_size == in_zip64 || header.offset == in_zip64)
    refuse(name, "is a zip64 archive; files of less than 4 GiB in a plain one are read");
  if (header.file.flags & flag_encrypted) refuse(name, "is an encrypted zip archive; plain ones are read");
  const std::uint16_t method = header.file.method;
  if (method != method_stored && method != method_deflated)
    refuse(name, fmt::format("holds files of zip method {}; 0 (stored) and 8 (deflated) are read", method));

  // Of the local header only what stands before the data counts: writers that stream leave its sizes empty.
  const auto local = read_as<LocalHeader>(part(archive, header.offset, sizeof(LocalHeader), "file header", name));
  if (local.signature != local_signature) refuse(name, "is no sound zip archive: no file where its directory says");
  const std::uint64_t data =
      std::uint64_t(header.offset) + sizeof(LocalHeader) + local.file.name_size + local.file.extra_size;
  ZipEntry entry;
  entry.name = {reinterpret_cast<const char*>(entry_name.data()), entry_name.size()};
  entry.deflated = method == method_deflated;
  entry.checksum = header.file.checksum;
  entry.size = header.file.size;
  entry.coded = part(archive, data, header.file.coded_size, "file", name);
  return entry;
}

/// All of `coded` as raw deflate into all of `bytes`, or false.
bool inflate_exactly(std::span<const std::byte> coded, std::span<std::byte> bytes) {
  z_stream stream{};
  constexpr int raw_deflate = -MAX_WBITS;
  if (inflateInit2(&stream, raw_deflate) != Z_OK) return false;
  // zlib's interface takes no pointers to const; it does not write there.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(coded.data()));
  stream.avail_in = static_cast<uInt>(coded.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return result == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0;
}

}  // namespace

std::vector<std::byte> write_zip(std::span<const ZipFile> files) {
  Bytes archive, directory;
  for (const ZipFile& file : files) {
    // Sizes and offsets of 32 bits hold all that comes before this.
    if (archive.size() + directory.size() + file.bytes.size() > std::numeric_limits<std::uint32_t>::max() - 1024)
      throw Error(Fault::internal, "the grids cannot be saved as .npz: they take 4 GiB or more");
    const auto size = static_cast<std::uint32_t>(file.bytes.size());
    FileFields fields{version_needed,
                      0,
                      method_stored,
                      0,
                      first_of_january_1980,
                      checksum(file.bytes),
                      size,
                      size,
                      static_cast<std::uint16_t>(file.name.size()),
                      0};
    CentralHeader central{
        central_signature, version_needed, fields, 0, 0, 0, 0, static_cast<std::uint32_t>(archive.size())};
    append(directory, central);
    append_bytes(directory, std::as_bytes(std::span(file.name)));
    append(archive, LocalHeader{local_signature, fields});
    append_bytes(archive, std::as_bytes(std::span(file.name)));
    append_bytes(archive, file.bytes);
  }
  const auto count = static_cast<std::uint16_t>(files.size());
  const EndRecord end{end_signature,
                      0,
                      0,
                      count,
                      count,
                      static_cast<std::uint32_t>(directory.size()),
                      static_cast<std::uint32_t>(archive.size()),
                      0};
  append_bytes(archive, directory);
  append(archive, end);
  return archive;
}

std::vector<ZipEntry> zip_entries(std::span<const std::byte> archive, std::string_view name) {
  const EndRecord end = find_end(archive, name);
  if (end.count == count_in_zip64 || end.directory_offset == in_zip64 || end.directory_size == in_zip64)
    refuse(name, "is a zip64 archive; files of less than 4 GiB in a plain one are read");
  if (end.disk != 0 || end.directory_disk != 0 || end.count_here != end.count)
    refuse(name, "is one part of a zip archive; whole ones are read");
  ByteReader directory(part(archive, end.directory_offset, end.directory_size, "directory", name), name);
  std::vector<ZipEntry> entries;
  for (std::uint32_t i = 0; i < end.count; ++i) entries.push_back(take_entry(directory, archive, name));
  return entries;
}

std::vector<std::byte> unzip(const ZipEntry& entry, std::uint64_t most_bytes, std::string_view name) {
  if (entry.size > most_bytes)
    refuse(name, fmt::format("takes {} bytes; at most {} are expected", entry.size, most_bytes));
  Bytes bytes(entry.size);
  if (entry.deflated) {
    if (!inflate_exactly(entry.coded, bytes)) refuse(name, fmt::format("does not inflate to {} bytes", entry.size));
  } else {
    if (entry.coded.size() != entry.size)
      refuse(name, fmt::format("is stored in {} bytes but takes {}", entry.coded.size(), entry.size));
    std::ranges::copy(entry.coded, bytes.begin());
  }
  if (checksum(bytes) != entry.checksum) refuse(name, "is damaged: its CRC-32 does not fit its bytes");
  return bytes;
}

}  // namespace txs::artifact
