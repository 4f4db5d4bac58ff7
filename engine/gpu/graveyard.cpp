#include "gpu/graveyard.h"

#include <limits>
#include <utility>

namespace txs::gpu {

std::uint64_t Graveyard::begin_recording() {
  const std::scoped_lock lock(mutex_);
  open_.push_back(++last_recording_);
  return last_recording_;
}

void Graveyard::end_recording(std::uint64_t number) {
  const std::scoped_lock lock(mutex_);
  std::erase(open_, number);
}

void Graveyard::bury(Retired retired) {
  const std::scoped_lock lock(mutex_);
  after_recordings_.push_back({last_recording_, std::move(retired)});
}

void Graveyard::collect() {
  const std::scoped_lock lock(mutex_);
  const std::uint64_t oldest = open_.empty() ? std::numeric_limits<std::uint64_t>::max() : open_.front();
  while (!after_recordings_.empty() && after_recordings_.front().after < oldest) {
    after_submissions_.push_back({timeline_.submitted(), std::move(after_recordings_.front().retired)});
    after_recordings_.pop_front();
  }
  if (after_submissions_.empty()) return;
  const std::uint64_t completed = timeline_.completed();
  while (!after_submissions_.empty() && after_submissions_.front().after <= completed) destroy(after_submissions_, 1);
}

void Graveyard::clear() {
  const std::scoped_lock lock(mutex_);
  destroy(after_recordings_, after_recordings_.size());
  destroy(after_submissions_, after_submissions_.size());
}

void Graveyard::destroy(std::deque<Entry>& entries, std::size_t count) {
  for (; count > 0; --count) {
    allocated_bytes_ -= entries.front().retired.bytes;
    entries.pop_front();
  }
}

}  // namespace txs::gpu
