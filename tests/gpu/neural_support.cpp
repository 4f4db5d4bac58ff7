#include "neural_support.h"

#include <cmath>

#include "core/error.h"
#include "neural/training_pass.h"

namespace txs::neural {

Training::Training(gpu::Device& device, const codec::Source& picture, const ModelShape& shape,
                   const Settings& settings, const std::vector<float>& parameters)
    : source(picture),
      network(device, shape, picture.texture->width(), picture.texture->height()),
      trainer(device, network, source, settings, std::span<const float>(parameters)) {
  while (!trainer.ready()) std::this_thread::yield();
}

Storing::Storing(gpu::Device& device, const codec::Source& picture, const ModelShape& shape,
                 const std::vector<float>& values)
    : source(picture),
      network(device, shape, picture.texture->width(), picture.texture->height()),
      parameters(device, network.layout().floats, "parameters"),
      stored(device, network, source) {
  device.upload(parameters.buffer, bytes_of(values));
  while (!stored.ready()) std::this_thread::yield();
}

bool NeuralTest::runs(Kernels kernels, const ModelShape& shape) {
  try {
    choose_kernels(kernels, KernelLimits(device()), shape);
    return true;
  } catch (const Error&) {
    return false;
  }
}

codec::Source NeuralTest::source_of(ImageSize size, bool alpha) {
  const auto [width, height] = size;
  Rgba8Image picture{int(width), int(height), {}};
  std::mt19937 grain(width * 131 + height);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const double u = double(x) / width, v = double(y) / height;
      const auto channel = [&](double level) {
        picture.texels.push_back(std::uint8_t(std::clamp(level * 230 + double(grain() % 25), 0.0, 255.0)));
      };
      channel(0.5 + 0.5 * std::sin(9 * u + 4 * v));
      channel(u * v);
      channel((x / 7 + y / 5) % 2 == 0 ? 0.15 : 0.8);
      channel(v);
      if (!alpha) picture.texels.back() = 255;
    }
  auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, width, height, "source");
  device().upload(*texture, bytes_of(picture.texels));
  return {std::make_shared<const Rgba8Image>(std::move(picture)), texture, ColourSpace::srgb,
          alpha ? Alpha::straight : Alpha::none};
}

void NeuralTest::train_to(Trainer& trainer, std::uint64_t step, std::uint64_t samples) {
  while (trainer.step() < step)
    run([&](gpu::Recorder& recorder) { return trainer.record(recorder, samples, step); });
}

codec::TrainingState NeuralTest::state_of(const Training& training) {
  const std::size_t floats = training.network.layout().floats;
  const gpu::Buffer whole(device(), 3 * floats * sizeof(float), "state");
  run([&](gpu::Recorder& recorder) {
    training.trainer.copy_state(recorder, whole, 0);
    return 0;
  });
  const auto values = values_of<float>(device().download(whole));
  const auto part = [&](std::size_t index) {
    const auto first = values.begin() + std::ptrdiff_t(index * floats);
    return std::vector<float>(first, first + std::ptrdiff_t(floats));
  };
  return {training.trainer.step(), part(0), part(1), part(2)};
}

codec::EncodedNetwork NeuralTest::artifact_of(Storing& storing, std::uint32_t quantised_bits, float omega0) {
  const gpu::PendingRead read = run([&](gpu::Recorder& recorder) {
    storing.stored.store(recorder, storing.parameters, quantised_bits);
    return storing.stored.read(recorder);
  });
  codec::EncodedNetwork network{.width = storing.network.image_width(),
                                .height = storing.network.image_height(),
                                .channels = storing.network.shape().outputs,
                                .activation = storing.network.shape().activation,
                                .omega0 = omega0};
  fill_network(network, storing.network.layout(), quantised_bits, read.bytes());
  return network;
}

Rgba8Image NeuralTest::decoded(Storing& storing, std::uint32_t quantised_bits, float omega0) {
  const gpu::Texture target(device(), gpu::Format::rgba8, storing.network.image_width(), storing.network.image_height(),
                            "decoded");
  run([&](gpu::Recorder& recorder) {
    storing.stored.store(recorder, storing.parameters, quantised_bits);
    storing.stored.decode(recorder, target, omega0);
    return 0;
  });
  return {int(target.width()), int(target.height()), values_of<std::uint8_t>(device().download(target))};
}

}  // namespace txs::neural
