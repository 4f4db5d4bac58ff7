#include "bc7_search_support.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "codecs/bc7/bc7.h"
#include "codecs/bc7/encode.h"

namespace txs::bc7 {
namespace {

std::uint8_t byte_of(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

/// Coordinates modulate gradients whose channels run with and against each other; the noise grows from left to right.
std::array<std::uint8_t, 4> textured(int x, int y, int width, std::mt19937& random) {
  const bool beyond_edge = (x / 7 + y / 5) % 3 == 0;
  const int strength = 1 + 60 * x / std::max(1, width);
  const auto noise = [&] { return int(random() % unsigned(2 * strength + 1)) - strength; };
  const int ramp = (x * 9 + y * 4) % 256;
  return {byte_of(ramp + noise()), byte_of((beyond_edge ? 255 - ramp : 40 + ramp / 2) + noise()),
          byte_of((y * 11) % 256 + noise()), 255};
}

std::uint8_t alpha_at(int x, int y, std::mt19937& random) {
  switch ((x / 4 + y / 4 * 3) % 4) {
    case 0: return 255;
    case 1: return 0;
    case 2: return byte_of(16 * (x % 4 + y % 4) + int(random() % 90));
    default: return random() % 16 == 0 ? 254 : 255;
  }
}

}  // namespace

Rgba8Image test_picture(int width, int height, Content content) {
  std::mt19937 random(17);
  Rgba8Image picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::array<std::uint8_t, 4> texel = textured(x, y, width, random);
      if (content == Content::alpha) texel[3] = alpha_at(x, y, random);
      if (content == Content::flat) texel = {180, 77, 30, 255};
      if (content == Content::black_and_white)
        texel = (x * 3 + y * 5) % 7 < 3 ? std::array<std::uint8_t, 4>{0, 0, 0, 255}
                                        : std::array<std::uint8_t, 4>{255, 255, 255, 255};
      picture.texels.insert(picture.texels.end(), texel.begin(), texel.end());
    }
  return picture;
}

codec::Parameters with(const Values& values) {
  codec::Parameters parameters(kind().parameters);
  for (const auto& [key, value] : values) parameters.set_text(key, value);
  return parameters;
}

codec::Source Bc7SearchTest::source_of(const Rgba8Image& picture) {
  codec::Source source;
  auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(picture.width),
                                                std::uint32_t(picture.height), "source");
  device().upload(*texture, std::as_bytes(std::span(picture.texels)));
  source.picture = std::make_shared<const Rgba8Image>(picture);
  source.texture = std::move(texture);
  for (std::size_t i = 3; i < picture.texels.size(); i += 4)
    if (picture.texels[i] != 255) source.alpha = Alpha::straight;
  return source;
}

void Bc7SearchTest::wait_until_ready(const codec::Encode& encode) {
  while (!encode.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::unique_ptr<codec::Encode> Bc7SearchTest::start(const Rgba8Image& picture, const codec::Parameters& parameters) {
  auto encode = kind().start(device(), source_of(picture), parameters, 1);
  wait_until_ready(*encode);
  return encode;
}

std::unique_ptr<codec::Encode> Bc7SearchTest::start(const Rgba8Image& picture, const codec::Parameters& parameters,
                                                    std::uint32_t tile_blocks) {
  auto encode = start_encode(device(), source_of(picture), parameters, 1, tile_blocks);
  wait_until_ready(*encode);
  return encode;
}

codec::Progress Bc7SearchTest::advance(codec::Encode& encode, const codec::Budget& budget) {
  gpu::Recorder recorder(device());
  const codec::Progress progress = encode.advance(recorder, budget);
  device().submit(std::move(recorder));
  return progress;
}

void Bc7SearchTest::run(codec::Encode& encode, const codec::Budget& budget) {
  while (!encode.progress().done) ASSERT_GT(advance(encode, budget).work, 0u);
}

codec::EncodedTexture Bc7SearchTest::artifact(codec::Encode& encode) {
  gpu::Recorder recorder(device());
  const auto pending = encode.artifact(recorder);
  device().submit(std::move(recorder));
  return std::get<codec::EncodedTexture>(pending.get());
}

double Bc7SearchTest::relaxed_psnr(codec::Encode& encode) {
  gpu::Recorder recorder(device());
  const auto pending = encode.figures(recorder);
  device().submit(std::move(recorder));
  return pending.get().psnr_relaxed_db.value();
}

codec::BlockInspection Bc7SearchTest::inspect(codec::Encode& encode, std::uint32_t x, std::uint32_t y) {
  gpu::Recorder recorder(device());
  const auto pending = encode.inspect(recorder, x, y);
  device().submit(std::move(recorder));
  return std::get<codec::BlockInspection>(pending.get());
}

Rgba8Image Bc7SearchTest::decoded(codec::Encode& encode, int width, int height) {
  gpu::Texture target(device(), gpu::Format::rgba8, std::uint32_t(width), std::uint32_t(height), "decoded");
  gpu::Recorder recorder(device());
  encode.decode(recorder, target);
  device().submit(std::move(recorder));
  return {width, height, values_of<std::uint8_t>(device().download(target))};
}

std::uint64_t squared_error(const Rgba8Image& a, const Rgba8Image& b) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < a.texels.size(); ++i) {
    const int difference = int(a.texels[i]) - int(b.texels[i]);
    sum += std::uint64_t(difference * difference);
  }
  return sum;
}

}  // namespace txs::bc7
