#include "core/worker.h"

#include <exception>
#include <utility>

#include "core/log.h"

namespace txs {

Worker::Worker() : thread_([this] { loop(); }) {}

Worker::~Worker() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Worker::run(std::function<void()> job) {
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_all();
}

bool Worker::idle() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.empty() && !busy_;
}

void Worker::wait_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return jobs_.empty() && !busy_; });
}

void Worker::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    busy_ = true;
    lock.unlock();
    try {
      job();
    } catch (const std::exception& error) {
      say(Severity::error, error.what());
    }
    job = nullptr;  // what it captured goes before the worker calls itself idle
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace txs
