#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <string>
#include <vector>

#include "gpu/device.h"
#include "gpu/instance.h"

namespace txs::gpu {

/// The chain of feature structures that a device is asked about and made with. Stays where it is: it holds its own
/// addresses.
struct Features {
  /// With the structures of optional extensions that the device has.
  explicit Features(const vk::raii::PhysicalDevice& device);
  Features(const Features&) = delete;
  Features& operator=(const Features&) = delete;

  vk::PhysicalDeviceFeatures2 core;
  vk::PhysicalDeviceVulkan11Features v11;
  vk::PhysicalDeviceVulkan12Features v12;
  vk::PhysicalDeviceVulkan13Features v13;
  vk::PhysicalDeviceCooperativeMatrixFeaturesNV cooperative_matrix;
};

/// What `info().lacks` says; empty when the device meets the floor.
std::string missing_of_floor(const vk::raii::PhysicalDevice& device, bool windowed);
/// Switches on in `wanted` all of the floor, and of the optional features those that the device has.
void enable_features(const vk::raii::PhysicalDevice& device, Features& wanted);
/// Those of the floor, and the optional ones that the device has.
std::vector<const char*> device_extensions(const vk::raii::PhysicalDevice& device, bool windowed);
/// Subgroups of 32 multiply 16 x 16 matrices of halves and add up in floats (VK_NV_cooperative_matrix), with all that
/// kernels written for that need beside it.
bool multiplies_matrices(const vk::raii::PhysicalDevice& device, const Features& enabled);
/// The first queue family that takes graphics, compute and timestamps; ~0u if there is none.
std::uint32_t queue_family(const vk::raii::PhysicalDevice& device);

DeviceInfo describe(const vk::raii::PhysicalDevice& device, int index, bool windowed);
/// The index of the device to use. Throws Error(device), naming those there are, when nothing fits `options.wanted`.
std::size_t choose(const std::vector<DeviceInfo>& devices, const std::string& wanted);

}  // namespace txs::gpu
