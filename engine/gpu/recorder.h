#pragma once
#include <vulkan/vulkan.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gpu/kernel.h"
#include "gpu/resources.h"

namespace txs::gpu {

struct Groups {
  std::uint32_t x = 1, y = 1, z = 1;
};

/// One named pass and the GPU time it took.
struct PassTime {
  std::string name;
  double milliseconds = 0;
};

/// The pass times of one submission, there once the GPU is past it.
class PendingTimes {
 public:
  PendingTimes() = default;
  explicit operator bool() const { return state_ != nullptr; }
  bool ready() const;
  const std::vector<PassTime>& times() const;  ///< once ready

  struct State;

 private:
  friend class Recorder;
  std::shared_ptr<State> state_;
};

/// Records GPU work; `Device::submit` consumes it. Commands run in order: every dispatch, copy and fill sees all that
/// was recorded before it (a full memory barrier stands between them).
class Recorder {
 public:
  explicit Recorder(Device& device);
  ~Recorder();  ///< never submitted: what was recorded is dropped
  Recorder(Recorder&&) noexcept;
  Recorder& operator=(Recorder&&) = delete;

  Device& device() const;

  /// Starts a named pass that ends with the next begin_pass, end_pass or the end of the recording. Timed; seen in
  /// captures.
  void begin_pass(std::string_view name);
  void end_pass();

  /// `kernel` must be ready. `bound` in the order of its bindings. Push is one struct of shaders/interop.
  template <typename Push>
  void dispatch(const Kernel& kernel, const Push& push, BoundList bound, Groups groups) {
    static_assert(sizeof(Push) <= 128, "the floor device gives 128 bytes of push constants");
    dispatch_bytes(kernel, &push, sizeof(Push), bound, groups);
  }

  /// For a kernel without push constants.
  void dispatch(const Kernel& kernel, BoundList bound, Groups groups) {
    dispatch_bytes(kernel, nullptr, 0, bound, groups);
  }

  void copy(const Buffer& from, std::uint64_t from_offset, const Buffer& to, std::uint64_t to_offset,
            std::uint64_t size);
  /// Blocks or texels of the whole level, tightly packed.
  void copy(const Buffer& from, std::uint64_t from_offset, const Texture& to);
  void fill(const Buffer& buffer, std::uint32_t word);
  /// Small host data into a buffer, in the order of the recording (vkCmdUpdateBuffer: at most 65536 bytes, multiple of
  /// 4).
  void write(const Buffer& buffer, std::uint64_t offset, std::span<const std::byte> bytes);
  PendingRead read(const Buffer& buffer, std::uint64_t offset, std::uint64_t size);
  PendingRead read(const Texture& texture);

  /// Times of this recording's passes, once it was submitted and has run.
  PendingTimes times();

  VkCommandBuffer handle() const;  ///< for gpu/'s own graphics passes
  struct State;
  State& state() const { return *state_; }

 private:
  void dispatch_bytes(const Kernel& kernel, const void* push, std::uint32_t push_bytes,
                      BoundList bound, Groups groups);
  std::unique_ptr<State> state_;
};

/// ceil(a / b)
constexpr std::uint32_t divide_up(std::uint32_t a, std::uint32_t b) { return (a + b - 1) / b; }

}  // namespace txs::gpu
