#include "artifact/npy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>

#include "artifact/byte_reader.h"
#include "artifact/container_parts.h"

namespace txs::artifact {
namespace {

using Magic = std::array<std::uint8_t, 6>;
constexpr Magic magic = {0x93, 'N', 'U', 'M', 'P', 'Y'};

struct Header {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::uint64_t> shape;
};

/// A header is a literal of a Python dictionary: {'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), }.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : text_(text) {}

  /// Nothing if the text is no such dictionary, or tells more or less.
  std::optional<Header> parse() {
    Header header;
    int keys = 0;
    if (!accept("{")) return {};
    while (!accept("}")) {
      if (keys > 0 && !accept(",")) return {};
      if (keys > 0 && accept("}")) break;
      const std::optional<std::string> key = quoted();
      if (!key || !accept(":") || !value(*key, header)) return {};
      ++keys;
    }
    skip_space();
    return text_.empty() && keys == 3 ? std::optional(header) : std::nullopt;
  }

 private:
  bool value(std::string_view key, Header& header) {
    if (key == "descr") {
      std::optional<std::string> text = quoted();
      if (text) header.descr = std::move(*text);
      return text.has_value();
    }
    if (key == "fortran_order") {
      header.fortran_order = accept("True");
      return header.fortran_order || accept("False");
    }
    return key == "shape" && tuple(header.shape);
  }

  bool tuple(std::vector<std::uint64_t>& numbers) {
    numbers.clear();
    if (!accept("(")) return false;
    while (!accept(")")) {
      if (!numbers.empty() && !accept(",")) return false;
      if (!numbers.empty() && accept(")")) break;
      skip_space();
      const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), numbers.emplace_back());
      if (error != std::errc()) return false;
      text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    }
    return true;
  }

  std::optional<std::string> quoted() {
    skip_space();
    if (text_.empty() || (text_.front() != '\'' && text_.front() != '"')) return {};
    const std::size_t end = text_.find(text_.front(), 1);
    if (end == text_.npos) return {};
    std::string content(text_.substr(1, end - 1));
    text_.remove_prefix(end + 1);
    return content;
  }

  bool accept(std::string_view token) {
    skip_space();
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  void skip_space() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n"), text_.size())); }

  std::string_view text_;
};

Header read_header(ByteReader& file, std::string_view name) {
  if (file.remaining() < sizeof(magic) || file.number<Magic>("header") != magic)
    refuse(name, "is no array of NumPy (.npy): its magic bytes are not at its start");
  const auto version = file.number<std::array<std::uint8_t, 2>>("header");
  if (version[0] < 1 || version[0] > 3)
    refuse(name, fmt::format("is an .npy file of version {}; 1 to 3 are read", version[0]));
  const std::uint32_t size =
      version[0] == 1 ? file.number<std::uint16_t>("header") : file.number<std::uint32_t>("header");
  if (size > 65536) refuse(name, fmt::format("has an .npy header of {} bytes; at most 65536 are read", size));
  const auto bytes = file.take(size, "header");
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::optional<Header> header = HeaderParser(text).parse();
  if (!header) refuse(name, "has an .npy header that is no dictionary of descr, fortran_order and shape");
  return *header;
}

std::string type_text(std::string_view descr, std::span<const std::uint64_t> shape) {
  std::string printable(descr.substr(0, 16));
  std::ranges::replace_if(
      printable, [](unsigned char c) { return c < ' ' || c >= 127; }, '.');
  constexpr std::size_t most = 8;
  return fmt::format("'{}' ({}{})", printable, fmt::join(shape.first(std::min(shape.size(), most)), ", "),
                     shape.size() > most ? ", ..." : "");
}

}  // namespace

std::uint64_t NpyType::data_bytes() const {
  std::uint64_t bytes = static_cast<std::uint64_t>(descr.back() - '0');
  for (const std::uint64_t count : shape) bytes *= count;
  return bytes;
}

std::vector<std::byte> write_npy_array(const NpyType& type, std::span<const std::byte> data) {
  assert(data.size() == type.data_bytes());
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({},), }}", type.descr,
                                   fmt::join(type.shape, ", "));
  // Data begin at a multiple of 64 bytes, for those who map files.
  const std::size_t before = sizeof(magic) + 2 + sizeof(std::uint16_t);
  header.resize((before + header.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  header += '\n';

  std::vector<std::byte> file;
  append(file, magic);
  append(file, std::array<std::uint8_t, 2>{1, 0});
  append(file, static_cast<std::uint16_t>(header.size()));
  append_bytes(file, std::as_bytes(std::span(header)));
  append_bytes(file, data);
  return file;
}

std::span<const std::byte> npy_data(std::span<const std::byte> file, const NpyType& type, std::string_view name) {
  ByteReader reader(file, name);
  const Header found = read_header(reader, name);
  if (found.descr != type.descr || found.shape != type.shape || found.fortran_order) {
    refuse(name, fmt::format("is an array {}{}; {} in C order is needed", type_text(found.descr, found.shape),
                             found.fortran_order ? " in Fortran order" : "", type_text(type.descr, type.shape)));
  }
  if (reader.remaining() != type.data_bytes()) {
    refuse(name, fmt::format("has {} bytes of data; an array {} has {}", reader.remaining(),
                             type_text(type.descr, type.shape), type.data_bytes()));
  }
  return reader.rest();
}

}  // namespace txs::artifact
