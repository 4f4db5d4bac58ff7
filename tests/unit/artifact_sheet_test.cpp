// Comparison sheets: pictures stand texel by texel where the layout says, and nothing is clipped or overlaps at any
// size.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "artifact/sheet.h"
#include "artifact/sheet_style.h"

namespace txs::artifact {
namespace {

Rgba8Image make_picture(int width, int height, int kind) {
  Rgba8Image picture{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto byte = [](int value) { return static_cast<std::uint8_t>(value & 255); };
      picture.texels.insert(picture.texels.end(), {byte(x * 7 + kind), byte(y * 5 + kind * 40), byte(x ^ y), 255});
    }
  }
  return picture;
}

std::vector<SheetPanel> make_panels(int width, int height, int count = 4) {
  std::vector<SheetPanel> panels;
  const std::vector<std::string> titles{"Original", "Reconstruction", "Mode of each block", "Error heatmap", "Fifth"};
  for (int i = 0; i < count; ++i) panels.push_back({titles.at(std::size_t(i)), make_picture(width, height, i)});
  if (count > 2)
    panels[2].legend.swatches = {{{230, 159, 0}, "mode 6"}, {{86, 180, 233}, "mode 1, which has two subsets"}};
  if (count > 3)
    panels[3].legend = {{{0, 0, 4}, {187, 55, 84}, {252, 255, 164}}, "0", "0.10 largest channel difference", {}};
  return panels;
}

ResultRecord make_record() {
  ResultRecord record;
  record.image_path = "/pictures/" + std::string(60, 'w') + "_without_any_space.png";
  record.width = 768;
  record.height = 512;
  record.channels = 4;
  record.codec = "bc7";
  record.preset = "tinybc";
  for (int i = 0; i < 13; ++i) record.parameters[fmt::format("parameter_number_{}", i)] = fmt::format("value {}", i);
  record.device = "A Device With a Rather Long Name (and its driver, version 1.2.3.4-5)";
  record.parts = {{"endpoints", 1376256}, {"indices", 1769472}};
  record.psnr_relaxed_db = 40.21;
  return record;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool contains(const Rect& box, int x, int y) {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

std::vector<Rect> all_boxes(const SheetLayout& layout) {
  std::vector<Rect> boxes = layout.pictures;
  for (const auto& bar : layout.bars) boxes.push_back(bar.box);
  for (const auto& swatch : layout.swatches) boxes.push_back(swatch.box);
  for (const auto& text : layout.texts) boxes.push_back(text.box);
  boxes.insert(boxes.end(), layout.rules.begin(), layout.rules.end());
  return boxes;
}

const std::vector<std::pair<int, int>> sizes{{1, 1},    {16, 16},  {100, 200}, {300, 20},
                                             {768, 64}, {1024, 8}, {2100, 8},  {4096, 4}};

TEST(SheetLayout, KeepsEverythingInsideAndApart) {
  for (const auto& [width, height] : sizes) {
    for (int count = 1; count <= 5; ++count) {
      SCOPED_TRACE(fmt::format("{} panels of {} x {}", count, width, height));
      const SheetLayout layout = layout_sheet(make_panels(width, height, count), {make_record()});
      const int margin = sheet_style::margin * layout.scale;
      const std::vector<Rect> boxes = all_boxes(layout);
      for (const Rect& box : boxes) {
        EXPECT_GE(box.x, margin);
        EXPECT_GE(box.y, margin);
        EXPECT_LE(box.x + box.width, layout.width - margin);
        EXPECT_LE(box.y + box.height, layout.height - margin);
      }
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        for (std::size_t k = i + 1; k < boxes.size(); ++k) ASSERT_FALSE(overlap(boxes[i], boxes[k])) << i << ", " << k;
      }
    }
  }
}

/// A field of 11 x 11 with the names of its corners; pairs that cannot be leave their places empty.
TEST(SheetLayout, PairsAreAField) {
  for (const auto& [width, height] : sizes) {
    SCOPED_TRACE(fmt::format("{} x {}", width, height));
    std::vector<SheetPanel> panels = make_panels(width, height, 2);
    SheetLegend& legend = panels[0].legend;
    legend.rows = 11;
    for (int i = 0; i < 121; ++i)
      legend.swatches.push_back({{std::uint8_t(i), 0, 0}, i / 11 + i % 11 < 14 ? fmt::format("{}x{}", 2 + i / 11, 2 + i % 11) : ""});
    const SheetLayout layout = layout_sheet(panels, {make_record()});
    ASSERT_EQ(layout.swatches.size(), 121u - 28u);
    EXPECT_EQ(layout.swatches[0].box.x, layout.swatches[1].box.x) << "one below the other";
    EXPECT_GT(layout.swatches[1].box.y, layout.swatches[0].box.y);
    EXPECT_GT(layout.swatches[11].box.x, layout.swatches[0].box.x);
    EXPECT_EQ(layout.swatches[11].box.y, layout.swatches[0].box.y);
    const std::vector<Rect> boxes = all_boxes(layout);
    for (std::size_t i = 0; i < boxes.size(); ++i)
      for (std::size_t k = i + 1; k < boxes.size(); ++k) ASSERT_FALSE(overlap(boxes[i], boxes[k])) << i << ", " << k;
    for (const char* corner : {"2x2", "12x2", "2x12"})
      EXPECT_TRUE(std::ranges::any_of(layout.texts, [&](const SheetText& text) { return text.text == corner; })) << corner;
  }
}

TEST(SheetLayout, IsARowOrRowsOfTwo) {
  const SheetLayout row = layout_sheet(make_panels(2048, 4), {make_record()});  // 8192 in all
  for (const Rect& picture : row.pictures) EXPECT_EQ(picture.y, row.pictures[0].y);
  const SheetLayout square = layout_sheet(make_panels(2049, 4), {make_record()});
  EXPECT_EQ(square.pictures[1].y, square.pictures[0].y);
  EXPECT_EQ(square.pictures[2].x, square.pictures[0].x);
  EXPECT_GT(square.pictures[2].y, square.pictures[0].y);
  EXPECT_EQ(square.pictures[3].x, square.pictures[1].x);
}

TEST(SheetLayout, TextGrowsWithTheSheet) {
  EXPECT_EQ(layout_sheet(make_panels(16, 16), {make_record()}).scale, 1);
  EXPECT_EQ(layout_sheet(make_panels(512, 4), {make_record()}).scale, 1);
  EXPECT_EQ(layout_sheet(make_panels(768, 4), {make_record()}).scale, 2);
  EXPECT_EQ(layout_sheet(make_panels(4096, 4), {make_record()}).scale, 4);
}

TEST(SheetLayout, SaysAllThatACaptionMust) {
  ResultRecord record = make_record();
  record.image_path = "kodim23.png";
  record.device = "llvmpipe";
  const SheetLayout layout = layout_sheet(make_panels(768, 8), {record});
  std::string words;
  for (const SheetText& text : layout.texts) words += text.text + "\n";
  for (const std::string expected : {"Original", "Error heatmap", "kodim23.png", "bc7", "tinybc", "parameter_number_7",
                                     "value 7", "384.0 KiB", "8.000 bpp", "PSNR RGB", "SSIM luma", "max error",
                                     "llvmpipe", "seed", "mode 6", "0.10 largest channel difference", "texelscope"}) {
    EXPECT_NE(words.find(expected), words.npos) << expected;
  }
}

TEST(SheetLayout, OfTwoResultsNamesBoth) {
  SheetResults results{make_record(), make_record()};
  results.b->codec = "astc";
  results.b->block = {6, 5};
  results.b->parameters = {{"own_key", "own value"}};
  results.between.emplace();
  results.between->psnr_db = 31.25;
  const auto words_of = [&] {
    std::string words;
    for (const SheetText& text : layout_sheet(make_panels(768, 6), results).texts) words += text.text + "\n";
    return words;
  };
  const std::string words = words_of();
  for (const std::string expected : {"Source", "Codec A", "Codec B", "Size A", "Size B", "bc7", "astc, blocks of 6 x 5",
                                     "Parameters A", "Parameters B", "own value", "B against A", "31.25 dB"})
    EXPECT_NE(words.find(expected), words.npos) << expected;
  EXPECT_EQ(words.find("Source"), words.rfind("Source")) << "the picture is one";
  results.between.reset();
  EXPECT_NE(words_of().find("different measures"), std::string::npos);
}

TEST(Sheet, HoldsThePicturesTexelByTexel) {
  for (const auto& [width, height] : sizes) {
    SCOPED_TRACE(fmt::format("{} x {}", width, height));
    const auto panels = make_panels(width, height);
    const SheetLayout layout = layout_sheet(panels, {make_record()});
    const Rgba8Image sheet = compose_sheet(panels, {make_record()});
    ASSERT_EQ(sheet.width, layout.width);
    ASSERT_EQ(sheet.height, layout.height);
    for (std::size_t i = 0; i < panels.size(); ++i) {
      const Rect& box = layout.pictures[i];
      ASSERT_EQ(box.width, width);
      ASSERT_EQ(box.height, height);
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) ASSERT_EQ(sheet.at(box.x + x, box.y + y), panels[i].picture.at(x, y));
      }
    }
  }
}

/// Ink outside of every box would be text that is wider or taller than the layout knows: it could be clipped or
/// overlap.
TEST(Sheet, DrawsEveryTextInsideItsBox) {
  for (const auto& [width, height] : {std::pair{16, 16}, {768, 64}}) {
    const auto panels = make_panels(width, height);
    const SheetLayout layout = layout_sheet(panels, {make_record()});
    const Rgba8Image sheet = compose_sheet(panels, {make_record()});
    const auto is_background = [&](int x, int y) {
      const auto [red, green, blue, alpha] = sheet.at(x, y);
      return Rgb{red, green, blue} == sheet_style::background && alpha == 255;
    };
    std::vector<Rect> boxes = all_boxes(layout);
    for (Rect& box : boxes) box = {box.x - 1, box.y, box.width + 2, box.height};  // antialiasing
    for (int y = 0; y < sheet.height; ++y) {
      for (int x = 0; x < sheet.width; ++x) {
        if (is_background(x, y)) continue;
        const bool inside = std::ranges::any_of(boxes, [&](const Rect& box) { return contains(box, x, y); });
        ASSERT_TRUE(inside) << "ink at " << x << ", " << y;
      }
    }
    for (const SheetText& text : layout.texts) {
      int ink = 0;
      for (int y = text.box.y; y < text.box.y + text.box.height; ++y) {
        for (int x = text.box.x; x < text.box.x + text.box.width; ++x) ink += !is_background(x, y);
      }
      EXPECT_GT(ink, 0) << text.text;
    }
  }
}

TEST(Sheet, ShowsLegends) {
  const auto panels = make_panels(300, 20);
  const SheetLayout layout = layout_sheet(panels, {make_record()});
  const Rgba8Image sheet = compose_sheet(panels, {make_record()});
  ASSERT_EQ(layout.bars.size(), 1u);
  const Rect& bar = layout.bars[0].box;
  const auto low = sheet.at(bar.x, bar.y), middle = sheet.at(bar.x + bar.width / 2, bar.y),
             high = sheet.at(bar.x + bar.width - 1, bar.y);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(low[c], panels[3].legend.ramp[0][c], 2);
    EXPECT_NEAR(middle[c], panels[3].legend.ramp[1][c], 2);
    EXPECT_NEAR(high[c], panels[3].legend.ramp[2][c], 2);
  }
  ASSERT_EQ(layout.swatches.size(), 2u);
  EXPECT_EQ(sheet.at(layout.swatches[1].box.x, layout.swatches[1].box.y),
            (std::array<std::uint8_t, 4>{86, 180, 233, 255}));
}

TEST(Sheet, ShowsACheckerboardThroughTransparency) {
  auto panels = make_panels(32, 8, 1);
  for (int x = 0; x < 32; ++x) panels[0].picture.texels[std::size_t(x) * 4 + 3] = 0;  // the first row
  const Rect box = layout_sheet(panels, {make_record()}).pictures[0];
  const Rgba8Image sheet = compose_sheet(panels, {make_record()});
  const auto texel_of = [](Rgb colour) { return std::array<std::uint8_t, 4>{colour[0], colour[1], colour[2], 255}; };
  EXPECT_EQ(sheet.at(box.x, box.y), texel_of(sheet_style::checker_light));
  EXPECT_EQ(sheet.at(box.x + sheet_style::checker, box.y), texel_of(sheet_style::checker_dark));
  EXPECT_EQ(sheet.at(box.x, box.y + 1), panels[0].picture.at(0, 1));
}

}  // namespace
}  // namespace txs::artifact
