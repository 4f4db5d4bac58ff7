#include "session/loader.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/units.h"
#include "image/load.h"
#include "image/tone_map.h"
#include "session/pixels.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

std::string meaning_of(const Image& image, bool opaque) {
  std::string text = image.is_hdr() ? "HDR, shown tone-mapped" : image.samples == SampleType::u16 ? "16-bit" : "8-bit";
  if (!image.is_hdr()) text += image.colour_space == ColourSpace::srgb ? " sRGB" : " linear";
  if (image.channels <= 2) text += ", grey";
  if (image.alpha == Alpha::straight) text += opaque ? ", alpha all opaque" : ", alpha";
  return text;
}

bool has_transparency(const Rgba8Image& picture) {
  for (std::size_t i = 3; i < picture.texels.size(); i += 4)
    if (picture.texels[i] != 255) return true;
  return false;
}

LoadedFile on_device(gpu::Device& device, const fs::path& path, Rgba8Image&& pixels) {
  LoadedFile file;
  file.source = upload_source(device, std::move(pixels));
  file.info.path = path;
  file.info.name = path.filename().string();
  file.info.width = file.source.picture->width;
  file.info.height = file.source.picture->height;
  file.info.texture = file.source.texture.get();
  file.info.picture = file.source.picture;
  return file;
}

void put_light(gpu::Device& device, LoadedFile& file, Rgba16fImage&& light) {
  auto held = std::make_shared<const Rgba16fImage>(std::move(light));
  auto texture = std::make_shared<gpu::Texture>(device, gpu::Format::rgba16f, static_cast<std::uint32_t>(held->width),
                                                static_cast<std::uint32_t>(held->height), "source light");
  device.upload(*texture, std::as_bytes(std::span(held->texels)));
  file.info.light = file.source.light = std::move(held);
  file.info.light_texture = texture.get();
  file.source.light_texture = std::move(texture);
}

/// A picture of light, and the one of 8 bits that it is shown as.
LoadedFile light_on_device(gpu::Device& device, const fs::path& path, Rgba16fImage&& light, const Exposure& exposure) {
  LoadedFile file = on_device(device, path, to_rgba8(light, exposure));
  file.info.hdr = true;
  file.info.exposure = file.source.exposure = exposure;
  put_light(device, file, std::move(light));
  return file;
}

LoadedFile load_image_file(gpu::Device& device, const fs::path& path) {
  const Image image = load_image(path);
  LoadedFile file = image.is_hdr() ? light_on_device(device, path, to_rgba16f(image), automatic_exposure(image))
                                   : on_device(device, path, to_rgba8(image));
  file.source.colour_space = image.is_hdr() ? ColourSpace::srgb : image.colour_space;  // tone mapping encodes as sRGB
  // A channel that is 255 everywhere is none: no codec should spend anything on it.
  const bool opaque = !has_transparency(*file.source.picture);
  file.source.alpha = opaque ? Alpha::none : image.alpha;
  file.info.channels = image.channels;
  file.info.meaning = meaning_of(image, opaque);
  return file;
}

/// What an artifact holds: in words, how large it is, and how its decoded bytes are meant.
struct Contents {
  std::string name;
  PictureSize size;
  bool srgb = true;
};
Contents contents_of(const codec::Encoded& encoded) {
  const auto size = [](const auto& held) { return PictureSize(held.width, held.height); };
  if (const auto* texture = std::get_if<codec::EncodedTexture>(&encoded)) {
    const codec::FormatTraits& traits = codec::traits(texture->format);
    const std::uint32_t levels = codec::level_count(*texture);
    std::string name(traits.name);
    if (levels > 1) name += ", " + std::to_string(levels) + " levels";
    if (texture->premultiplied) name += ", premultiplied by alpha";
    return {name, size(*texture), traits.srgb};
  }
  const auto& network = std::get<codec::EncodedNetwork>(encoded);
  return {"network of " + network.provenance.codec, size(network), network.srgb};
}

/// The pixels of an artifact. A network's come from the device: the CPU reference takes minutes for a large picture, and
/// rounds some of them otherwise, so that the network would not equal itself.
Rgba8Image decode(gpu::Device& device, const codec::CodecKind& kind, const codec::Encoded& encoded) {
  if (kind.family == codec::Family::block) return kind.decode_on_cpu(encoded);
  const auto [width, height] = contents_of(encoded).size;
  const std::size_t bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  const codec::Source blank = upload_source(device, {width, height, std::vector<std::uint8_t>(bytes)});
  const std::unique_ptr<codec::Encode> decoder = kind.adopt(device, blank, encoded);
  while (!decoder->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  gpu::Texture target(device, gpu::Format::rgba8, blank.texture->width(), blank.texture->height(), "decoded file");
  gpu::Recorder recorder(device);
  decoder->decode(recorder, target);
  device.wait(device.submit(std::move(recorder)));
  return picture_from(device.download(target), blank.texture->width(), blank.texture->height());
}

LoadedFile decoded_on_device(gpu::Device& device, const fs::path& path, const codec::CodecKind& reader,
                             const codec::Encoded& encoded) {
  if (!reader.hdr) return on_device(device, path, decode(device, reader, encoded));
  Rgba16fImage light = reader.decode_light_on_cpu(encoded);
  const Exposure exposure = automatic_exposure(light);
  return light_on_device(device, path, std::move(light), exposure);
}

LoadedFile load_container_file(gpu::Device& device, const fs::path& path, std::optional<PictureSize> present) {
  codec::Encoded encoded = artifact::load_container(path);
  codec::settle(encoded);
  const Contents contents = contents_of(encoded);
  const codec::CodecKind* reader = codec::find_reader(encoded);
  if (reader == nullptr) throw Error(Fault::input, path.string() + ": no codec here decodes " + contents.name);
  LoadedFile file;
  if (contents.size != present) {
    if (auto* network = std::get_if<codec::EncodedNetwork>(&encoded)) network->training.reset();  // nothing to train on
    file = decoded_on_device(device, path, *reader, encoded);
    const bool alpha = has_transparency(*file.source.picture);
    file.source.colour_space = contents.srgb || reader->hdr ? ColourSpace::srgb : ColourSpace::linear;
    file.source.alpha = alpha ? Alpha::straight : Alpha::none;
    file.info.channels = alpha ? 4 : 3;
    file.info.meaning = contents.name + ", decoded";
    file.own_pixels = true;
  }
  file.encoded = std::move(encoded);
  file.encoded_name = path.filename().string();
  return file;
}
}  // namespace

codec::Source upload_source(gpu::Device& device, Rgba8Image&& pixels) {
  auto picture = std::make_shared<const Rgba8Image>(std::move(pixels));
  auto texture = std::make_shared<gpu::Texture>(device, gpu::Format::rgba8, static_cast<std::uint32_t>(picture->width),
                                                static_cast<std::uint32_t>(picture->height), "source");
  device.upload(*texture, std::as_bytes(std::span(picture->texels)));
  return {std::move(picture), std::move(texture)};
}

void ensure_light(gpu::Device& device, LoadedFile& file) {
  if (!file.source.light) put_light(device, file, to_rgba16f(*file.source.picture, file.source.colour_space));
}

LoadedFile load_file(gpu::Device& device, const fs::path& path, std::optional<PictureSize> present) {
  return artifact::has_container_extension(path) ? load_container_file(device, path, present)
                                                 : load_image_file(device, path);
}

LoadedFile load_artifact_over(gpu::Device& device, const fs::path& artifact, PictureSize size, const std::string& of) {
  if (!artifact::has_container_extension(artifact))
    throw Error(Fault::input, artifact.string() + ": is an image; a .txs, .dds, .ktx2 or .astc file is wanted");
  LoadedFile over = load_container_file(device, artifact, size);
  if (over.own_pixels)
    throw Error(Fault::input, artifact.string() + ": is of " + size_text(over.info.width, over.info.height) +
                                  " texels, and " + of + " of " + size_text(size.first, size.second));
  return over;
}

LoadedFile load_file_over(gpu::Device& device, const fs::path& image, const fs::path& artifact) {
  LoadedFile file = load_file(device, image);
  LoadedFile over =
      load_artifact_over(device, artifact, PictureSize(file.info.width, file.info.height), image.string());
  file.own_pixels = false;
  file.encoded = std::move(over.encoded);
  file.encoded_name = std::move(over.encoded_name);
  return file;
}

std::vector<fs::path> expand_paths(const std::vector<fs::path>& paths) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error))
      if (entry.is_regular_file(error) &&
          (has_image_extension(entry.path()) || artifact::has_container_extension(entry.path())))
        inside.push_back(entry.path());
    if (error) throw Error(Fault::input, path.string() + ": " + error.message());
    if (inside.empty())
      throw Error(Fault::input, path.string() + ": holds no file that can be read (PNG, JPEG, BMP, TGA, PSD, HDR, EXR, DDS, KTX2, ASTC, TXS)");
    std::ranges::sort(inside);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

}  // namespace txs::session
