#include "gpu/kernel_compiler.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/error.h"
#include "core/log.h"
#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/kernel_state.h"
#include "gpu/warm_up.h"
#include "shaders/embedded.h"

#ifndef TEXELSCOPE_SHADER_SOURCES  // set in developer builds
#define TEXELSCOPE_SHADER_SOURCES ""
#define TEXELSCOPE_GLSLC ""
#endif

namespace txs::gpu {
namespace {
// So many finished kernels outlive their users, for an experiment that is started anew to find them ready.
constexpr std::size_t most_kept = 64;
constexpr auto watch_interval = std::chrono::milliseconds(500);

bool equal(const KernelSource& a, const KernelSource& b) {
  return a.shader == b.shader && a.push_bytes == b.push_bytes && a.bindings == b.bindings &&
         a.constants == b.constants && a.code.data() == b.code.data();
}

void check(const KernelSource& source, std::size_t like) {
  if (source.code.empty() && embedded_shader(source.shader).empty())
    throw std::logic_error(source.shader + ": no such shader");
  if (source.push_bytes > 128 || source.push_bytes % 4 != 0)
    throw std::logic_error(source.shader + ": push constants take at most 128 bytes, in multiples of 4");
  if (source.bindings.size() > most_bindings) throw std::logic_error(source.shader + ": too many bindings");
  if (like != 0 && like != source.bindings.size())
    throw std::logic_error(source.shader + ": not as many textures to be like as bindings");
}

std::vector<TextureClass> classes_of(std::size_t bindings, BoundList like) {
  std::vector<TextureClass> classes(bindings);
  std::ranges::transform(like, classes.begin(), [](const Bound& bound) {
    if (bound.texels != nullptr) return TextureClass{bound.texels->format(), true, true};
    if (bound.buffer != nullptr) return TextureClass{};
    return TextureClass{bound.texture->format(), std::has_single_bit(bound.texture->width()),
                        std::has_single_bit(bound.texture->height())};
  });
  return classes;
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string seconds_since(std::chrono::steady_clock::time_point start) {
  char text[32];
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::snprintf(text, sizeof text, "%.1f s", seconds);
  return text;
}
}  // namespace

KernelCompiler::KernelCompiler(DeviceState& gpu, bool warm_up)
    : gpu_(gpu),
      warm_up_(warm_up ? std::make_unique<WarmUp>(gpu.info) : nullptr),
      watch_(TEXELSCOPE_SHADER_SOURCES, TEXELSCOPE_GLSLC),
      thread_([this] { loop(); }) {}

KernelCompiler::~KernelCompiler() { stop(); }

void KernelCompiler::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Kernel::State> KernelCompiler::request(KernelSource source,
                                                       BoundList like) {
  check(source, like.size());
  std::vector<TextureClass> classes;
  if (warm_up_ != nullptr) classes = classes_of(source.bindings.size(), like);
  std::shared_ptr<Kernel::State> kernel;
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(known_, [](const auto& one) { return one.expired(); });
    for (const auto& one : known_)
      if (auto there = one.lock(); there != nullptr && equal(there->source, source) && there->like == classes)
        return there;
    const std::string doing = "preparing " + source.shader;
    kernel =
        guarded(doing, [&] { return std::make_shared<Kernel::State>(gpu_, std::move(source), std::move(classes)); });
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
  return {static_cast<int>(unfinished), reload_status_};
}

void KernelCompiler::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto due = [this] { return stopping_ || !queue_.empty(); };
    if (watch_.watching())
      changed_.wait_for(lock, watch_interval, due);
    else
      changed_.wait(lock, due);
    if (stopping_) return;
    if (queue_.empty()) {
      lock.unlock();
      if (watch_.changed()) reload();
      lock.lock();
      continue;
    }
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
    const auto words = words_of(kernel.source);
    auto pipeline =
        make_compute_pipeline(gpu_.device, &gpu_.pipelines.cache(), *kernel.layout, words, kernel.source.constants);
    gpu_.pipelines.changed();
    if (warm_up_ != nullptr && !stopping_) warm_up_->run(kernel, words);
    kernel.replace(std::move(pipeline));
  } catch (const vk::SystemError& error) {
    kernel.fail(device_error(error, "compiling " + kernel.source.shader).what());
  } catch (const std::exception& error) {
    kernel.fail(kernel.source.shader + ": " + error.what());
  }
}

void KernelCompiler::keep(std::shared_ptr<Kernel::State> kernel) {
  kept_.push_back(std::move(kernel));
  if (kept_.size() > most_kept) kept_.pop_front();
}

std::span<const std::uint32_t> KernelCompiler::words_of(const KernelSource& source) const {
  if (!source.code.empty()) return source.code;
  const auto found = reloaded_.find(source.shader);
  return found != reloaded_.end() ? found->second : embedded_shader(source.shader);
}

std::vector<std::shared_ptr<Kernel::State>> KernelCompiler::embedded_kernels() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::shared_ptr<Kernel::State>> kernels;
  for (const auto& one : known_)
    if (auto kernel = one.lock(); kernel != nullptr && kernel->source.code.empty())
      kernels.push_back(std::move(kernel));
  return kernels;
}

void KernelCompiler::set_reload_status(std::string text) {
  const std::scoped_lock lock(mutex_);
  reload_status_ = std::move(text);
}

bool KernelCompiler::recompile(const std::string& stage) {
  std::vector<std::uint32_t> words = watch_.compile(stage);
  const auto found = reloaded_.find(stage);
  const auto present = found != reloaded_.end() ? found->second : embedded_shader(stage);
  if (std::ranges::equal(words, present)) return false;
  reloaded_[stage] = std::move(words);
  return true;
}

// All stages in use are compiled, and those whose words changed replaced: that finds out what an included file
// concerns.
void KernelCompiler::reload() {
  const auto start = std::chrono::steady_clock::now();
  set_reload_status("shaders changed, compiling");
  const auto kernels = embedded_kernels();
  std::set<std::string> stages, changed;
  for (const auto& kernel : kernels) stages.insert(kernel->source.shader);
  std::string failure;
  for (const std::string& stage : stages) {
    try {
      if (recompile(stage)) changed.insert(stage);
    } catch (const Error& error) {
      failure = error.what();
      say(Severity::warning, failure);
    }
  }
  for (const auto& kernel : kernels)
    if (changed.contains(kernel->source.shader)) make(*kernel);
  if (!failure.empty())
    set_reload_status(failure);
  else if (changed.empty())
    set_reload_status("shaders changed, none in use");
  else
    set_reload_status(joined(changed) + " reloaded in " + seconds_since(start));
}

}  // namespace txs::gpu
