#include "gpu/pipeline_store.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/files.h"
#include "core/log.h"

namespace txs::gpu {
namespace {
/// Stands before the driver's data, which has no length or checksum of its own.
struct Header {
  char magic[8] = {'t', 'x', 's', 'p', 'i', 'p', 'e', '1'};
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;
};

/// FNV-1a, 64 bits
std::uint64_t checksum(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const std::byte byte : bytes) hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3u;
  return hash;
}

std::filesystem::path file_in(const std::filesystem::path& folder, const vk::PhysicalDeviceProperties& properties) {
  if (folder.empty()) return {};
  std::string name = "pipelines-";
  constexpr char digits[] = "0123456789abcdef";
  const auto add = [&](std::uint8_t byte) { name += {digits[byte >> 4], digits[byte & 15]}; };
  for (const std::uint8_t byte : properties.pipelineCacheUUID) add(byte);
  name += '-';
  for (int shift = 24; shift >= 0; shift -= 8) add(static_cast<std::uint8_t>(properties.driverVersion >> shift));
  return folder / (name + ".bin");
}

bool made_by(std::span<const std::byte> data, const vk::PhysicalDeviceProperties& properties) {
  vk::PipelineCacheHeaderVersionOne header;
  if (data.size() < sizeof header) return false;
  std::memcpy(&header, data.data(), sizeof header);
  return header.vendorID == properties.vendorID && header.deviceID == properties.deviceID &&
         header.pipelineCacheUUID == properties.pipelineCacheUUID;
}

/// The driver's data out of the file; empty if there is none that can be trusted.
std::vector<std::byte> load(const std::filesystem::path& file, const vk::PhysicalDeviceProperties& properties) {
  std::error_code error;
  if (file.empty() || !std::filesystem::exists(file, error)) return {};
  try {
    std::vector<std::byte> bytes = read_file(file);
    Header header;
    if (bytes.size() >= sizeof header) {
      std::memcpy(&header, bytes.data(), sizeof header);
      const auto data = std::span<const std::byte>(bytes).subspan(sizeof header);
      if (std::memcmp(header.magic, Header().magic, sizeof header.magic) == 0 && header.bytes == data.size() &&
          header.checksum == checksum(data) && made_by(data, properties))
        return {data.begin(), data.end()};
    }
    say(Severity::note, file.string() + ": not a whole pipeline cache of this driver; ignored and made anew");
  } catch (const Error& unreadable) {
    say(Severity::note, unreadable.what());
  }
  return {};
}

vk::raii::PipelineCache make_cache(const vk::raii::Device& device, const std::vector<std::byte>& data) {
  return {device, vk::PipelineCacheCreateInfo({}, data.size(), data.data())};
}
}  // namespace

PipelineStore::PipelineStore(const vk::raii::PhysicalDevice& physical, const vk::raii::Device& device,
                             std::filesystem::path folder)
    : file_(file_in(folder, physical.getProperties())),
      cache_(make_cache(device, load(file_, physical.getProperties()))) {}

void PipelineStore::save() const {
  if (file_.empty() || !changed_.exchange(false)) return;
  const std::vector<std::uint8_t> data = cache_.getData();
  Header header;
  header.bytes = data.size();
  header.checksum = checksum(std::as_bytes(std::span(data)));
  std::vector<std::byte> bytes(sizeof header + data.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, data.data(), data.size());
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);  // write_file says what is wrong if this failed
  write_file(file_, bytes);
}

}  // namespace txs::gpu
