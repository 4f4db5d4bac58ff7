// What decoding ASTC costs: CPU time a megapixel, of blocks that are all legal and as various as they can be. On a
// software device that is the whole price; on another it is what submitting takes. Recorded, and not judged.
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "../support/astc_random_blocks.h"
#include "block/adopted_encode.h"
#include "codecs/astc/format.h"
#include "gpu_test.h"

namespace txs::astc {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_utime.tv_sec) + 1e-6 * double(usage.ru_utime.tv_usec);
}

using AstcDecodeSpeed = GpuTest;

TEST_F(AstcDecodeSpeed, OfRandomBlocks) {
  for (const Footprint footprint : {Footprint{4, 4}, {6, 6}, {8, 8}, {12, 12}}) {
    const std::uint32_t wide = 1024 / footprint.width, high = 1024 / footprint.height;
    codec::EncodedTexture texture;
    texture.format = texture_format(footprint, Profile::ldr, false);
    texture.width = wide * footprint.width;
    texture.height = high * footprint.height;
    texture.blocks = random_blocks(std::size_t(wide) * high, footprint, 1, RandomBits::legal);
    const auto target =
        std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, texture.width, texture.height, "decoded");
    const auto decoder = block::adopt(device(), {.texture = target}, texture, format(texture.format));
    while (!decoder->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto decode = [&] {
      gpu::Recorder recorder(device());
      decoder->decode(recorder, *target);
      device().wait(device().submit(std::move(recorder)));
    };
    decode();  // the first one compiles
    constexpr int repeats = 4;
    const double before = cpu_seconds();
    for (int i = 0; i < repeats; ++i) decode();
    const double each = (cpu_seconds() - before) / repeats / (double(texture.width) * texture.height / 1e6);
    const std::string name = std::to_string(footprint.width) + "x" + std::to_string(footprint.height);
    RecordProperty("cpu_seconds_a_megapixel_" + name, std::to_string(each));
    std::printf("%s: %.4f CPU s a megapixel\n", name.c_str(), each);
  }
}

}  // namespace
}  // namespace txs::astc
