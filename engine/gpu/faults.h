#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace txs::gpu {

/// What a failed Vulkan call means to a person; `doing` completes "while ...".
inline Error device_error(const vk::SystemError& error, std::string_view doing_view) {
  const std::string doing(doing_view);
  const auto result = static_cast<vk::Result>(error.code().value());
  if (result == vk::Result::eErrorDeviceLost)
    return Error(Fault::device,
                 "the Vulkan device was lost while " + doing +
                     " (its driver was reset or crashed); start the program again or choose another device");
  if (result == vk::Result::eErrorOutOfDeviceMemory || result == vk::Result::eErrorOutOfHostMemory)
    return Error(Fault::device, "out of memory while " + doing + "; a smaller image or fewer experiments would fit");
  return Error(Fault::device, "Vulkan failed while " + doing + ": " + vk::to_string(result));
}

/// Runs Vulkan calls and turns what they throw into Error(device).
template <typename Calls>
auto guarded(std::string_view doing, Calls&& calls) {
  try {
    return std::forward<Calls>(calls)();
  } catch (const vk::SystemError& error) {
    throw device_error(error, doing);
  }
}

}  // namespace txs::gpu
