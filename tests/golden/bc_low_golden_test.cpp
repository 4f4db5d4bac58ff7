// What each preset of BC1, BC3, BC4 and BC5 made of each sample when the table was written. Worse fails and says by how
// much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "../support/bc_low_kinds.h"
#include "gpu_test.h"
#include "image/load.h"

namespace txs {
namespace {

constexpr double tolerance_db = 0.02;
const auto samples = std::filesystem::path(TEXELSCOPE_ASSETS) / "samples";
const std::vector<const codec::CodecKind*> kinds{&bc1::kind(), &bc3::kind(), &bc4::kind(), &bc5::kind()};

struct Row {
  std::string image, preset;
  double psnr_db = 0, psnr_alpha_db = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<14} {:<14} {:>7.3f} {:>7.3f} {:8}", row.image, row.preset, row.psnr_db, row.psnr_alpha_db,
                     row.bytes);
}

std::vector<Row> read_table() {
  std::ifstream file(TEXELSCOPE_GOLDEN);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Row row;
    std::string psnr, alpha;  // streams do not read "inf"
    words >> row.image >> row.preset >> psnr >> alpha >> row.bytes;
    row.psnr_db = std::stod(psnr);
    row.psnr_alpha_db = std::stod(alpha);
    rows.push_back(row);
  }
  return rows;
}

double psnr(const Rgba8Image& a, const Rgba8Image& b, std::size_t first, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < a.texels.size(); i += 4)
    for (std::size_t c = first; c < first + count; ++c) sum += std::pow(double(a.texels[i + c]) - b.texels[i + c], 2);
  return sum == 0 ? INFINITY : 10 * std::log10(65025.0 * double(count) * double(a.pixel_count()) / sum);
}

class BcLowGolden : public GpuTest {
 protected:
  static Row measure(const std::string& name, const codec::CodecKind& kind, const codec::Preset& preset) {
    const Image image = load_image(samples / name);
    const auto picture = std::make_shared<const Rgba8Image>(to_rgba8(image));
    const auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(picture->width),
                                                        std::uint32_t(picture->height), name);
    device().upload(*texture, std::as_bytes(std::span(picture->texels)));
    codec::Parameters parameters(kind.parameters);
    for (const auto& [key, value] : preset.values) parameters.set_text(key, value);

    const auto encode = kind.start(device(), {picture, texture, image.colour_space, image.alpha}, parameters, 1);
    while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (!encode->progress().done) {
      gpu::Recorder recorder(device());
      encode->advance(recorder, {1 << 20, codec::Budget::Pace::rush});
      device().submit(std::move(recorder));
    }
    gpu::Recorder recorder(device());
    const auto artifact = encode->artifact(recorder);
    device().submit(std::move(recorder));
    const auto bits = std::get<codec::EncodedTexture>(artifact.get());
    const Rgba8Image decoded = kind.decode_on_cpu(bits);
    return {name, std::string(preset.id), psnr(*picture, decoded, 0, std::min(kind.channels, 3u)),
            psnr(*picture, decoded, 3, 1), bits.blocks.size()};
  }
};

void expect_no_worse(const char* what, double now, double then) {
  if (std::isinf(now) || now >= then - tolerance_db) return;
  ADD_FAILURE() << fmt::format("{} fell by {:.3f} dB, from {:.3f} to {:.3f}", what, then - now, then, now);
}

TEST_F(BcLowGolden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  std::string now;
  for (const codec::CodecKind* kind : kinds)
    for (const codec::Preset& preset : kind->presets)
      for (const auto& entry : std::filesystem::directory_iterator(samples)) {
        const std::string image = entry.path().filename().string();
        if (!image.ends_with(".png")) continue;  // of those of light the figures would be of the tone map as well
        SCOPED_TRACE(image + " by " + std::string(preset.id));
        const auto then =
            std::ranges::find_if(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
        const Row row = measure(image, *kind, preset);
        now += text_of(row) + '\n';
        if (then == table.end()) {
          ADD_FAILURE() << "the table lacks it: " << text_of(row);
          continue;
        }
        expect_no_worse("PSNR", row.psnr_db, then->psnr_db);
        expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then->psnr_alpha_db);
        EXPECT_LE(row.bytes, then->bytes);
      }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

}  // namespace
}  // namespace txs
