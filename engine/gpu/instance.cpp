#include "gpu/instance.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/error.h"
#include "core/log.h"

namespace txs::gpu {
namespace {
constexpr std::size_t kept_texts = 8;
constexpr const char* validation_layer = "VK_LAYER_KHRONOS_validation";
constexpr const char* advice = "install mesa-vulkan-drivers or your GPU's driver";

/// Advice (never an error) that we decline: textures stay in one layout, GENERAL, so that no pass needs to know what
/// the one before did. The GPUs of today lose little or nothing by it; real layout errors come under another type.
bool declined(VkDebugUtilsMessageTypeFlagsEXT types, const VkDebugUtilsMessengerCallbackDataEXT& data) {
  constexpr const char* transfer_layout = "UNASSIGNED-CoreValidation-DrawState-InvalidImageLayout";
  return types == VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT && data.pMessageIdName != nullptr &&
         std::strcmp(data.pMessageIdName, transfer_layout) == 0;
}

VKAPI_ATTR VkBool32 VKAPI_CALL on_validation_message(VkDebugUtilsMessageSeverityFlagBitsEXT,
                                                     VkDebugUtilsMessageTypeFlagsEXT types,
                                                     const VkDebugUtilsMessengerCallbackDataEXT* data, void* log) {
  if (!declined(types, *data)) static_cast<ValidationLog*>(log)->add(data->pMessage);
  return VK_FALSE;
}

vk::raii::Context open_loader() {
  try {
    return vk::raii::Context();
  } catch (const std::exception&) {
    throw Error(Fault::device, std::string("no Vulkan loader (libvulkan.so.1) on this machine; ") + advice);
  }
}

template <typename Properties, typename Name>
bool has_name(const std::vector<Properties>& all, const char* wanted, Name name) {
  return std::ranges::any_of(all, [&](const Properties& one) { return std::strcmp(one.*name, wanted) == 0; });
}

vk::DebugUtilsMessengerCreateInfoEXT messenger_info(ValidationLog& log) {
  using Severity = vk::DebugUtilsMessageSeverityFlagBitsEXT;
  using Type = vk::DebugUtilsMessageTypeFlagBitsEXT;
  return {
      {}, Severity::eWarning | Severity::eError, Type::eValidation | Type::ePerformance, on_validation_message, &log};
}
}  // namespace

void ValidationLog::add(const char* text) {
  {
    const std::scoped_lock lock(mutex_);
    if (++count_ > kept_texts) return;
    texts_.emplace_back(text);
  }
  say(Severity::error, std::string("Vulkan validation: ") + text);
}

std::uint64_t ValidationLog::count() const {
  const std::scoped_lock lock(mutex_);
  return count_;
}

std::vector<std::string> ValidationLog::texts() const {
  const std::scoped_lock lock(mutex_);
  return texts_;
}

Instance::Instance(const DeviceOptions& options)
    : context_(open_loader()), instance_(make_instance(options)), messenger_(make_messenger(options)) {}

vk::raii::Instance Instance::make_instance(const DeviceOptions& options) {
  const vk::ApplicationInfo application("texelscope", 1, "texelscope", 1, VK_API_VERSION_1_3);
  std::vector<const char*> extensions = options.instance_extensions;
  std::vector<const char*> layers;

  debug_utils_ = has_name(context_.enumerateInstanceExtensionProperties(), VK_EXT_DEBUG_UTILS_EXTENSION_NAME,
                          &vk::ExtensionProperties::extensionName);
  if (options.validate) {
    if (!has_name(context_.enumerateInstanceLayerProperties(), validation_layer, &vk::LayerProperties::layerName))
      throw Error(Fault::device, std::string("--validate: the layer ") + validation_layer +
                                     " is not installed; install vulkan-validationlayers");
    layers.push_back(validation_layer);
    debug_utils_ = true;  // the layer brings it even where the driver does not
  }
  if (debug_utils_) extensions.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);

  // Synchronisation validation finds missing barriers, which run by luck on one driver and fail on the next.
  const std::array checks{vk::ValidationFeatureEnableEXT::eSynchronizationValidation};
  auto messenger = messenger_info(*validation_);
  const vk::ValidationFeaturesEXT features(checks, {}, &messenger);
  const vk::InstanceCreateInfo info({}, &application, layers, extensions, options.validate ? &features : nullptr);
  try {
    return vk::raii::Instance(context_, info);
  } catch (const vk::SystemError& error) {
    throw Error(Fault::device, std::string("no Vulkan driver could be loaded (") + error.what() + "); " + advice);
  }
}

vk::raii::DebugUtilsMessengerEXT Instance::make_messenger(const DeviceOptions& options) {
  if (!options.validate) return nullptr;
  return {instance_, messenger_info(*validation_)};
}

std::vector<vk::raii::PhysicalDevice> Instance::physical_devices() const {
  std::vector<vk::raii::PhysicalDevice> devices;
  try {
    for (auto& device : vk::raii::PhysicalDevices(instance_)) devices.push_back(std::move(device));
  } catch (const vk::SystemError&) {
    // the loader reports "no driver" as a failure to initialise: to us, simply no device
  }
  if (devices.empty()) throw Error(Fault::device, std::string("no Vulkan device on this machine; ") + advice);
  return devices;
}

}  // namespace txs::gpu
