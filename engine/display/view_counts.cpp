#include "display/view_counts.h"

#include <algorithm>
#include <numeric>

#include "shaders/interop/display.h"

namespace txs::display {
namespace {

using codec::View;
using interop::count_bins;
using interop::CountPush;

static_assert(View::most_categories == count_bins && ViewCounts::scalar_bins <= count_bins);

std::uint32_t bins_of(const View& view) {
  if (view.kind == View::Kind::scalar) return ViewCounts::scalar_bins;
  return std::uint32_t(std::clamp<std::size_t>(view.categories.size(), 1, count_bins));
}

CountPush push_for(const View& view) {
  const std::uint32_t bins = bins_of(view);
  CountPush push{{view.texture->width(), view.texture->height()}, -0.5f, 1, bins};
  if (view.kind != View::Kind::scalar) return push;
  push.low = float(view.minimum);
  push.bins_per_unit = view.maximum > view.minimum ? float(bins / (view.maximum - view.minimum)) : 1;
  return push;
}

}  // namespace

std::uint64_t ViewCounts::with() const { return std::accumulate(counts.begin(), counts.end(), std::uint64_t(0)); }

std::uint32_t ViewCounts::most() const { return counts.empty() ? 0 : *std::ranges::max_element(counts); }

struct ViewCounter::State {
  explicit State(gpu::Device& device)
      : kernel(device, {"display/view_counts.comp",
                        sizeof(CountPush),
                        {gpu::Binding::nearest, gpu::Binding::block},
                        {},
                        {}}),
        counts(device, (count_bins + 1) * sizeof(std::uint32_t), "view counts") {}

  gpu::Kernel kernel;
  gpu::Buffer counts;
};

ViewCounter::ViewCounter(gpu::Device& device) : state_(std::make_unique<State>(device)) {}
ViewCounter::~ViewCounter() = default;

bool ViewCounter::ready() const { return state_->kernel.ready(); }

bool ViewCounter::counts(const View& view) {
  return view.texture != nullptr && (view.kind == View::Kind::categorical || view.kind == View::Kind::scalar);
}

codec::Pending<ViewCounts> ViewCounter::record(gpu::Recorder& recorder, const View& view) {
  const CountPush push = push_for(view);
  recorder.begin_pass("count");
  recorder.fill(state_->counts, 0);
  recorder.dispatch(state_->kernel, push, {view.texture, &state_->counts},
                    {gpu::divide_up(view.texture->height(), interop::count_rows)});
  auto read = recorder.read(state_->counts, 0, state_->counts.size());
  recorder.end_pass();
  return {std::move(read), [id = view.id, bins = push.bins](std::span<const std::byte> bytes) {
            const auto* first = reinterpret_cast<const std::uint32_t*>(bytes.data());
            return ViewCounts{id, {first, first + bins}, first[count_bins]};
          }};
}

}  // namespace txs::display
