#include "session/picture_pace.h"

#include <algorithm>
#include <cmath>

namespace txs::session {
namespace {
constexpr double watched_share = 0.2, rushed_share = 0.05;
constexpr double watched_interval_ms = 250;
constexpr double least_search_share = 0.1, picture_frame_share = 0.5, dear_picture_frame_share = 0.6;
constexpr double frames_an_interval = 7;  // of a watched picture, at 30 a second
}  // namespace

bool PicturePace::due(codec::Budget::Pace pace, Clock::time_point now) const {
  const bool watched = pace == codec::Budget::Pace::watch;
  double rest_ms = cost_ms_ * (1 / (watched ? watched_share : rushed_share) - 1);
  if (watched) rest_ms = std::min(rest_ms, std::max(watched_interval_ms - cost_ms_, cost_ms_));
  return std::chrono::duration<double, std::milli>(now - last_).count() >= rest_ms;
}

std::uint32_t PicturePace::parts_for(double frame_milliseconds, std::uint32_t parts, bool first) const {
  if (cost_ms_ <= 0) return 1;
  const double all = frame_milliseconds * parts / cost_ms_;  // as many as would fill a frame
  const bool in_passes = !first && parts % passes == 0 && cost_ms_ > watched_share * watched_interval_ms;
  const double shown_together = in_passes ? parts / double(passes) : parts;
  const double in_time = std::min(std::ceil(shown_together / frames_an_interval), all * dear_picture_frame_share);
  const double wanted = in_passes ? in_time : std::max(all * picture_frame_share, in_time);
  return static_cast<std::uint32_t>(std::clamp(wanted, 1.0, double(parts)));
}

double PicturePace::search_milliseconds(double frame_milliseconds, std::uint32_t parts, bool first) const {
  const double part_ms = cost_ms_ * parts_for(frame_milliseconds, parts, first) / parts;
  return std::max(frame_milliseconds - part_ms, frame_milliseconds * least_search_share);
}

}  // namespace txs::session
