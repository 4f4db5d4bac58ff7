#include "block_encode_test.h"

#include <chrono>
#include <span>
#include <thread>

#include "image/tone_map.h"

namespace txs {
namespace {

template <typename Picture>
std::shared_ptr<const gpu::Texture> texture_of(gpu::Device& device, gpu::Format format, const Picture& picture) {
  auto texture = std::make_shared<gpu::Texture>(device, format, std::uint32_t(picture.width),
                                                std::uint32_t(picture.height), "source");
  device.upload(*texture, std::as_bytes(std::span(picture.texels)));
  return texture;
}

}  // namespace

codec::Source source_of(gpu::Device& device, const Rgba8Image& picture) {
  codec::Source source;
  source.picture = std::make_shared<const Rgba8Image>(picture);
  source.texture = texture_of(device, gpu::Format::rgba8, picture);
  for (std::size_t i = 3; i < picture.texels.size(); i += 4)
    if (picture.texels[i] != 255) source.alpha = Alpha::straight;
  return source;
}

codec::Source source_of(gpu::Device& device, const Image& image) {
  codec::Source source = source_of(device, to_rgba8(image));
  source.colour_space = image.colour_space;
  source.alpha = image.alpha;
  return source;
}

codec::Source source_of_light(gpu::Device& device, Rgba16fImage light) {
  codec::Source source;
  source.light_texture = texture_of(device, gpu::Format::rgba16f, light);
  source.light = std::make_shared<const Rgba16fImage>(std::move(light));
  source.picture = std::make_shared<const Rgba8Image>(to_rgba8(*source.light, source.exposure));
  return source;
}

std::unique_ptr<codec::Encode> BlockEncodeTest::start(const codec::CodecKind& kind, const codec::Source& source,
                                                      const Values& values) {
  codec::Parameters parameters(kind.parameters);
  for (const auto& [key, value] : values) parameters.set_text(key, value);
  auto encode = kind.start(device(), source, parameters, 1);
  while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return encode;
}

void BlockEncodeTest::advance(codec::Encode& encode, std::uint64_t work) {
  gpu::Recorder recorder(device());
  encode.advance(recorder, {work, codec::Budget::Pace::rush});
  device().wait(device().submit(std::move(recorder)));
}

void BlockEncodeTest::run(codec::Encode& encode, std::uint64_t work) {
  while (!encode.progress().done) advance(encode, work);
}

codec::EncodedTexture BlockEncodeTest::artifact(codec::Encode& encode) {
  gpu::Recorder recorder(device());
  const auto pending = encode.artifact(recorder);
  device().submit(std::move(recorder));
  return std::get<codec::EncodedTexture>(pending.get());
}

codec::BlockInspection BlockEncodeTest::inspected(codec::Encode& encode, std::uint32_t x, std::uint32_t y) {
  gpu::Recorder recorder(device());
  const auto pending = encode.inspect(recorder, x, y);
  device().submit(std::move(recorder));
  return std::get<codec::BlockInspection>(pending.get());
}

}  // namespace txs
