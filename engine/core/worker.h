#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace txs {

/// One background thread that runs jobs in the order they were given: loading, packing and saving off the UI thread.
/// A job reports by itself (through `say` or a result it owns); an exception that leaves it is said as an error.
class Worker {
 public:
  Worker();
  ~Worker();  ///< finishes the jobs that were given, then joins
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void run(std::function<void()> job);
  bool idle() const;
  void wait_idle();

 private:
  void loop();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace txs
