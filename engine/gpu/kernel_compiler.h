#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "gpu/kernel.h"
#include "gpu/shader_watch.h"

namespace txs::gpu {

class WarmUp;

/// The background thread that makes pipelines, and the register of those there are. Thread-safe.
class KernelCompiler {
 public:
  KernelCompiler(DeviceState& gpu, bool warm_up);
  ~KernelCompiler();
  void stop();  ///< finishes the pipeline in hand, drops the rest

  /// The state of the kernel with this source: an existing one, or a new one queued to be made.
  std::shared_ptr<Kernel::State> request(KernelSource source, BoundList like);
  KernelStatus status() const;

 private:
  // On the thread:
  void loop();
  void make(Kernel::State& kernel);
  void keep(std::shared_ptr<Kernel::State> kernel);
  void reload();
  /// Compiles a stage anew; true if its words changed.
  bool recompile(const std::string& stage);
  std::span<const std::uint32_t> words_of(const KernelSource& source) const;

  std::vector<std::shared_ptr<Kernel::State>> embedded_kernels() const;
  void set_reload_status(std::string text);

  DeviceState& gpu_;
  const std::unique_ptr<WarmUp> warm_up_;  ///< null where it is of no use
  ShaderWatch watch_;
  /// Stages that replace the embedded ones. The thread's own.
  std::map<std::string, std::vector<std::uint32_t>> reloaded_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;
  std::string reload_status_;
  std::vector<std::weak_ptr<Kernel::State>> known_;
  std::deque<std::weak_ptr<Kernel::State>> queue_;  ///< weak: a kernel that nobody wants any more is not made
  std::deque<std::shared_ptr<Kernel::State>> kept_;
  std::thread thread_;
};

}  // namespace txs::gpu
