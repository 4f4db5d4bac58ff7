#include "display/feature_look.h"

#include <algorithm>

namespace txs::display {
namespace {

int wrapped(int value, int count) { return (value % count + count) % count; }

}  // namespace

FeatureLook fitted(FeatureLook look, std::uint32_t channels) {
  const int count = std::max(1, int(channels));
  for (int& plane : look.rgb)
    if (plane >= count) plane = -1;
  look.channel = std::clamp(look.channel, 0, count - 1);
  // What was chosen for a grid of more channels may all be missing here: then the first ones.
  if (std::ranges::all_of(look.rgb, [](int plane) { return plane < 0; }))
    for (int i = 0; i < 3; ++i) look.rgb[std::size_t(i)] = i < count ? i : -1;
  look.mapped |= count == 1;
  return look;
}

FeatureLook stepped(FeatureLook look, std::uint32_t channels, int step) {
  const int count = std::max(1, int(channels));
  look = fitted(look, channels);
  if (look.mapped) {
    look.channel = wrapped(look.channel + step, count);
    return look;
  }
  // Of two channels or three, steps of three would change nothing: they turn round instead.
  const int by = count > 3 ? 3 * step : step;
  for (int i = 0; i < 3; ++i) {
    int& plane = look.rgb[std::size_t(i)];
    if (plane >= 0) plane = wrapped(plane + by, count);
  }
  return look;
}

}  // namespace txs::display
