#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <filesystem>

namespace txs::gpu {

/// The driver's pipeline cache, kept in a file for each device and driver version.
/// A file that is damaged or from elsewhere is ignored with a note: some drivers trust what they are given.
class PipelineStore {
 public:
  PipelineStore(const vk::raii::PhysicalDevice& physical, const vk::raii::Device& device, std::filesystem::path folder);

  const vk::raii::PipelineCache& cache() const { return cache_; }
  void changed() { changed_ = true; }  ///< a pipeline was made with it
  /// Does nothing without a folder or without a change. Throws Error(internal) when the file cannot be written.
  void save() const;

 private:
  std::filesystem::path file_;  ///< empty: not kept
  vk::raii::PipelineCache cache_;
  mutable std::atomic<bool> changed_ = false;
};

}  // namespace txs::gpu
