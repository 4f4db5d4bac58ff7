#include "neural/tape.h"

#include <algorithm>
#include <span>
#include <vector>

namespace txs::neural {
namespace {

// A software device gets slices that fit between frames: 4096 samples of two hidden layers of 64 units are about 5 ms
// of two cores. A GPU takes the whole batch at once, as far as the tape fits this.
constexpr std::uint32_t software_slice_blocks = 16;
constexpr std::uint64_t most_tape_bytes = std::uint64_t(128) << 20;  // what every device binds

std::uint32_t tape_quads(const Network& network) {
  const std::uint32_t hidden = network.shape().depth * network.hidden_quads();
  return network.input_quads() + 2 * hidden + interop::neural_tile / 4;
}

std::vector<interop::WeightTile> weight_tiles(const Network& network, std::uint32_t side) {
  std::vector<interop::WeightTile> tiles;
  std::uint32_t input_quad = 0;
  std::uint32_t delta_quad = network.input_quads() + network.shape().depth * network.hidden_quads();
  for (const LayerLayout& layer : network.layout().layers) {
    const std::uint32_t weights = layer.weights - network.layout().grid_floats;
    const std::uint32_t biases = layer.biases - network.layout().grid_floats;
    for (std::uint32_t output = 0; output < layer.padded_outputs; output += side)
      for (std::uint32_t input = 0; input < layer.padded_inputs; input += side) {
        const std::uint32_t inputs = std::min(side, layer.padded_inputs - input);
        const std::uint32_t outputs = std::min(side, layer.padded_outputs - output);
        tiles.push_back({(input_quad + input / 4) | (delta_quad + output / 4) << 16,
                         weights + output * layer.padded_inputs + input,
                         layer.padded_inputs | inputs << 16 | outputs << 24,
                         input == 0 ? biases + output : interop::no_biases});
      }
    input_quad += layer.padded_inputs / 4;
    delta_quad += layer.padded_outputs / 4;
  }
  return tiles;
}

std::uint32_t blocks_for(const gpu::Device& device, std::uint32_t quads) {
  if (device.is_cpu()) return software_slice_blocks;
  const std::uint64_t block_bytes = std::uint64_t(quads) * interop::neural_block * 16;
  return std::uint32_t(std::max<std::uint64_t>(most_tape_bytes / block_bytes, 1));
}

}  // namespace

Tape::Tape(gpu::Device& device, const Network& network, std::uint32_t tile_quads)
    : device_(device),
      quads_(tape_quads(network)),
      slice_blocks_(blocks_for(device, quads_)),
      tile_count_(0),
      output_tiles_(gpu::divide_up(network.layout().layers.back().padded_inputs, tile_quads * 4)),
      texels_(device, 4, "tape"),
      tiles_(device, 4, "weight tiles", Texels::Words::integers) {
  const std::vector<interop::WeightTile> tiles = weight_tiles(network, tile_quads * 4);
  tile_count_ = std::uint32_t(tiles.size());
  tiles_ = Texels(device, tiles.size() * 4, "weight tiles", Texels::Words::integers);
  device.upload(tiles_.buffer, std::as_bytes(std::span(tiles)));
}

void Tape::make_room(std::uint32_t blocks) {
  const std::uint32_t slice = std::min(blocks, slice_blocks_);
  if (slice <= room_) return;
  room_ = slice;
  texels_ = Texels(device_, std::uint64_t(slice) * interop::neural_block * quads_ * 4, "tape");
}

}  // namespace txs::neural
