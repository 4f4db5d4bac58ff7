#pragma once
#include <cstdint>

#include "neural/network.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {

/// The tape of a slice: inputs of all layers, then gradients of all sums, of every sample (interop/neural_train.h). Samples
/// of a block lie side by side.
struct Tape {
  /// Tiles of weights have `tile_quads` quads of inputs and of outputs: an even number.
  Tape(gpu::Device& device, const Network& network, std::uint32_t tile_quads = interop::neural_tile / 4);

  /// So many blocks a slice: few enough to fit between frames on software devices, on others as many as memory allows.
  std::uint32_t slice_blocks() const { return slice_blocks_; }
  std::uint32_t quads() const { return quads_; }
  void make_room(std::uint32_t blocks);  ///< of a batch; a slice of it at most is kept

  const Texels& texels() const { return texels_; }
  /// The weights that a workgroup or an invocation makes gradients of: interop::WeightTile. Those of the output layer last.
  const Texels& tiles() const { return tiles_; }
  std::uint32_t tile_count() const { return tile_count_; }
  std::uint32_t output_tiles() const { return output_tiles_; }

 private:
  gpu::Device& device_;
  std::uint32_t quads_, slice_blocks_, tile_count_, output_tiles_, room_ = 0;
  Texels texels_, tiles_;
};

}  // namespace txs::neural
