#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <csetjmp>
#include <cstring>

#include "artifact/container_parts.h"
#include "artifact/plane_coding.h"
#include "core/error.h"

/// libpng reports errors by longjmp, which must pass no destructor: the functions that call setjmp hold pointers and
/// numbers alone, and what owns memory lives in their callers.
namespace txs::artifact {
namespace {

/// What libpng said.
struct Complaint {
  std::array<char, 96> text{};
};

[[noreturn]] void complain(png_structp png, png_const_charp text) {
  auto* complaint = static_cast<Complaint*>(png_get_error_ptr(png));
  std::strncpy(complaint->text.data(), text, complaint->text.size() - 1);
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

struct Writer {
  Complaint complaint;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &complaint, complain, ignore);
  png_infop info = png_create_info_struct(png);

  Writer() = default;
  Writer(const Writer&) = delete;
  ~Writer() { png_destroy_write_struct(&png, &info); }
};

struct Reader {
  Complaint complaint;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &complaint, complain, ignore);
  png_infop info = png_create_info_struct(png);

  Reader() = default;
  Reader(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

/// Out of memory ends the program: an exception must not pass libpng either.
void append_to_vector(png_structp png, png_bytep data, std::size_t size) noexcept {
  auto* file = static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
  const auto* first = reinterpret_cast<const std::byte*>(data);
  file->insert(file->end(), first, first + size);
}

void take_from_span(png_structp png, png_bytep data, std::size_t size) {
  auto* file = static_cast<std::span<const std::byte>*>(png_get_io_ptr(png));
  if (size > file->size()) png_error(png, "truncated");
  std::memcpy(data, file->data(), size);
  *file = file->subspan(size);
}

void allow_any_height(png_structp png) { png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); }

/// False after a complaint.
bool write_rows(png_structp png, png_infop info, png_bytepp rows, PlaneSize size, int bit_depth) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  allow_any_height(png);
  png_set_IHDR(png, info, size.width, size.height, bit_depth, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, 9);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
  png_write_info(png, info);
  png_write_image(png, rows);
  png_write_end(png, info);
  return true;
}

/// Everything before the texels: what says how many there are.
bool read_header(png_structp png, png_infop info) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  allow_any_height(png);
  // Texts, profiles and the like are no features; they are passed over, not unpacked.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
  png_set_chunk_malloc_max(png, 1 << 16);
  png_read_info(png, info);
  return true;
}

bool read_rows(png_structp png, png_bytepp rows) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_read_image(png, rows);
  png_read_end(png, nullptr);
  return true;
}

/// Rows one below the other as libpng takes them.
std::vector<png_bytep> row_pointers(std::span<std::uint8_t> bytes, std::uint32_t rows) {
  std::vector<png_bytep> pointers;
  for (std::uint32_t row = 0; row < rows; ++row) pointers.push_back(bytes.data() + bytes.size() / rows * row);
  return pointers;
}

[[noreturn]] void refuse_png(const Reader& reader, std::string_view name) {
  refuse(name, fmt::format("holds a PNG picture of features that does not decode ({})", reader.complaint.text.data()));
}

}  // namespace

std::vector<std::byte> write_png(std::span<const std::uint16_t> samples, PlaneSize size, int bit_depth) {
  assert(samples.size() == std::size_t(size.width) * size.height);
  std::vector<std::uint8_t> bytes;
  bytes.reserve(samples.size() * static_cast<std::size_t>(bit_depth) / 8);
  for (const std::uint16_t sample : samples) {
    if (bit_depth == 16) bytes.push_back(static_cast<std::uint8_t>(sample >> 8));
    bytes.push_back(static_cast<std::uint8_t>(sample));
  }
  std::vector<png_bytep> rows = row_pointers(bytes, size.height);

  std::vector<std::byte> file;
  Writer writer;
  png_set_write_fn(writer.png, &file, append_to_vector, nullptr);
  if (!write_rows(writer.png, writer.info, rows.data(), size, bit_depth))
    throw Error(Fault::internal, fmt::format("features cannot be coded as PNG: {}", writer.complaint.text.data()));
  return file;
}

void read_png(std::span<const std::byte> file, PlaneSize size, int bit_depth, std::span<std::uint16_t> samples,
              std::string_view name) {
  assert(samples.size() == std::size_t(size.width) * size.height);
  Reader reader;
  png_set_read_fn(reader.png, &file, take_from_span);
  if (!read_header(reader.png, reader.info)) refuse_png(reader, name);
  const PlaneSize found{png_get_image_width(reader.png, reader.info), png_get_image_height(reader.png, reader.info)};
  const bool grey = png_get_color_type(reader.png, reader.info) == PNG_COLOR_TYPE_GRAY &&
                    png_get_bit_depth(reader.png, reader.info) == bit_depth &&
                    png_get_interlace_type(reader.png, reader.info) == PNG_INTERLACE_NONE;
  if (found.width != size.width || found.height != size.height || !grey) {
    refuse(name, fmt::format("holds a PNG picture of {} x {} where its features need {} x {} in {} bits of grey",
                             found.width, found.height, size.width, size.height, bit_depth));
  }

  std::vector<std::uint8_t> bytes(samples.size() * static_cast<std::size_t>(bit_depth) / 8);
  std::vector<png_bytep> rows = row_pointers(bytes, size.height);
  if (!read_rows(reader.png, rows.data())) refuse_png(reader, name);
  const std::uint8_t* next = bytes.data();
  for (std::uint16_t& sample : samples) {
    sample = *next++;
    if (bit_depth == 16) sample = static_cast<std::uint16_t>(sample << 8 | *next++);
  }
}

}  // namespace txs::artifact
