#pragma once
#include <vulkan/vulkan.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gpu/device.h"

namespace txs::gpu {

/// Memory on the device, addressed by kernels through `address()` (buffer device address). Zero-filled when made.
class Buffer {
 public:
  /// Throws Error(device) naming `name` and the size when memory is short. `size` 0 makes an empty buffer, address 0.
  Buffer(Device& device, std::uint64_t size, std::string name);
  ~Buffer();
  Buffer(Buffer&&) noexcept;
  Buffer& operator=(Buffer&&) noexcept;

  std::uint64_t size() const { return size_; }
  std::uint64_t address() const { return address_; }
  VkBuffer handle() const { return buffer_; }

 private:
  void release();
  Device* device_ = nullptr;
  std::uint64_t size_ = 0, address_ = 0;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
};

enum class Format {
  rgba8,  ///< R8G8B8A8_UNORM: the stored bytes, no colour conversion anywhere
  rgba16f,
  r32f,
  rgba32f,
  r8,
  r32u,     ///< buffer texels only
  rgba32u,  ///< buffer texels only
  bc1,  ///< BC1_RGBA_UNORM_BLOCK; block-compressed textures are sampled only
  bc3,
  bc4,
  bc4_snorm,
  bc5,
  bc5_snorm,
  bc6h_ufloat,  ///< BC6H_UFLOAT_BLOCK
  bc6h_sfloat,  ///< BC6H_SFLOAT_BLOCK
  bc7,
};

/// A buffer seen as texels, which kernels read by texelFetch and write by imageStore. Software devices read scattered
/// floats faster so than by address: llvmpipe gathers texels, and loads by address one lane after another.
/// The buffer must outlive it.
class TexelView {
 public:
  /// Of texels of 4 or 16 bytes. Throws Error(device) if they are more than the device takes.
  TexelView(Device& device, const Buffer& buffer, Format format);
  ~TexelView();
  TexelView(TexelView&&) noexcept;
  TexelView& operator=(TexelView&&) noexcept;

  Format format() const { return format_; }
  VkBufferView handle() const { return view_; }

 private:
  void release();
  Device* device_ = nullptr;
  Format format_{};
  VkBufferView view_ = VK_NULL_HANDLE;
};

/// A 2D texture, always in VK_IMAGE_LAYOUT_GENERAL: sampled, stored to, copied from and to without further ado.
/// (Block-compressed ones cannot be stored to.) Zero-filled when made.
class Texture {
 public:
  Texture(Device& device, Format format, std::uint32_t width, std::uint32_t height, std::string name);
  ~Texture();
  Texture(Texture&&) noexcept;
  Texture& operator=(Texture&&) noexcept;

  Format format() const { return format_; }
  std::uint32_t width() const { return width_; }
  std::uint32_t height() const { return height_; }
  std::uint64_t byte_size() const;  ///< tightly packed texels (or blocks) of the one level
  VkImage image() const { return image_; }
  VkImageView view() const { return view_; }

 private:
  void release();
  Device* device_ = nullptr;
  Format format_{};
  std::uint32_t width_ = 0, height_ = 0;
  VkImage image_ = VK_NULL_HANDLE;
  VkImageView view_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
};

/// What a dispatch binds: a texture, a view of a buffer's texels, or a buffer.
struct Bound {
  Bound(const Texture* the_texture) : texture(the_texture) {}  // NOLINT: lists of textures are written as such
  Bound(const TexelView* the_texels) : texels(the_texels) {}   // NOLINT
  Bound(const Buffer* the_buffer) : buffer(the_buffer) {}      // NOLINT
  const Texture* texture = nullptr;
  const TexelView* texels = nullptr;
  const Buffer* buffer = nullptr;
};

/// What a kernel is given, in the order of its bindings: written as a list where it is called, or made at run time.
class BoundList {
 public:
  BoundList() = default;
  BoundList(std::initializer_list<Bound> list) : bound_(list.begin(), list.size()) {}  // NOLINT: as written
  BoundList(const std::vector<Bound>& list) : bound_(list) {}                          // NOLINT
  const Bound* begin() const { return bound_.data(); }
  const Bound* end() const { return bound_.data() + bound_.size(); }
  std::size_t size() const { return bound_.size(); }

 private:
  std::span<const Bound> bound_;  // lives as long as the call that the list is written in
};

struct HostBlock;  // host-visible memory from the device's pool

/// Bytes on their way from the device to the host. Cheap to copy; the memory returns to a pool with the last copy.
class PendingRead {
 public:
  PendingRead() = default;
  explicit operator bool() const { return block_ != nullptr; }
  bool ready() const;                        ///< submitted and reached; never blocks
  std::span<const std::byte> bytes() const;  ///< valid once ready() or after wait()
  void wait() const;                         ///< blocks; throws std::logic_error if the recorder was never submitted

  template <typename T>
  std::span<const T> as() const {
    const auto raw = bytes();
    return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
  }

 private:
  friend class Recorder;
  explicit PendingRead(std::shared_ptr<HostBlock> block) : block_(std::move(block)) {}
  std::shared_ptr<HostBlock> block_;
};

}  // namespace txs::gpu
