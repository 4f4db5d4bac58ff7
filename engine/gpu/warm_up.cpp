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
  std::vector<Bound> bound;
  for (std::size_t i = 0; i < kernel.like.size(); ++i)
    bound.push_back(stand_in(kernel.source.bindings[i], kernel.like[i]));
  const std::array<std::byte, 128> push{};
  Recorder recorder(*device_);
  record_dispatch(recorder.state(), twin.state(), std::span(push).first(kernel.source.push_bytes), bound, {0, 0, 0});
  device_->wait(device_->submit(std::move(recorder)));
}

Bound WarmUp::stand_in(Binding binding, const TextureClass& wanted) {
  if (binding == Binding::texels || binding == Binding::stored_texels) {
    auto found = texels_.find(wanted.format);
    if (found == texels_.end()) {
      Buffer buffer(*device_, 64, "warm-up");
      TexelView view(*device_, buffer, wanted.format);
      found = texels_.emplace(wanted.format, std::pair(std::move(buffer), std::move(view))).first;
    }
    return &found->second.second;
  }
  if (binding == Binding::block) {
    if (!block_) block_.emplace(*device_, 64, "warm-up");
    return &*block_;
  }
  const auto found = textures_.find(wanted);
  if (found != textures_.end()) return &found->second;
  const std::uint32_t width = wanted.wide_power_of_two ? 4 : 3, height = wanted.high_power_of_two ? 4 : 3;
  return &textures_.emplace(wanted, Texture(*device_, wanted.format, width, height, "warm-up")).first->second;
}

}  // namespace txs::gpu
