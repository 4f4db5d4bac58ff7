#include "exr_files.h"

#include <OpenEXR/ImfArray.h>
#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfOutputFile.h>
#include <OpenEXR/ImfTiledOutputFile.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace txs::test {
namespace {

ByteWriter& name(ByteWriter& writer, std::string_view text) { return writer.text(text).u8(0); }

ByteWriter& f32(ByteWriter& writer, float value) { return writer.u32_little(std::bit_cast<std::uint32_t>(value)); }

Bytes channel_list(const ExrFields& fields) {
  ByteWriter list;
  for (const std::string& channel : fields.channels)
    name(list, channel).u32_little(2).u32_little(0).u32_little(fields.x_sampling).u32_little(1);
  return list.u8(0).bytes();
}

Bytes window(const ExrFields& fields) {
  ByteWriter box;
  for (const int add : {0, 1})
    box.u32_little(std::uint32_t(fields.corner[0] + add * (fields.width - 1)))
        .u32_little(std::uint32_t(fields.corner[1] + add * (fields.height - 1)));
  return box.bytes();
}

class Stream : public Imf::OStream {
 public:
  Stream() : OStream("test") {}
  void write(const char from[], int count) override {
    bytes.resize(std::max(bytes.size(), at + std::size_t(count)));
    std::memcpy(bytes.data() + at, from, std::size_t(count));
    at += std::size_t(count);
  }
  std::uint64_t tellp() override { return at; }
  void seekp(std::uint64_t to) override { at = to; }

  Bytes bytes;
  std::size_t at = 0;
};

}  // namespace

Bytes exr_attribute(std::string_view attribute, std::string_view type, const Bytes& value) {
  ByteWriter writer;
  name(name(writer, attribute), type).u32_little(std::uint32_t(value.size())).append(value);
  return writer.bytes();
}

Bytes exr_file(const ExrFields& fields) {
  ByteWriter zero, one, origin;
  f32(zero, 0);
  f32(one, 1);
  f32(f32(origin, 0), 0);
  ByteWriter file;
  file.u32_little(20000630).u32_little(fields.version);
  file.append(exr_attribute("channels", "chlist", channel_list(fields)));
  file.append(exr_attribute("compression", "compression", ByteWriter().u8(fields.compression).bytes()));
  file.append(exr_attribute("dataWindow", "box2i", window(fields)));
  file.append(exr_attribute("displayWindow", "box2i", window(fields)));
  file.append(exr_attribute("lineOrder", "lineOrder", ByteWriter().u8(0).bytes()));
  file.append(exr_attribute("pixelAspectRatio", "float", one.bytes()));
  file.append(exr_attribute("screenWindowCenter", "v2f", origin.bytes()));
  file.append(exr_attribute("screenWindowWidth", "float", one.bytes()));
  file.append(fields.more_attributes).u8(0);

  const std::size_t row_samples = std::size_t(fields.width) * fields.channels.size();
  const std::size_t rows = row_samples == 0 ? 0 : fields.samples.size() / row_samples;
  const std::size_t row_bytes = 8 + row_samples * 4, first = file.bytes().size() + rows * 8;
  for (std::size_t y = 0; y < rows; ++y) file.u32_little(std::uint32_t(first + y * row_bytes)).u32_little(0);
  for (std::size_t y = 0; y < rows; ++y) {
    file.u32_little(std::uint32_t(fields.corner[1]) + std::uint32_t(y)).u32_little(std::uint32_t(row_samples * 4));
    for (std::size_t i = 0; i < row_samples; ++i) f32(file, fields.samples[y * row_samples + i]);
  }
  return file.bytes();
}

Bytes exr_by_library(int width, int height, int channels, const std::vector<float>& samples, const ExrForm& form) {
  static constexpr std::array<const char*, 6> names = {"R", "G", "B", "A", "Y", "A"};
  const char* const* of_picture = channels < 3 ? names.data() + 4 : names.data();
  Imf::Header header(width, height);
  header.compression() = Imf::Compression(form.compression);
  Imf::FrameBuffer buffer;
  std::vector<half> halves(samples.begin(), samples.end());
  std::vector<float> floats = samples;
  char* const base = form.half ? reinterpret_cast<char*>(halves.data()) : reinterpret_cast<char*>(floats.data());
  const std::size_t size = form.half ? 2 : 4, texel = size * std::size_t(channels);
  for (int c = 0; c < channels; ++c) {
    header.channels().insert(of_picture[c], Imf::Channel(form.half ? Imf::HALF : Imf::FLOAT));
    buffer.insert(of_picture[c], Imf::Slice(form.half ? Imf::HALF : Imf::FLOAT, base + std::size_t(c) * size, texel,
                                            texel * std::size_t(width)));
  }
  Stream stream;
  if (form.tiled) {
    header.setTileDescription(Imf::TileDescription(16, 8, form.mip_mapped ? Imf::MIPMAP_LEVELS : Imf::ONE_LEVEL));
    Imf::TiledOutputFile file(stream, header, 0);
    for (int level = 0; level < file.numLevels(); ++level) {  // all levels of the same texels: the first is read
      file.setFrameBuffer(buffer);
      file.writeTiles(0, file.numXTiles(level) - 1, 0, file.numYTiles(level) - 1, level);
    }
  } else {
    Imf::OutputFile file(stream, header, 0);
    file.setFrameBuffer(buffer);
    file.writePixels(height);
  }
  return std::move(stream.bytes);
}

std::vector<ExrForm> exr_forms() {
  static constexpr std::array<const char*, 10> compressions = {"none", "RLE", "ZIPS", "ZIP",  "PIZ",
                                                               "PXR24", "B44", "B44A", "DWAA", "DWAB"};
  std::vector<ExrForm> forms;
  for (int compression = 0; compression < 10; ++compression)
    for (const bool tiled : {false, true})
      forms.push_back({std::string(compressions[std::size_t(compression)]) + (tiled ? " tiles" : " scanlines"),
                       compression, true, tiled, compression == 3});
  forms.push_back({"float scanlines", 3, false, false});
  forms.push_back({"float tiles", 0, false, true});
  return forms;
}

}  // namespace txs::test
