// What short runs of the neural presets reached when the table was written. Worse fails and says by how much; better
// passes; other bytes fail either way. neural.txt says how its figures are renewed.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "artifact/network_file.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"
#include "gpu_test.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::codec {
namespace {

/// Trainings part ways over rounding: drivers and devices differ by less than this, regressions by more.
constexpr double tolerance_db = 0.15;
constexpr double tolerance_loss = 1.1;  // of a single batch, hence coarser
constexpr int crop_side = 128;
constexpr std::uint64_t seed = 1;
constexpr std::string_view measured_on = "# Measured on ";

struct Figures {
  double psnr_db = 0, loss = 0;
  std::size_t bytes = 0;
};

struct Row {
  std::string preset, image, settings;
  std::optional<Figures> figures;  ///< none: not measured yet
};

std::string text_of(const Row& row) {
  const std::string key = fmt::format("{:<21} {:<12} {:<43}", row.preset, row.image, row.settings);
  if (!row.figures) return fmt::format("{} {:>8} {:>11} {:>8}", key, "-", "-", "-");
  return fmt::format("{} {:8.3f} {:11.4e} {:8}", key, row.figures->psnr_db, row.figures->loss, row.figures->bytes);
}

/// Throws Error(input) that names the line, so that a slip of the hand cannot take a row out of the test.
Row parse_row(const std::string& line) {
  std::istringstream words(line);
  Row row;
  std::string psnr, loss, bytes, more;
  if (!(words >> row.preset >> row.image >> row.settings >> psnr >> loss >> bytes) || words >> more)
    throw Error(Fault::input, TEXELSCOPE_GOLDEN ": no row of six words: " + line);
  if (psnr != "-") row.figures = Figures{std::stod(psnr), std::stod(loss), std::stoul(bytes)};
  return row;
}

struct Table {
  std::vector<std::string> comments;  ///< but for the line that says what it was measured on
  std::vector<Row> rows;
};

Table read_table() {
  std::ifstream file(TEXELSCOPE_GOLDEN);
  Table table;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with(measured_on)) continue;
    if (line[0] == '#')
      table.comments.push_back(line);
    else
      table.rows.push_back(parse_row(line));
  }
  return table;
}

void write_table(const Table& table, const gpu::DeviceInfo& device) {
  const auto today = fmt::gmtime(std::chrono::system_clock::now());
  std::string text = fmt::format("{}{}, {}, {:%Y-%m-%d}.\n", measured_on, device.name, device.driver, today);
  for (const std::string& comment : table.comments) text += comment + '\n';
  for (const Row& row : table.rows) text += text_of(row) + '\n';
  write_file(TEXELSCOPE_GOLDEN, text);
}

Rgba8Image middle_of(const Rgba8Image& picture) {
  const int width = std::min(picture.width, crop_side), height = std::min(picture.height, crop_side);
  const int left = (picture.width - width) / 2, top = (picture.height - height) / 2;
  Rgba8Image crop{width, height, {}};
  for (int y = top; y < top + height; ++y) {
    const auto row = picture.texels.begin() + (std::ptrdiff_t(y) * picture.width + left) * 4;
    crop.texels.insert(crop.texels.end(), row, row + std::ptrdiff_t(width) * 4);
  }
  return crop;
}

/// The preset's values with the row's over them. Throws Error(usage) where either is not known.
Parameters parameters_of(const CodecKind& kind, const Preset& preset, const std::string& settings) {
  Parameters parameters = preset_parameters(kind, preset);
  std::istringstream list(settings);
  for (std::string setting; std::getline(list, setting, ',');) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) throw Error(Fault::usage, "'" + setting + "' is no KEY=VALUE");
    parameters.set_text(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return parameters;
}

class NeuralGolden : public GpuTest {
 protected:
  static Source source_of(const std::string& name) {
    const Image image = load_image(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples" / name);
    const auto picture = std::make_shared<const Rgba8Image>(middle_of(to_rgba8(image)));
    const auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(picture->width),
                                                        std::uint32_t(picture->height), name);
    device().upload(*texture, std::as_bytes(std::span(picture->texels)));
    return {picture, texture, image.colour_space, image.alpha};
  }

  static void finish(Encode& encode) {
    while (!encode.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (!encode.progress().done) {
      gpu::Recorder recorder(device());
      encode.advance(recorder, {1 << 20, Budget::Pace::rush});
      device().wait(device().submit(std::move(recorder)));
    }
  }

  /// Throws Error(usage) for a preset, or a parameter, that no registered codec has.
  static Figures measure(const Row& row) {
    const auto [kind, preset] = find_preset(row.preset);
    const Source source = source_of(row.image);
    const auto encode = kind->start(device(), source, parameters_of(*kind, *preset, row.settings), seed);
    finish(*encode);

    gpu::Recorder recorder(device());
    const Pending<CodecFigures> figures = encode->figures(recorder);
    const Pending<Encoded> artifact = encode->artifact(recorder);
    device().submit(std::move(recorder));

    const Encoded encoded = artifact.get();
    const metrics::Figures quality = metrics::compare(*source.picture, kind->decode_on_cpu(encoded), false);
    EncodedNetwork network = std::get<EncodedNetwork>(encoded);
    network.provenance = {};  // it names the device
    network.stage2 = Stage2::none;
    return {quality.psnr_db, figures.get().loss.value(), artifact::write_network(network).size()};
  }
};

void expect_no_worse(const Figures& now, const Figures& then) {
  // Written so that NaN fails too.
  EXPECT_TRUE(now.psnr_db >= then.psnr_db - tolerance_db)
      << fmt::format("PSNR fell by {:.3f} dB, from {:.3f} to {:.3f}", then.psnr_db - now.psnr_db, then.psnr_db,
                     now.psnr_db);
  EXPECT_TRUE(now.loss <= then.loss * tolerance_loss)
      << fmt::format("the loss rose from {:.4e} to {:.4e}", then.loss, now.loss);
  EXPECT_EQ(now.bytes, then.bytes);
}

TEST_F(NeuralGolden, NoRunIsWorseThanItWas) {
  Table table = read_table();
  ASSERT_FALSE(table.rows.empty());
  const bool update = std::getenv("TEXELSCOPE_UPDATE_GOLDEN") != nullptr;
  for (Row& row : table.rows) {
    SCOPED_TRACE(fmt::format("{} of {}, {}", row.preset, row.image, row.settings));
    const std::optional<Figures> then = row.figures;
    try {
      row.figures = measure(row);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
      continue;
    }
    fmt::print("{}\n", text_of(row));  // what the table would say of this device and this build
    if (update) continue;
    if (then)
      expect_no_worse(*row.figures, *then);
    else
      ADD_FAILURE() << "the table has no figures for it yet; " TEXELSCOPE_GOLDEN " says how they get there";
  }
  if (update && !HasFailure()) write_table(table, device().info());
}

TEST(NeuralGoldenTable, HasEveryNeuralPreset) {
  const Table table = read_table();
  bool any = false;
  for (const CodecKind& kind : registry()) {
    if (kind.family != Family::neural) continue;
    for (const Preset& preset : kind.presets) {
      any = true;
      EXPECT_GT(std::ranges::count(table.rows, preset.id, &Row::preset), 0) << preset.id;
    }
  }
  EXPECT_TRUE(any) << "no neural codec is registered";
}

}  // namespace
}  // namespace txs::codec
