#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "gpu/kernel_state.h"

namespace txs::gpu {

/// Makes lavapipe compile a kernel before its first use.
///
/// llvmpipe makes machine code when a compute shader is first dispatched, on the thread that executes the device's
/// submissions: a frame with a new kernel would stand for as long as LLVM takes, seconds for a large one. A dispatch of
/// no workgroups makes that code as well, but anything submitted after it would wait just so (measured with Mesa 22.3:
/// 0.65 s for the dispatch of none, and as long for a buffer fill behind it). So the dispatch of none runs on a second
/// device in this process, whose submissions execute on a thread of their own. What it compiled reaches the first
/// device by way of Mesa's shader cache on disk: the first real dispatch then takes no longer than the second. Where
/// that cache is switched off nothing is lost but the background thread's time.
class WarmUp {
 public:
  explicit WarmUp(const DeviceInfo& info) : info_(info) {}

  /// For its textures `kernel.like`. From the compile thread, which it blocks. Throws Error(device).
  void run(const Kernel::State& kernel, std::span<const std::uint32_t> words);

 private:
  Bound stand_in(Binding binding, const TextureClass& wanted);

  const DeviceInfo& info_;
  std::unique_ptr<Device> device_;  ///< made by the first run
  std::map<TextureClass, Texture> textures_;
  std::map<Format, std::pair<Buffer, TexelView>> texels_;
  std::optional<Buffer> block_;
};

}  // namespace txs::gpu
