#include "gpu/warm_up.h"

#include <array>
#include <string>
#include <utility>

#include "gpu/device.h"
#include "gpu/recorder.h"

namespace txs::gpu {

void WarmUp::run(const Kernel::State& kernel, std::span<const std::uint32_t> words) {
  if (device_ == nullptr) {
    DeviceOptions options;
    options.wanted = std::to_string(info_.index);
    options.warm_up = false;
    device_ = std::make_unique<Device>(options);
  }
  KernelSource source = kernel.source;
  source.code = words;
  const Kernel twin(*device_, std::move(source));
  twin.wait();
  std::vector<const Texture*> textures;
  for (const TextureClass& wanted : kernel.like) textures.push_back(&texture(wanted));
  const std::array<std::byte, 128> push{};
  Recorder recorder(*device_);
  record_dispatch(recorder.state(), twin.state(), std::span(push).first(kernel.source.push_bytes), textures, {0, 0, 0});
  device_->wait(device_->submit(std::move(recorder)));
}

const Texture& WarmUp::texture(const TextureClass& wanted) {
  const auto found = textures_.find(wanted);
  if (found != textures_.end()) return found->second;
  const std::uint32_t width = wanted.wide_power_of_two ? 4 : 3, height = wanted.high_power_of_two ? 4 : 3;
  return textures_.emplace(wanted, Texture(*device_, wanted.format, width, height, "warm-up")).first->second;
}

}  // namespace txs::gpu
