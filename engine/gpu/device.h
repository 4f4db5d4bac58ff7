#pragma once
#include <vulkan/vulkan.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace txs::gpu {

/// A Vulkan device as `texelscope devices` lists it.
struct DeviceInfo {
  int index = 0;
  std::string name;
  std::string kind;                ///< "discrete GPU", "integrated GPU", "CPU", ...
  std::string driver;              ///< "llvmpipe Mesa 22.3.6 (LLVM 15.0.6)"
  std::string api;                 ///< "1.3.230"
  std::uint64_t memory_bytes = 0;  ///< device-local heap
  std::string lacks;               ///< empty if usable, else what of the floor is missing, in words
};

struct DeviceOptions {
  std::string wanted;     ///< index or part of a name (any case); empty: discrete, then integrated, then others
  bool validate = false;  ///< load the validation layer and count what it says
  bool windowed = false;  ///< enable the surface and swapchain extensions
  std::vector<const char*> instance_extensions;  ///< those the window system asks for
  bool warm_up = true;  ///< software devices: kernels are ready when their machine code is made (see Kernel)
  std::filesystem::path pipeline_cache;  ///< folder; empty: no cache on disk
};

/// All devices, usable or not. Throws Error(device) when there is no Vulkan loader or driver.
std::vector<DeviceInfo> list_devices();

/// A point on the device's one timeline: everything submitted up to it is done when it is reached.
struct Ticket {
  std::uint64_t value = 0;  ///< 0: already reached
};

class Buffer;
class Texture;
class Recorder;
struct DeviceState;  // the Vulkan objects, known to engine/gpu alone

/// One logical device with one queue for everything, and the owner of all that lives on it.
/// Thread-safe where it says so; resources die later than their C++ objects: when the GPU has passed them.
class Device {
 public:
  /// Throws Error(device): no loader, no device, nothing called `wanted`, or below the floor (it says what is missing).
  explicit Device(const DeviceOptions& options);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  const DeviceInfo& info() const;
  bool is_cpu() const;      ///< a software device: lavapipe and the like
  bool samples_bc() const;  ///< textureCompressionBC
  std::uint32_t subgroup_size() const;
  std::uint32_t shared_bytes() const;  ///< of a workgroup
  /// Subgroups of 32 multiply 16 x 16 matrices of halves and add up in floats: VK_NV_cooperative_matrix.
  bool multiplies_matrices() const;
  std::uint32_t most_texels() const;      ///< of a buffer, as a kernel sees it
  std::uint32_t largest_texture_side() const;
  double nanoseconds_per_tick() const;

  /// Submits what was recorded, after everything submitted before. Thread-safe.
  /// Throws Error(device) when the device is lost.
  Ticket submit(Recorder&& recorder);
  bool reached(Ticket ticket) const;
  void wait(Ticket ticket) const;  ///< throws Error(device) when the device is lost
  void wait_idle();

  /// Copies bytes into a buffer or texture by way of bounded staging memory, and waits. Thread-safe; for set-up, not
  /// frames.
  void upload(Buffer& buffer, std::span<const std::byte> bytes, std::uint64_t offset = 0);
  void upload(Texture& texture, std::span<const std::byte> texels);
  /// Reads a whole texture or buffer back, and waits. For saving and tests, not frames.
  std::vector<std::byte> download(const Texture& texture);
  std::vector<std::byte> download(const Buffer& buffer);

  /// Validation messages so far (0 unless `validate`); the first few, for a test's failure text.
  std::uint64_t validation_messages() const;
  std::vector<std::string> validation_texts() const;

  std::uint64_t allocated_bytes() const;  ///< device memory held by buffers and textures now
  void save_pipeline_cache() const;       ///< also done by the destructor; whole or not at all

  DeviceState& state() const { return *state_; }

 private:
  std::unique_ptr<DeviceState> state_;
};

}  // namespace txs::gpu
