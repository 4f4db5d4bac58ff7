#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gpu/device.h"

namespace txs::gpu {

/// What the validation layer said: all of it counted, the first few texts kept and said.
class ValidationLog {
 public:
  void add(const char* text);
  std::uint64_t count() const;
  std::vector<std::string> texts() const;

 private:
  mutable std::mutex mutex_;
  std::uint64_t count_ = 0;
  std::vector<std::string> texts_;
};

/// The loader, one Vulkan 1.3 instance and, if asked for, the validation layer with its messenger.
class Instance {
 public:
  /// Throws Error(device): no loader, no driver, or `validate` without the layer.
  explicit Instance(const DeviceOptions& options);

  const vk::raii::Instance& handle() const { return instance_; }
  const ValidationLog& validation() const { return *validation_; }
  bool debug_utils() const { return debug_utils_; }  ///< object names and pass labels can be given
  std::vector<vk::raii::PhysicalDevice> physical_devices() const;

 private:
  std::unique_ptr<ValidationLog> validation_ = std::make_unique<ValidationLog>();
  vk::raii::Context context_;
  bool debug_utils_ = false;
  vk::raii::Instance instance_;
  vk::raii::DebugUtilsMessengerEXT messenger_;

  vk::raii::Instance make_instance(const DeviceOptions& options);
  vk::raii::DebugUtilsMessengerEXT make_messenger(const DeviceOptions& options);
};

}  // namespace txs::gpu
