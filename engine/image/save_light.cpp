// Linear light to files: OpenEXR, and Radiance RGBE after G. Ward, "Real Pixels", Graphics Gems II, 1991.
#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfOutputFile.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstring>
#include <span>

#include "core/error.h"
#include "core/files.h"
#include "core/half.h"
#include "image/save.h"

namespace txs {
namespace {

using Bytes = std::vector<std::byte>;

void append(Bytes& bytes, std::string_view text) {
  const auto from = std::as_bytes(std::span(text));
  bytes.insert(bytes.end(), from.begin(), from.end());
}

// --- Radiance

using Rgbe = std::array<std::uint8_t, 4>;

/// Mantissas to nearest: most readers take value v as v * 2^(e - 136), without the half step that Radiance adds.
Rgbe rgbe_of(std::span<const std::uint16_t> texel) {
  std::array<float, 3> light;
  for (std::size_t c = 0; c < 3; ++c) light[c] = std::max(half_to_float(texel[c]), 0.0f);
  const float largest = *std::ranges::max_element(light);
  if (largest == 0) return {};
  int exponent = 0;
  const float mantissa = std::frexp(largest, &exponent);
  if (std::lround(mantissa * 256) == 256) ++exponent;  // rounds up to the next power of two
  Rgbe rgbe{0, 0, 0, static_cast<std::uint8_t>(exponent + 128)};
  for (std::size_t c = 0; c < 3; ++c)
    rgbe[c] = static_cast<std::uint8_t>(std::lround(std::ldexp(light[c], 8 - exponent)));
  return rgbe;
}

/// Runs of four equal bytes and more as (128 + length, value), others as (length, values).
void append_runs(Bytes& bytes, std::span<const std::uint8_t> values) {
  constexpr std::size_t least_run = 4, most_run = 127, most_others = 128;
  const auto run_at = [&](std::size_t at) {
    std::size_t length = 1;
    while (length < most_run && at + length < values.size() && values[at + length] == values[at]) ++length;
    return length;
  };
  for (std::size_t at = 0; at < values.size();) {
    if (const std::size_t run = run_at(at); run >= least_run) {
      bytes.push_back(std::byte(128 + run));
      bytes.push_back(std::byte(values[at]));
      at += run;
      continue;
    }
    std::size_t end = at;
    while (end < values.size() && end - at < most_others && run_at(end) < least_run) ++end;
    bytes.push_back(std::byte(end - at));
    for (; at < end; ++at) bytes.push_back(std::byte(values[at]));
  }
}

void append_row(Bytes& bytes, std::span<const Rgbe> row) {
  constexpr std::size_t least_coded = 8, most_coded = 32767;
  if (row.size() < least_coded || row.size() > most_coded) {
    for (const Rgbe& texel : row)
      for (const std::uint8_t value : texel) bytes.push_back(std::byte(value));
    return;
  }
  for (const std::size_t value : {std::size_t(2), std::size_t(2), row.size() >> 8, row.size() & 255})
    bytes.push_back(std::byte(value));
  std::vector<std::uint8_t> component(row.size());
  for (std::size_t c = 0; c < 4; ++c) {
    for (std::size_t x = 0; x < row.size(); ++x) component[x] = row[x][c];
    append_runs(bytes, component);
  }
}

// --- OpenEXR

class MemoryStream : public Imf::OStream {
 public:
  MemoryStream() : OStream("exr") {}

  void write(const char bytes[], int count) override {
    const std::size_t end = at_ + static_cast<std::size_t>(count);
    if (end > bytes_.size()) bytes_.resize(end);
    std::memcpy(bytes_.data() + at_, bytes, static_cast<std::size_t>(count));
    at_ = end;
  }
  std::uint64_t tellp() override { return at_; }
  void seekp(std::uint64_t at) override { at_ = at; }

  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

bool is_opaque(const Rgba16fImage& image) {
  for (std::size_t i = 3; i < image.texels.size(); i += 4)
    if (image.texels[i] != float_to_half(1)) return false;
  return true;
}

/// What EXR holds: colours times alpha.
std::vector<std::uint16_t> times_alpha(const Rgba16fImage& image) {
  std::vector<std::uint16_t> texels = image.texels;
  for (std::size_t i = 0; i < texels.size(); ++i)
    if (i % 4 != 3)
      texels[i] = float_to_finite_half(half_to_float(texels[i]) * half_to_float(texels[i / 4 * 4 + 3]));
  return texels;
}

}  // namespace

Bytes encode_hdr(const Rgba16fImage& image) {
  Bytes bytes;
  append(bytes, "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y " + std::to_string(image.height) + " +X " +
                    std::to_string(image.width) + "\n");
  std::vector<Rgbe> row(static_cast<std::size_t>(image.width));
  for (std::size_t y = 0; y < std::size_t(image.height); ++y) {
    for (std::size_t x = 0; x < row.size(); ++x)
      row[x] = rgbe_of(std::span(image.texels).subspan((y * row.size() + x) * 4, 3));
    append_row(bytes, row);
  }
  return bytes;
}

Bytes encode_exr(const Rgba16fImage& image) {
  const bool opaque = is_opaque(image);
  std::vector<std::uint16_t> texels = opaque ? image.texels : times_alpha(image);
  const std::size_t texel = 4 * sizeof(std::uint16_t), row = texel * static_cast<std::size_t>(image.width);
  Imf::Header header(image.width, image.height);
  header.compression() = Imf::ZIP_COMPRESSION;
  Imf::FrameBuffer buffer;
  const std::array<const char*, 4> names = {"R", "G", "B", "A"};
  for (std::size_t c = 0; c < (opaque ? 3 : 4); ++c) {
    header.channels().insert(names[c], Imf::Channel(Imf::HALF));
    buffer.insert(names[c], Imf::Slice(Imf::HALF, reinterpret_cast<char*>(texels.data() + c), texel, row));
  }
  MemoryStream stream;
  try {
    Imf::OutputFile file(stream, header, 0);
    file.setFrameBuffer(buffer);
    file.writePixels(image.height);
  } catch (const std::exception& error) {
    throw Error(Fault::internal, std::string("an EXR could not be made: ") + error.what());
  }
  return stream.take();
}

void save_hdr(const std::filesystem::path& path, const Rgba16fImage& image) { write_file(path, encode_hdr(image)); }
void save_exr(const std::filesystem::path& path, const Rgba16fImage& image) { write_file(path, encode_exr(image)); }

void save_light(const std::filesystem::path& path, const Rgba16fImage& image, const Exposure& exposure,
                ToneCurve curve) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".exr") return save_exr(path, image);
  if (extension == ".hdr") return save_hdr(path, image);
  if (extension == ".png") return save_png(path, to_rgba8(image, exposure, curve));
  throw Error(Fault::usage, path.string() + ": light is kept as .exr or .hdr, or tone-mapped as .png");
}

}  // namespace txs
