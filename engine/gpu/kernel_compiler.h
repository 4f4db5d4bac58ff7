#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gpu/kernel.h"

namespace txs::gpu {

/// The background thread that makes pipelines, and the register of those there are. Thread-safe.
class KernelCompiler {
 public:
  explicit KernelCompiler(DeviceState& gpu);
  ~KernelCompiler();
  void stop();  ///< finishes the pipeline in hand, drops the rest

  /// The state of the kernel with this source: an existing one, or a new one queued to be made.
  std::shared_ptr<Kernel::State> request(KernelSource source);
  KernelStatus status() const;

 private:
  void loop();
  void make(Kernel::State& kernel);
  void keep(std::shared_ptr<Kernel::State> kernel);

  DeviceState& gpu_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::string reload_;
  std::vector<std::weak_ptr<Kernel::State>> known_;
  std::deque<std::weak_ptr<Kernel::State>> queue_;  ///< weak: a kernel that nobody wants any more is not made
  std::deque<std::shared_ptr<Kernel::State>> kept_;
  std::thread thread_;
};

}  // namespace txs::gpu
