#include "artifact/curve_stroke.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace txs::artifact {
namespace {

double distance_to_segment(Point at, Point from, Point to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length2 = dx * dx + dy * dy;
  const double along = length2 > 0 ? ((at.x - from.x) * dx + (at.y - from.y) * dy) / length2 : 0;
  const double t = std::clamp(along, 0.0, 1.0);
  return std::hypot(at.x - from.x - t * dx, at.y - from.y - t * dy);
}

/// How much of each texel of a rectangle a line covers, taken as a box of one pixel across the line.
class Coverage {
 public:
  explicit Coverage(const Rect& clip) : clip_(clip), shares_(std::size_t(clip.width) * std::size_t(clip.height)) {}

  void add_segment(Point from, Point to, double width) {
    const double reach = width / 2 + 0.5;
    const auto [left, right] = texels(std::min(from.x, to.x) - reach, std::max(from.x, to.x) + reach, clip_.x,
                                      clip_.width);
    const auto [top, bottom] = texels(std::min(from.y, to.y) - reach, std::max(from.y, to.y) + reach, clip_.y,
                                      clip_.height);
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        const double distance = distance_to_segment({clip_.x + x + 0.5, clip_.y + y + 0.5}, from, to);
        float& share = shares_[std::size_t(y) * std::size_t(clip_.width) + std::size_t(x)];
        share = std::max(share, static_cast<float>(std::clamp(reach - distance, 0.0, 1.0)));
      }
    }
  }

  void blend(Rgba8Image& target, Rgb colour) const {
    for (int y = 0; y < clip_.height; ++y) {
      for (int x = 0; x < clip_.width; ++x) {
        const float share = shares_[std::size_t(y) * std::size_t(clip_.width) + std::size_t(x)];
        if (share == 0) continue;
        std::uint8_t* texel =
            &target.texels[(std::size_t(clip_.y + y) * std::size_t(target.width) + std::size_t(clip_.x + x)) * 4];
        for (std::size_t c = 0; c < 3; ++c) {
          texel[c] = static_cast<std::uint8_t>(std::lround(std::lerp(float(texel[c]), float(colour[c]), share)));
        }
      }
    }
  }

 private:
  /// The texels of [begin, begin + size), counted from `begin`, that an interval touches.
  static std::pair<int, int> texels(double low, double high, int begin, int size) {
    const auto within = [&](double place) { return static_cast<int>(std::clamp(place - begin, 0.0, double(size))); };
    return {within(std::floor(low)), within(std::ceil(high))};
  }

  Rect clip_;
  std::vector<float> shares_;
};

/// Walks along a line and hands on the parts of it that a pattern of dashes draws.
class Dasher {
 public:
  explicit Dasher(std::span<const double> dashes) : dashes_(dashes), left_(dashes.front()) {}

  template <typename Draw>
  void walk(Point from, Point to, const Draw& draw) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const auto at = [&](double place) {
      return Point{std::lerp(from.x, to.x, place / length), std::lerp(from.y, to.y, place / length)};
    };
    for (double place = 0; place < length;) {
      const bool ends = left_ <= length - place;  // the dash, within this piece of the line
      const double end = ends ? place + left_ : length;
      if (dash_ % 2 == 0) draw(at(place), at(end));
      if (ends) dash_ = (dash_ + 1) % dashes_.size();
      left_ = ends ? dashes_[dash_] : left_ - (length - place);
      place = end;
    }
  }

 private:
  std::span<const double> dashes_;
  std::size_t dash_ = 0;
  double left_;  ///< of the present dash or gap
};

}  // namespace

void draw_line(Rgba8Image& target, const Rect& clip, std::span<const Point> points, const Stroke& stroke) {
  if (points.empty()) return;
  Coverage coverage(clip);
  const auto add = [&](Point from, Point to) { coverage.add_segment(from, to, stroke.width); };
  if (points.size() == 1) add(points[0], points[0]);
  if (stroke.dashes.empty()) {
    for (std::size_t i = 1; i < points.size(); ++i) add(points[i - 1], points[i]);
  } else {
    Dasher dasher(stroke.dashes);
    for (std::size_t i = 1; i < points.size(); ++i) dasher.walk(points[i - 1], points[i], add);
  }
  coverage.blend(target, stroke.colour);
}

}  // namespace txs::artifact
