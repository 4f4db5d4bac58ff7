// The descent's kernels: held to the CPU's arithmetic step by step, to its own relaxed figures, and to what every encode keeps.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <thread>

#include "codecs/astc/astc.h"
#include "codecs/astc/descent_inspection.h"
#include "codecs/astc/format.h"
#include "codecs/astc/reference/descent.h"
#include "codecs/astc/snapping.h"
#include "gpu_test.h"
#include "image/image.h"
#include "image/load.h"

namespace txs::astc {
namespace {

using codec::BlockInspection;
using codec::Descent;
using codec::DescentStep;

class AstcDescentTest : public GpuTest {
 protected:
  struct Run {
    std::shared_ptr<gpu::Texture> texture;
    std::unique_ptr<codec::Encode> encode;
    std::shared_ptr<const Rgba8Image> picture;
  };

  Run start(const std::string& file, const std::vector<std::pair<std::string, std::string>>& settings,
            std::uint32_t width = 0) {
    Rgba8Image whole = to_rgba8(load_image(file));
    Run run;
    if (width > 0) whole = cut(whole, width);
    run.picture = std::make_shared<const Rgba8Image>(std::move(whole));
    run.texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(run.picture->width),
                                                 std::uint32_t(run.picture->height), "source");
    device().upload(*run.texture, std::as_bytes(std::span(run.picture->texels)));
    codec::Source source{.picture = run.picture, .texture = run.texture};
    for (std::size_t i = 3; i < run.picture->texels.size(); i += 4)
      if (run.picture->texels[i] != 255) source.alpha = Alpha::straight;
    codec::Parameters parameters(kind().parameters);
    parameters.set_text("search", "descent");
    for (const auto& [key, value] : settings) parameters.set_text(key, value);
    run.encode = kind().start(device(), source, parameters, 1);
    while (!run.encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return run;
  }

  static Rgba8Image cut(const Rgba8Image& from, std::uint32_t side) {
    Rgba8Image to = from;
    to.width = std::min<int>(from.width, int(side));
    to.height = std::min<int>(from.height, int(side));
    to.texels.clear();
    for (int y = 0; y < to.height; ++y) {
      const auto* row = from.texels.data() + std::size_t(y) * std::size_t(from.width) * 4;
      to.texels.insert(to.texels.end(), row, row + std::size_t(to.width) * 4);
    }
    return to;
  }

  /// Of a whole run, at 4x4.
  DescentFigures figures(const std::string& file, const std::vector<std::pair<std::string, std::string>>& settings,
                         std::uint32_t side) {
    Run run = start(file, settings, side);
    while (advance(*run.encode)) {}
    gpu::Recorder recorder(device());
    const auto pending = run.encode->figures(recorder);
    device().wait(device().submit(std::move(recorder)));
    const int width = run.picture->width, height = run.picture->height;
    return descent_figures(pending.read.bytes(), double((width + 3) / 4) * ((height + 3) / 4));
  }

  /// Of a whole run.
  std::vector<std::byte> bits_of(const Run& run, std::uint64_t work = 1 << 22) {
    while (advance(*run.encode, work)) {}
    gpu::Recorder recorder(device());
    const auto artifact = run.encode->artifact(recorder);
    device().wait(device().submit(std::move(recorder)));
    return std::get<codec::EncodedTexture>(artifact.get()).blocks;
  }

  /// True while there is something to do.
  bool advance(codec::Encode& encode, std::uint64_t work = 1 << 22) {
    gpu::Recorder recorder(device());
    const codec::Progress progress = encode.advance(recorder, {.work = work});
    device().wait(device().submit(std::move(recorder)));
    return !progress.done;
  }
};

using Settings = std::vector<std::pair<std::string, std::string>>;
const std::string garden = TEXELSCOPE_ASSETS "/samples/garden.png", leaf = TEXELSCOPE_ASSETS "/samples/leaf.png";

std::vector<reference::Point> points_of(const BlockInspection& block) {
  const bool has_alpha = std::ranges::any_of(block.original, [](const codec::Texel& t) { return t[3] != 255; });
  std::vector<reference::Point> points;
  for (const codec::Texel& texel : block.original)
    points.push_back({texel[0] / 255.0, texel[1] / 255.0, texel[2] / 255.0, has_alpha ? texel[3] / 255.0 : 0.0});
  return points;
}

reference::Lines lines_of(const DescentStep& step, bool has_alpha) {
  reference::Lines lines;
  for (std::size_t p = 0; p < step.low.size(); ++p) {
    reference::Line line;
    for (std::size_t c = 0; c < (has_alpha ? 4u : 3u); ++c) {
      line.low[c] = double(step.low[p][c]);
      line.high[c] = double(step.high[p][c]);
    }
    lines.push_back(line);
  }
  return lines;
}

double farthest(const reference::Lines& a, const reference::Lines& b) {
  double most = 0;
  for (std::size_t p = 0; p < a.size(); ++p)
    for (std::size_t c = 0; c < 4; ++c)
      most = std::max({most, std::abs(a[p].low[c] - b[p].low[c]), std::abs(a[p].high[c] - b[p].high[c])});
  return most;
}

/// A descent's steps made again one by one, each from where the kernel stood before it.
void expect_steps_of_the_reference(const BlockInspection& block, const Descent& descent, reference::Solver solver) {
  const auto texels = points_of(block);
  const bool has_alpha = texels[0][3] > 0 || std::ranges::any_of(texels, [](const auto& t) { return t[3] > 0; });
  for (std::size_t s = 1; s < descent.steps.size(); ++s) {
    const DescentStep &before = descent.steps[s - 1], &after = descent.steps[s];
    const reference::Lines from = lines_of(before, has_alpha), to = lines_of(after, has_alpha);
    if (after.kind == DescentStep::Kind::free) {
      const PartitionMap wanted =
          reference::assigned(texels, from, s == 1 ? std::span<const std::uint8_t>() : before.line_of, reference::tie);
      for (std::size_t t = 0; t < texels.size(); ++t) {
        if (after.line_of[t] == wanted[t]) continue;
        // Only where floats cannot tell.
        const double gain = reference::off_line(texels[t], from[after.line_of[t]]) - reference::off_line(texels[t], from[wanted[t]]);
        ASSERT_LT(std::min(std::abs(gain), std::abs(std::abs(gain) - reference::tie)), 1e-6) << "texel " << t;
      }
    }
    const bool exactly = solver == reference::Solver::least_squares && (s == 1 || after.kind == DescentStep::Kind::snap);
    if (after.kind != DescentStep::Kind::snap && after.kind != DescentStep::Kind::restart) {
      const auto fitted =
          reference::solved(texels, from, after.line_of, exactly ? reference::Solver::pca : solver, 0.1);
      // Nearly flat lines have no direction that floats and doubles would agree on; what they leave is the same.
      if (farthest(fitted, to) > 2e-3) {
        ASSERT_NEAR(reference::loss_of(texels, fitted, after.line_of, false),
                    reference::loss_of(texels, to, after.line_of, false), 2e-5)
            << "step " << s << " of " << descent.partitions << " lines";
      }
    }
    ASSERT_NEAR(double(after.loss), reference::loss_of(texels, to, after.line_of, false), 1e-5);
  }
  const DescentStep& end = descent.steps.back();
  ASSERT_NEAR(double(descent.loss), reference::loss_of(texels, lines_of(end, has_alpha), end.line_of, true), 1e-3);
}

/// The pattern that the descent says it ended in is what its lines were fitted to, and the nearest distances are right.
void expect_snapped(const Descent& descent, const Footprint& footprint) {
  if (descent.partitions == 1) return;
  PartitionMap pattern = pattern_of(descent.seed, descent.partitions, footprint);
  for (std::uint8_t& p : pattern) p = std::uint8_t(descent.names >> 2 * p & 3);
  ASSERT_EQ(descent.steps.back().line_of, pattern) << "seed " << descent.seed;
  for (const DescentStep& step : descent.steps) {
    std::uint32_t least = footprint.texels();
    for (const std::uint16_t seed : distinct_seeds(descent.partitions, footprint))
      least = std::min(least, distance_of(step.line_of, pattern_of(seed, descent.partitions, footprint), descent.partitions));
    ASSERT_EQ(step.distance, least);
    ASSERT_EQ(distance_of(step.line_of, pattern_of(step.nearest_seed, descent.partitions, footprint), descent.partitions),
              least);
  }
}

/// Where floats and doubles agree on which lines the texels are.
bool is_clear(std::span<const reference::Point> texels, const reference::Lines& lines) {
  for (const reference::Point& texel : texels) {
    std::vector<double> off;
    for (const reference::Line& line : lines) off.push_back(reference::off_line(texel, line));
    const double least = std::ranges::min(off);
    for (const double other : off)
      if (other > least + reference::equally_near / 4 && other < least + reference::equally_near * 4 + least * 1e-5) return false;
  }
  return true;
}

/// Snaps take the pattern that leaves least among the `count` nearest to the division that lines would like. Gives how many
/// steps were clear enough to tell.
std::uint32_t expect_the_best_of_the_nearest(const BlockInspection& block, const Descent& descent, std::size_t count,
                                             const Footprint& footprint) {
  const auto texels = points_of(block);
  const bool has_alpha = std::ranges::any_of(texels, [](const auto& t) { return t[3] > 0; });
  std::uint32_t looked_at = 0;
  for (std::size_t s = 1; s < descent.steps.size(); ++s) {
    const reference::Lines from = lines_of(descent.steps[s - 1], has_alpha);
    if (descent.steps[s].kind != DescentStep::Kind::snap || !is_clear(texels, from)) continue;
    std::vector<std::pair<std::uint32_t, std::uint16_t>> nearest;
    for (const std::uint16_t seed : distinct_seeds(descent.partitions, footprint))
      nearest.emplace_back(reference::distance_to(texels, from, pattern_of(seed, descent.partitions, footprint)), seed);
    std::ranges::stable_sort(nearest, {}, &std::pair<std::uint32_t, std::uint16_t>::first);
    nearest.resize(count);
    const auto loss_of_seed = [&](std::uint32_t seed) {
      const PartitionMap pattern = pattern_of(seed, descent.partitions, footprint);
      return reference::loss_of(texels, reference::solved(texels, from, pattern, reference::Solver::pca, 0), pattern, false);
    };
    double least = INFINITY, taken = INFINITY;
    for (const auto& [distance, seed] : nearest) {
      const double loss = loss_of_seed(seed);
      least = std::min(least, loss);
      if (seed == descent.steps[s].nearest_seed) taken = loss;
    }
    EXPECT_LT(taken, least + 1e-5) << "step " << s << " of " << descent.partitions << " lines took seed "
                                   << descent.steps[s].nearest_seed;
    ++looked_at;
  }
  return looked_at;
}

/// The Hamming error counts what the lines of the end would like otherwise.
void expect_the_hamming_error(const BlockInspection& block, const Descent& descent) {
  const auto texels = points_of(block);
  const bool has_alpha = std::ranges::any_of(texels, [](const auto& t) { return t[3] > 0; });
  const auto& pattern = descent.steps.back().line_of;
  std::uint32_t differing = 0;
  for (std::size_t t = 0; t < texels.size(); ++t) differing += descent.ideal[t] != pattern[t] ? 1 : 0;
  EXPECT_EQ(descent.hamming, differing);
  const reference::Lines lines = lines_of(descent.steps.back(), has_alpha);
  if (descent.partitions == 1 || !is_clear(texels, lines)) return;
  EXPECT_EQ(descent.ideal, reference::assigned(texels, lines, pattern, reference::equally_near));
}

BlockInspection inspected(gpu::Device& device, codec::Encode& encode, std::uint32_t x, std::uint32_t y) {
  gpu::Recorder recorder(device);
  const auto pending = encode.inspect(recorder, x, y);
  device.wait(device.submit(std::move(recorder)));
  return std::get<BlockInspection>(pending.get());
}

TEST_F(AstcDescentTest, TakesTheStepsOfTheReference) {
  struct Case {
    const char* solver;
    reference::Solver as;
    const char* block;
    const std::string& file;
  };
  for (const Case& tried : {Case{"least_squares", reference::Solver::least_squares, "4x4", garden},
                            Case{"pca", reference::Solver::pca, "6x5", leaf},
                            Case{"gd", reference::Solver::gradient, "4x4", leaf}}) {
    Run run = start(tried.file, {{"solver", tried.solver}, {"block", tried.block}}, 96);
    const codec::BlockSize size = run.encode->block_size();
    std::uint32_t snaps = 0;
    for (std::uint32_t i = 0; i < 6; ++i) {
      const BlockInspection block = inspected(device(), *run.encode, 2 * i + 1, 3 * i % 16);
      ASSERT_EQ(block.descents.size(), 13u);
      for (const Descent& descent : block.descents) {
        expect_steps_of_the_reference(block, descent, tried.as);
        expect_the_hamming_error(block, descent);
        if (i > 0) continue;
        expect_snapped(descent, {size.width, size.height});
        snaps += expect_the_best_of_the_nearest(block, descent, 4, {size.width, size.height});
      }
      if (HasFatalFailure()) return;
    }
    EXPECT_GE(snaps, 12u) << "of 24";
  }
}

/// Mean losses and Hamming errors of 1, 2, 3 (and 4) lines that are not to be exceeded.
struct Bounds {
  std::vector<double> losses, hamming_errors;
};

void expect_within(const DescentFigures& figures, const Bounds& bounds) {
  for (std::size_t p = 0; p < bounds.losses.size(); ++p) {
    EXPECT_LE(figures.losses[p], bounds.losses[p]) << p + 1 << " lines";
    EXPECT_GT(figures.losses[p], 0) << p + 1 << " lines";
  }
  for (std::size_t p = 0; p < bounds.hamming_errors.size(); ++p)
    EXPECT_LE(figures.hamming_errors[p], bounds.hamming_errors[p]) << p + 1 << " lines";
  EXPECT_LE(figures.best, *std::ranges::min_element(bounds.losses)) << "the best of each block";
  std::printf("losses %.5f %.5f %.5f %.5f best %.5f, Hamming errors %.3f %.3f %.3f\n", figures.losses[0], figures.losses[1],
              figures.losses[2], figures.losses[3], figures.best, figures.hamming_errors[1], figures.hamming_errors[2],
              figures.hamming_errors[3]);
}

// What this machine came to when this was written, with a tenth to spare: a change for the worse fails.
TEST_F(AstcDescentTest, ComesToTheRelaxedFigures) {
  for (const char* solver : {"least_squares", "pca"}) {
    SCOPED_TRACE(solver);
    expect_within(figures(garden, {{"effort", "fast"}, {"solver", solver}}, 192),
                  {{0.0050, 0.00077, 0.00034, 0.00019}, {0, 0.50, 1.03, 1.37}});
  }
}

// The published run's figures, on its pictures: cat.jpg and rgb_hard.png in the folder that TEXELSCOPE_PUBLISHED_IMAGES names.
TEST_F(AstcDescentTest, ReachesThePublishedFigures) {
  const char* folder = std::getenv("TEXELSCOPE_PUBLISHED_IMAGES");
  if (folder == nullptr) GTEST_SKIP() << "TEXELSCOPE_PUBLISHED_IMAGES names no folder";
  for (const char* solver : {"least_squares", "pca"}) {
    SCOPED_TRACE(solver);
    const Settings settings{{"effort", "fast"}, {"solver", solver}, {"partitions", "3"}};
    expect_within(figures(folder + std::string("/rgb_hard.png"), settings, 0), {{0.4216, 0.0314, 0.0149}, {0, 0.74, 1.28}});
    expect_within(figures(folder + std::string("/cat.jpg"), settings, 0), {{0.0092, 0.0021, 0.0018}, {0, 0.79, 1.76}});
  }
  // The published way has the published Hamming errors too.
  Settings published{{"effort", "fast"}, {"partitions", "3"}};
  for (const codec::Preset& preset : kind().presets)
    if (preset.id == "tinyastc-published") published.insert(published.end(), preset.values.begin(), preset.values.end());
  for (const auto& [file, two, three] : {std::tuple{"/rgb_hard.png", 0.74, 1.28}, {"/cat.jpg", 0.79, 1.76}}) {
    const DescentFigures reached = figures(folder + std::string(file), published, 0);
    EXPECT_LE(reached.hamming_errors[1], two) << file;
    EXPECT_LE(reached.hamming_errors[2], three) << file;
    std::printf("published way: losses %.4f %.4f %.4f, Hamming errors %.3f %.3f\n", reached.losses[0], reached.losses[1],
                reached.losses[2], reached.hamming_errors[1], reached.hamming_errors[2]);
  }
}

// Of the largest blocks, with the most patterns measured; and a descent that was told while it ran to take more steps, or fewer,
// ends in a pattern all the same.
TEST_F(AstcDescentTest, EndsInPatternsWhateverItIsToldMeanwhile) {
  for (const char* steps : {"64", "4"}) {
    const Settings settings{{"effort", "fast"}, {"block", "12x12"}, {"starts", "2"}, {"patterns", "8"}};
    Run run = start(garden, settings, 96);
    const codec::BlockSize size = run.encode->block_size();
    for (std::uint64_t step = 0; step < 20; step = run.encode->progress().step) advance(*run.encode);
    codec::Parameters changed(kind().parameters);
    changed.set_text("search", "descent");
    for (const auto& [key, value] : settings) changed.set_text(key, value);
    changed.set_text("steps", steps);
    run.encode->set_live(changed);
    while (advance(*run.encode)) {}
    const BlockInspection block = inspected(device(), *run.encode, 3, 4);
    ASSERT_EQ(block.descents.size(), 7u);
    for (const Descent& descent : block.descents) {
      EXPECT_EQ(descent.steps.size(), std::size_t(std::stoi(steps) / 2 + 1));
      expect_snapped(descent, {size.width, size.height});
      expect_steps_of_the_reference(block, descent, reference::Solver::least_squares);
      if (HasFatalFailure()) return;
    }
  }
}

/// By their numbers of partitions, blocks that have two planes of weights.
std::array<std::size_t, 4> with_two_planes(std::span<const std::byte> bits) {
  std::array<std::size_t, 4> blocks{};
  for (std::size_t at = 0; at < bits.size(); at += 16) {
    const Block block = parse_block(BlockBytes(&bits[at], 16), {4, 4}, Profile::ldr);
    if (block.kind == Block::Kind::lines && block.grid.dual_plane) ++blocks[block.partitions - 1];
  }
  return blocks;
}

TEST_F(AstcDescentTest, TriesTwoPlanesOfOneAndTwoLines) {
  Settings settings{{"effort", "slow"}, {"starts", "1"}};
  const auto with = with_two_planes(bits_of(start(leaf, settings, 96)));
  EXPECT_GT(with[0], 0u);
  EXPECT_GT(with[1], 0u);
  settings.emplace_back("two_planes", "false");
  EXPECT_EQ(with_two_planes(bits_of(start(leaf, settings, 96))), (std::array<std::size_t, 4>{}));
}

TEST_F(AstcDescentTest, GivesTheSameBitsTwiceWhateverTheBudget) {
  const Settings settings{{"effort", "fast"}};
  EXPECT_EQ(bits_of(start(garden, settings, 64)), bits_of(start(garden, settings, 64), 3000));
}

}  // namespace
}  // namespace txs::astc
