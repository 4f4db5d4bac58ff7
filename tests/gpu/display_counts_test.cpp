// Counts of views, against the same counted here.
#include <numeric>
#include <random>

#include "display/view_counts.h"
#include "display_support.h"

namespace txs::display {
namespace {

class CountsGpu : public GpuTest {
 protected:
  CountsGpu() : counter_(device()) {
    while (!counter_.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ViewCounts count(codec::View view, const std::vector<float>& values, std::uint32_t width) {
    gpu::Texture texture(device(), gpu::Format::r32f, width, std::uint32_t(values.size()) / width, "view");
    device().upload(texture, bytes_of(values));
    view.texture = &texture;
    gpu::Recorder recorder(device());
    auto pending = counter_.record(recorder, view);
    device().submit(std::move(recorder));
    return pending.get();
  }

 private:
  ViewCounter counter_;
};

TEST_F(CountsGpu, CategoriesOfAnySizeOfView) {
  std::mt19937 random(7);
  for (const auto& [width, height] : {std::pair{1u, 1u}, {5u, 3u}, {64u, 16u}, {203u, 77u}, {1u, 300u}, {512u, 1u}}) {
    for (const std::size_t categories : {1u, 8u, 64u, 256u}) {
      codec::View view{.id = "mode", .kind = codec::View::Kind::categorical};
      view.categories.resize(categories);
      std::vector<float> values;
      std::vector<std::uint32_t> expected(categories);
      std::uint32_t without = 0;
      for (std::uint32_t i = 0; i < width * height; ++i) {
        const bool none = random() % 9 == 0;
        const std::size_t category = random() % categories;
        none ? ++without : ++expected[category];
        values.push_back(none ? -1.0f : float(category));
      }
      const ViewCounts counted = count(view, values, width);
      EXPECT_EQ(counted.view, "mode");
      EXPECT_EQ(counted.counts, expected) << width << " x " << height << ", " << categories;
      EXPECT_EQ(counted.without, without);
      EXPECT_EQ(counted.with() + counted.without, width * height);
      EXPECT_EQ(counted.most(), *std::ranges::max_element(expected));
    }
  }
}

TEST_F(CountsGpu, PartsOfAScaleAndWhatLiesBeyondIt) {
  codec::View view{.id = "gain", .minimum = 1, .maximum = 3};
  const double part = 2.0 / ViewCounts::scalar_bins;
  // Two in each part, three in the last one; then one below the scale, four above it, and two without a value.
  std::vector<float> values;
  for (std::uint32_t bin = 0; bin < ViewCounts::scalar_bins; ++bin)
    values.insert(values.end(), bin + 1 == ViewCounts::scalar_bins ? 3 : 2, float(1 + (bin + 0.5) * part));
  values.insert(values.end(), {0.0f, 3.0f, 3.5f, 100.0f, 1e9f, -1.0f, -2.0f});
  const ViewCounts counted = count(view, values, std::uint32_t(values.size()));
  std::vector<std::uint32_t> expected(ViewCounts::scalar_bins, 2);
  expected.front() += 1;
  expected.back() += 1 + 4;
  EXPECT_EQ(counted.counts, expected);
  EXPECT_EQ(counted.without, 2u);
}

TEST_F(CountsGpu, EachCountStartsFromNothing) {
  codec::View view{.id = "mode", .kind = codec::View::Kind::categorical};
  view.categories.resize(3);
  EXPECT_EQ(count(view, {0, 1, 2, 2}, 2).counts, (std::vector<std::uint32_t>{1, 1, 2}));
  EXPECT_EQ(count(view, {2, 2, 2, 1}, 2).counts, (std::vector<std::uint32_t>{0, 1, 3}));
}

TEST_F(CountsGpu, OnlyMapsAreCounted) {
  const gpu::Texture texture(device(), gpu::Format::r32f, 1, 1, "view");
  using Kind = codec::View::Kind;
  for (const Kind kind : {Kind::categorical, Kind::scalar, Kind::features, Kind::picture}) {
    const bool map = kind == Kind::categorical || kind == Kind::scalar;
    EXPECT_EQ(ViewCounter::counts({.kind = kind, .texture = &texture}), map);
    EXPECT_FALSE(ViewCounter::counts({.kind = kind}));
  }
}

}  // namespace
}  // namespace txs::display
