#include "image/exr_decode.h"

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfInputFile.h>
#include <OpenEXR/ImfTiledInputFile.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <vector>

#include "image/formats/exr.h"

namespace txs {
namespace {

/// The file as the library sees it: attributes that say nothing of the texels (previews, manifests, anything) have a
/// type that it does not know, so that it takes them as so many bytes and allocates nothing by what they claim.
class ExrStream : public Imf::IStream {
 public:
  ExrStream(std::span<const std::byte> file, const ExrHeader& header)
      : IStream("exr"), file_(file), header_(file.begin(), file.begin() + std::ptrdiff_t(header.size)) {
    for (const std::size_t at : header.other_attribute_types)
      if (header_[at] != std::byte{0}) header_[at] = std::byte{'~'};
  }

  bool read(char target[], int size) override {
    if (size < 0 || std::uint64_t(size) > file_.size() - std::min<std::uint64_t>(at_, file_.size()))
      throw Unreadable("is truncated");
    const std::size_t count = static_cast<std::size_t>(size), at = static_cast<std::size_t>(at_);
    std::memcpy(target, file_.data() + at, count);
    if (at < header_.size()) std::memcpy(target, header_.data() + at, std::min(count, header_.size() - at));
    at_ += count;
    return at_ < file_.size();
  }

  std::uint64_t tellg() override { return at_; }
  void seekg(std::uint64_t at) override { at_ = at; }
  void clear() override {}

 private:
  std::span<const std::byte> file_;
  std::vector<std::byte> header_;
  std::uint64_t at_ = 0;
};

/// Where the library puts row `first_row` of the data window and those after it.
Imf::FrameBuffer frame_buffer(Image& image, const ExrHeader& header, std::int64_t first_row) {
  const std::size_t texel = sizeof(float) * header.channels.size();
  const std::size_t row = texel * static_cast<std::size_t>(header.width);
  Imf::FrameBuffer buffer;
  for (std::size_t c = 0; c < header.channels.size(); ++c) {
    std::byte* const start = image.pixels.data() + static_cast<std::size_t>(first_row) * row + c * sizeof(float);
    const Imath::V2i origin(int(header.x_min), int(header.y_min + first_row));
    buffer.insert(header.channels[c], Imf::Slice::Make(Imf::FLOAT, start, origin, header.width,
                                                       header.height - first_row, texel, row));
  }
  return buffer;
}

void read_tiles(Imf::IStream& stream, const ExrHeader& header, Image& image) {
  Imf::TiledInputFile file(stream, 0);
  image.pixels.resize(image.pixel_count() * std::size_t(image.channels) * sizeof(float));
  file.setFrameBuffer(frame_buffer(image, header, 0));
  file.readTiles(0, file.numXTiles(0) - 1, 0, file.numYTiles(0) - 1, 0);
}

/// Memory is taken as rows are found to be there: a file can claim far more of them than it has bytes.
void read_scanlines(Imf::IStream& stream, const ExrHeader& header, Image& image) {
  constexpr std::int64_t rows_at_once = 256;
  Imf::InputFile file(stream, 0);
  const std::size_t row = static_cast<std::size_t>(header.width) * header.channels.size() * sizeof(float);
  for (std::int64_t y = 0; y < header.height; y += rows_at_once) {
    const std::int64_t rows = std::min(rows_at_once, header.height - y);
    image.pixels.resize(static_cast<std::size_t>(y + rows) * row);
    file.setFrameBuffer(frame_buffer(image, header, y));
    file.readPixels(int(header.y_min + y), int(header.y_min + y + rows - 1));
  }
}

/// Texels of which no part is to be seen keep their colour: it is light that is added.
void divide_by_alpha(Image& image) {
  const std::size_t channels = static_cast<std::size_t>(image.channels);
  std::array<float, 4> texel;
  for (std::size_t i = 0; i < image.pixels.size(); i += channels * sizeof(float)) {
    std::memcpy(texel.data(), image.pixels.data() + i, channels * sizeof(float));
    float& alpha = texel[channels - 1];
    alpha = alpha > 0 ? std::min(alpha, 1.0f) : 0;  // also for an alpha that is no number
    constexpr float most = std::numeric_limits<float>::max();
    for (std::size_t c = 0; c + 1 < channels; ++c)
      if (alpha > 0 && alpha < 1 && std::abs(texel[c]) <= most) texel[c] = std::clamp(texel[c] / alpha, -most, most);
    std::memcpy(image.pixels.data() + i, texel.data(), channels * sizeof(float));
  }
}

}  // namespace

Image decode_exr(std::span<const std::byte> file, const ImageHeader& checked) {
  const ExrHeader header = parse_exr_header(file);
  Image image;
  image.width = static_cast<int>(checked.width);
  image.height = static_cast<int>(checked.height);
  image.channels = checked.channels;
  image.samples = SampleType::f32;
  try {
    ExrStream stream(file, header);
    header.tiled ? read_tiles(stream, header, image) : read_scanlines(stream, header, image);
  } catch (const Unreadable&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {  // the library's
    throw Unreadable("is damaged");
  }
  if (image.channels % 2 == 0) divide_by_alpha(image);
  return image;
}

}  // namespace txs
