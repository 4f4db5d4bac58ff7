#include <algorithm>
#include <cmath>
#include <glm/common.hpp>

#include "codecs/bc7/reference/search.h"

namespace txs::bc7::reference {
namespace {

using glm::vec4;
using Columns = std::array<vec4, 4>;

vec4 longest_direction(const Columns& columns) {
  const auto length2 = [](const vec4& v) { return sum4(v * v); };
  const auto longest =
      std::ranges::max_element(columns, [&](const vec4& a, const vec4& b) { return length2(a) < length2(b); });
  return length2(*longest) > 0 ? *longest / std::sqrt(length2(*longest)) : vec4(0);
}

/// A symmetric matrix times itself, scaled to trace 1 before.
Columns squared(const Columns& m) {
  const float trace = (m[0].x + m[1].y) + (m[2].z + m[3].w);
  const float scale = trace > 0 ? 1 / trace : 0;
  Columns scaled, product;
  for (std::size_t c = 0; c < 4; ++c) scaled[c] = m[c] * scale;
  for (std::size_t c = 0; c < 4; ++c) {
    const vec4& v = scaled[c];
    product[c] = (scaled[0] * v.x + scaled[1] * v.y) + (scaled[2] * v.z + scaled[3] * v.w);
  }
  return product;
}

vec4 principal_axis(const Texels& texels, vec4 mean) {
  Columns covariance{};
  for (const vec4& texel : texels)
    for (int c = 0; c < 4; ++c) covariance[std::size_t(c)] += (texel - mean) * (texel - mean)[c];
  for (int squaring = 0; squaring < 8; ++squaring) covariance = squared(covariance);
  return longest_direction(covariance);
}

vec4 published_axis(const Texels& texels, vec4 mean) {
  Columns sums{};
  for (const vec4& texel : texels)
    for (int c = 0; c < 4; ++c)
      if (texel[c] - mean[c] > 0) sums[std::size_t(c)] += texel - mean;
  return longest_direction(sums);
}

}  // namespace

Texels load_texels(const Rgba8Image& picture, int x, int y) {
  Texels texels;
  for (int t = 0; t < 16; ++t) {
    const auto texel =
        picture.at(std::min(4 * x + t % 4, picture.width - 1), std::min(4 * y + t / 4, picture.height - 1));
    texels[std::size_t(t)] = vec4(texel[0], texel[1], texel[2], texel[3]);
  }
  return texels;
}

bool opaque(const Texels& texels) {
  return std::ranges::all_of(texels, [](const vec4& texel) { return texel.a == 255; });
}

Start start_of(const Texels& texels, StartKind kind, bool pinned) {
  Start start;
  for (const vec4& texel : texels) start.mean += texel;
  start.mean *= 0.0625f;
  start.axis = kind == StartKind::principal ? principal_axis(texels, start.mean) : published_axis(texels, start.mean);

  float least = 0, most = 0;
  for (const vec4& texel : texels) {
    const float along = sum4((texel - start.mean) * start.axis);
    least = std::min(least, along);
    most = std::max(most, along);
  }
  vec4 to_low = start.axis * least, to_high = start.axis * most;
  if (kind == StartKind::published) {
    const vec4 smaller = glm::min(to_low, to_high);
    to_high = glm::max(to_low, to_high);
    to_low = smaller;
  }
  start.ends.low = glm::clamp((start.mean + to_low) * (1.0f / 255.0f), 0.0f, 1.0f);
  start.ends.high = glm::clamp((start.mean + to_high) * (1.0f / 255.0f), 0.0f, 1.0f);
  if (pinned) start.ends.low.a = start.ends.high.a = 1;
  return start;
}

}  // namespace txs::bc7::reference
