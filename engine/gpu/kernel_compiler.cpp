#include "gpu/kernel_compiler.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/error.h"
#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/kernel_state.h"
#include "shaders/embedded.h"

namespace txs::gpu {
namespace {
// So many finished kernels outlive their users, for an experiment that is started anew to find them ready.
constexpr std::size_t most_kept = 64;

std::span<const std::uint32_t> words_of(const KernelSource& source) {
  return source.code.empty() ? embedded_shader(source.shader) : source.code;
}

bool equal(const KernelSource& a, const KernelSource& b) {
  return a.shader == b.shader && a.push_bytes == b.push_bytes && a.bindings == b.bindings && a.constants == b.constants &&
         a.code.data() == b.code.data();
}
}  // namespace

KernelCompiler::KernelCompiler(DeviceState& gpu) : gpu_(gpu), thread_([this] { loop(); }) {}

KernelCompiler::~KernelCompiler() { stop(); }

void KernelCompiler::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Kernel::State> KernelCompiler::request(KernelSource source) {
  if (words_of(source).empty()) throw std::logic_error(source.shader + ": no such shader");
  if (source.push_bytes > 128 || source.push_bytes % 4 != 0)
    throw std::logic_error(source.shader + ": push constants take at most 128 bytes, in multiples of 4");
  std::shared_ptr<Kernel::State> kernel;
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(known_, [](const auto& one) { return one.expired(); });
    for (const auto& one : known_)
      if (auto there = one.lock(); there != nullptr && equal(there->source, source)) return there;
    kernel = guarded("preparing " + source.shader, [&] { return std::make_shared<Kernel::State>(gpu_, std::move(source)); });
    known_.push_back(kernel);
    queue_.push_back(kernel);
  }
  changed_.notify_all();
  return kernel;
}

KernelStatus KernelCompiler::status() const {
  const std::scoped_lock lock(mutex_);
  const auto unfinished = std::ranges::count_if(known_, [](const auto& one) {
    const auto kernel = one.lock();
    return kernel != nullptr && !kernel->finished();
  });
  return {static_cast<int>(unfinished), reload_};
}

void KernelCompiler::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    std::shared_ptr<Kernel::State> kernel = queue_.front().lock();
    queue_.pop_front();
    if (kernel == nullptr) continue;
    lock.unlock();
    make(*kernel);
    lock.lock();
    keep(std::move(kernel));
  }
}

void KernelCompiler::make(Kernel::State& kernel) {
  try {
    auto pipeline = make_compute_pipeline(gpu_.device, &gpu_.pipelines.cache(), *kernel.layout, words_of(kernel.source),
                                          kernel.source.constants);
    gpu_.pipelines.changed();
    kernel.replace(std::move(pipeline));
  } catch (const vk::SystemError& error) {
    kernel.fail(device_error(error, "compiling " + kernel.source.shader).what());
  }
}

void KernelCompiler::keep(std::shared_ptr<Kernel::State> kernel) {
  if (std::ranges::find(kept_, kernel) != kept_.end()) return;
  kept_.push_back(std::move(kernel));
  if (kept_.size() > most_kept) kept_.pop_front();
}

}  // namespace txs::gpu
