#include "gpu/requirements.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <span>

#include "core/error.h"

namespace txs::gpu {
namespace {
struct Feature {
  const char* name;  ///< as `lacks` says it
  VkBool32& (*in)(Features&);
};

#define TXS_FEATURE(words, member)                                         \
  Feature {                                                                \
    words, [](Features& features) -> VkBool32& { return features.member; } \
  }

const Feature floor_features[] = {
    TXS_FEATURE("64-bit integers in shaders", core.features.shaderInt64),
    TXS_FEATURE("16-bit integers in shaders", core.features.shaderInt16),
    TXS_FEATURE("storage images of 8-bit channels", core.features.shaderStorageImageExtendedFormats),
    TXS_FEATURE("16-bit storage", v11.storageBuffer16BitAccess),
    TXS_FEATURE("8-bit integers in shaders", v12.shaderInt8),
    TXS_FEATURE("8-bit storage", v12.storageBuffer8BitAccess),
    TXS_FEATURE("buffer device addresses", v12.bufferDeviceAddress),
    TXS_FEATURE("scalar block layout", v12.scalarBlockLayout),
    TXS_FEATURE("timeline semaphores", v12.timelineSemaphore),
    TXS_FEATURE("synchronization2", v13.synchronization2),
    TXS_FEATURE("dynamic rendering", v13.dynamicRendering),
    TXS_FEATURE("maintenance4", v13.maintenance4),
};

// Taken where they are; whoever uses one asks the device first.
const Feature optional_features[] = {
    TXS_FEATURE("BC textures", core.features.textureCompressionBC),
    TXS_FEATURE("16-bit floats in shaders", v12.shaderFloat16),
    TXS_FEATURE("chosen subgroup sizes", v13.subgroupSizeControl),
    TXS_FEATURE("full subgroups", v13.computeFullSubgroups),
    TXS_FEATURE("the Vulkan memory model", v12.vulkanMemoryModel),
    TXS_FEATURE("its device scope", v12.vulkanMemoryModelDeviceScope),  // of atomics, where the model is switched on
    TXS_FEATURE("cooperative matrices", cooperative_matrix.cooperativeMatrix),
};
#undef TXS_FEATURE

std::vector<const char*> floor_extensions(bool windowed) {
  std::vector<const char*> names{VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME};
  if (windowed) names.push_back(VK_KHR_SWAPCHAIN_EXTENSION_NAME);
  return names;
}

bool has_extension(const vk::raii::PhysicalDevice& device, const char* name) {
  return std::ranges::any_of(device.enumerateDeviceExtensionProperties(),
                             [&](const auto& one) { return std::strcmp(one.extensionName, name) == 0; });
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string kind_name(vk::PhysicalDeviceType type) {
  switch (type) {
    case vk::PhysicalDeviceType::eDiscreteGpu: return "discrete GPU";
    case vk::PhysicalDeviceType::eIntegratedGpu: return "integrated GPU";
    case vk::PhysicalDeviceType::eVirtualGpu: return "virtual GPU";
    case vk::PhysicalDeviceType::eCpu: return "CPU";
    default: return "other";
  }
}

int preference(const DeviceInfo& device) {
  return device.kind == "discrete GPU" ? 0 : device.kind == "integrated GPU" ? 1 : 2;
}

std::string version_text(std::uint32_t version) {
  return std::to_string(VK_API_VERSION_MAJOR(version)) + "." + std::to_string(VK_API_VERSION_MINOR(version)) + "." +
         std::to_string(VK_API_VERSION_PATCH(version));
}

std::string list_of(const std::vector<DeviceInfo>& devices) {
  std::string text;
  for (const DeviceInfo& device : devices)
    text += (text.empty() ? "" : ", ") + std::to_string(device.index) + " \"" + device.name + "\"";
  return text;
}

const DeviceInfo* find(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  const bool number = !wanted.empty() && std::ranges::all_of(wanted, [](unsigned char c) { return std::isdigit(c); });
  if (number) {
    const auto by_index =
        std::ranges::find(devices, wanted, [](const DeviceInfo& d) { return std::to_string(d.index); });
    if (by_index != devices.end()) return &*by_index;
  }
  const auto by_name = std::ranges::find_if(
      devices, [&](const DeviceInfo& device) { return lower(device.name).find(lower(wanted)) != std::string::npos; });
  return by_name != devices.end() ? &*by_name : nullptr;
}
}  // namespace

Features::Features(const vk::raii::PhysicalDevice& device) {
  core.pNext = &v11;
  v11.pNext = &v12;
  v12.pNext = &v13;
  if (has_extension(device, VK_NV_COOPERATIVE_MATRIX_EXTENSION_NAME)) v13.pNext = &cooperative_matrix;
}

std::vector<const char*> device_extensions(const vk::raii::PhysicalDevice& device, bool windowed) {
  std::vector<const char*> names = floor_extensions(windowed);
  if (has_extension(device, VK_NV_COOPERATIVE_MATRIX_EXTENSION_NAME))
    names.push_back(VK_NV_COOPERATIVE_MATRIX_EXTENSION_NAME);
  return names;
}

bool multiplies_matrices(const vk::raii::PhysicalDevice& device, const Features& enabled) {
  if (!enabled.cooperative_matrix.cooperativeMatrix || !enabled.v12.vulkanMemoryModel || !enabled.v12.shaderFloat16)
    return false;
  vk::PhysicalDeviceSubgroupProperties subgroups;
  vk::PhysicalDeviceProperties2 properties({}, &subgroups);
  (*device).getProperties2(&properties, *device.getDispatcher());
  using vk::ComponentTypeNV;
  return subgroups.subgroupSize == 32 &&
         std::ranges::any_of(device.getCooperativeMatrixPropertiesNV(), [](const auto& matrices) {
           return matrices.MSize == 16 && matrices.NSize == 16 && matrices.KSize == 16 &&
                  matrices.AType == ComponentTypeNV::eFloat16 && matrices.BType == ComponentTypeNV::eFloat16 &&
                  matrices.CType == ComponentTypeNV::eFloat32 && matrices.DType == ComponentTypeNV::eFloat32 &&
                  matrices.scope == vk::ScopeNV::eSubgroup;
         });
}

std::uint32_t queue_family(const vk::raii::PhysicalDevice& device) {
  const auto families = device.getQueueFamilyProperties();
  constexpr auto wanted = vk::QueueFlagBits::eGraphics | vk::QueueFlagBits::eCompute;
  for (std::uint32_t index = 0; index < families.size(); ++index)
    if ((families[index].queueFlags & wanted) == wanted && families[index].timestampValidBits > 0) return index;
  return ~0u;
}

std::string missing_of_floor(const vk::raii::PhysicalDevice& device, bool windowed) {
  const auto properties = device.getProperties();
  if (properties.apiVersion < VK_API_VERSION_1_3)
    return "Vulkan 1.3 (its driver gives " + version_text(properties.apiVersion) + ")";

  std::string missing;
  const auto add = [&](const std::string& what) { missing += (missing.empty() ? "" : ", ") + what; };
  Features has(device);
  (*device).getFeatures2(&has.core, *device.getDispatcher());
  for (const Feature& feature : floor_features)
    if (!feature.in(has)) add(feature.name);
  for (const char* name : floor_extensions(windowed))
    if (!has_extension(device, name)) add(name);
  if (queue_family(device) == ~0u) add("a queue for graphics, compute and timestamps");
  return missing;
}

void enable_features(const vk::raii::PhysicalDevice& device, Features& wanted) {
  Features has(device);
  (*device).getFeatures2(&has.core, *device.getDispatcher());
  for (const Feature& feature : floor_features) feature.in(wanted) = VK_TRUE;
  for (const Feature& feature : optional_features) feature.in(wanted) = feature.in(has);
}

DeviceInfo describe(const vk::raii::PhysicalDevice& device, int index, bool windowed) {
  const auto properties = device.getProperties();
  DeviceInfo info;
  info.index = index;
  info.name = properties.deviceName.data();
  info.kind = kind_name(properties.deviceType);
  info.api = version_text(properties.apiVersion);
  if (properties.apiVersion >= VK_API_VERSION_1_2) {
    vk::PhysicalDeviceDriverProperties driver;
    vk::PhysicalDeviceProperties2 chain({}, &driver);
    (*device).getProperties2(&chain, *device.getDispatcher());
    info.driver = std::string(driver.driverName.data()) + " " + driver.driverInfo.data();
  }
  const auto memory = device.getMemoryProperties();
  for (const auto& heap : std::span(memory.memoryHeaps.data(), memory.memoryHeapCount))
    if (heap.flags & vk::MemoryHeapFlagBits::eDeviceLocal) info.memory_bytes = std::max(info.memory_bytes, heap.size);
  info.lacks = missing_of_floor(device, windowed);
  return info;
}

std::size_t choose(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  const DeviceInfo* chosen = nullptr;
  if (!wanted.empty()) {
    chosen = find(devices, wanted);
    if (chosen == nullptr)
      throw Error(Fault::device, "--device " + wanted + ": no such device; there are " + list_of(devices));
    if (!chosen->lacks.empty())
      throw Error(Fault::device, "--device " + wanted + ": " + chosen->name + " lacks " + chosen->lacks);
  } else {
    for (const DeviceInfo& device : devices)
      if (device.lacks.empty() && (chosen == nullptr || preference(device) < preference(*chosen))) chosen = &device;
    if (chosen == nullptr)
      throw Error(Fault::device, "no Vulkan device is good enough: " + devices[0].name + " lacks " + devices[0].lacks);
  }
  return static_cast<std::size_t>(chosen - devices.data());
}

}  // namespace txs::gpu
