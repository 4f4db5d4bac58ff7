#pragma once
#include <cstdint>
#include <vector>

#include "gpu/device.h"
#include "neural/model.h"
#include "neural/texels.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {

/// A model for an image as the kernels know it: its shape in their specialisation constants, and the table of its grids.
class Network {
 public:
  Network(gpu::Device& device, const ModelShape& shape, std::uint32_t image_width, std::uint32_t image_height);

  const ModelShape& shape() const { return shape_; }
  const ModelLayout& layout() const { return layout_; }
  std::uint32_t image_width() const { return image_width_; }
  std::uint32_t image_height() const { return image_height_; }
  const Texels& grids() const { return grids_; }

  std::uint32_t grid_count() const { return std::uint32_t(layout_.grids.size()); }
  std::uint32_t channel_count() const { return shape_.inputs(); }  ///< of all grids
  std::uint32_t input_quads() const { return layout_.layers.front().padded_inputs / 4; }
  std::uint32_t hidden_quads() const { return layout_.layers.front().padded_outputs / 4; }
  std::uint32_t layers_quad() const { return layout_.layers.front().weights / 4; }
  std::uint32_t decoder_floats() const { return layout_.floats - layout_.grid_floats; }

  interop::NeuralWidths widths() const;
  /// Constants 0..5 of shaders/neural/model.glsl, and with those beyond of network.glsl: on software devices, the same for
  /// all models of a depth, an activation and as many outputs, whose widths come with each dispatch.
  std::vector<std::uint32_t> constants() const;
  std::vector<std::uint32_t> portable_constants() const;

 private:
  ModelShape shape_;
  ModelLayout layout_;
  std::uint32_t image_width_, image_height_;
  bool software_;
  Texels grids_;
};

}  // namespace txs::neural
