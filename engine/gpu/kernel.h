#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gpu/device.h"
#include "gpu/resources.h"

namespace txs::gpu {

/// What a kernel binds besides its push constants, in the order of its `layout(binding = i)`.
enum class Binding {
  storage,  ///< image2D
  nearest,  ///< sampler2D, nearest, clamp to edge
  linear,   ///< sampler2D, bilinear, clamp to edge
  texels,         ///< samplerBuffer
  stored_texels,  ///< imageBuffer
  block,          ///< buffer block: what llvmpipe stores scattered floats to in a quarter of the time
};

struct KernelSource {
  std::string shader;            ///< path below shaders/
  std::uint32_t push_bytes = 0;  ///< size of its push-constant struct from shaders/interop
  std::vector<Binding> bindings;
  std::vector<std::uint32_t> constants;  ///< specialisation constants 0, 1, 2, ... (floats as bits, bools as 0 or 1)
  /// SPIR-V of static life in place of the embedded stage `shader` (tests' kernels).
  std::span<const std::uint32_t> code = {};
};

/// A compute pipeline, made on a background thread: construction returns at once.
/// In developer builds it is made anew when its source changes; a source that does not compile keeps the old one.
class Kernel {
 public:
  /// `like`: textures and texels such as it will be given (format and size; they are not kept). A software device compiles a
  /// kernel anew for another format, or for sides that are powers of two or not; it is ready when that is done for
  /// these.
  Kernel(Device& device, KernelSource source, BoundList like = {});
  ~Kernel();
  Kernel(Kernel&&) noexcept;
  Kernel& operator=(Kernel&&) noexcept;

  bool ready() const;  ///< never blocks; throws Error(device) if making it failed
  void wait() const;   ///< blocks until ready
  const std::string& shader() const;

  struct State;
  State& state() const { return *state_; }

 private:
  std::shared_ptr<State> state_;
};

/// For the status line: how many kernels are being made now, and (developer builds) what shader reload last did.
struct KernelStatus {
  int compiling = 0;
  std::string reload;
};
KernelStatus kernel_status(const Device& device);

}  // namespace txs::gpu
