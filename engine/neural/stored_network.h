#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "gpu/kernel.h"
#include "neural/grid_ranges.h"
#include "neural/network.h"
#include "neural/work_table.h"

namespace txs::neural {

/// A network as an artifact holds it: its values rounded to what is stored, and everything that is decoded from those.
class StoredNetwork {
 public:
  StoredNetwork(gpu::Device& device, const Network& network, const codec::Source& source);

  bool ready() const;

  /// Takes over parameters: binary16, or grids of integers of `quantised_bits` between the extremes of each channel.
  void store(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t quantised_bits);
  /// Takes over what a file holds.
  void upload(const codec::EncodedNetwork& encoded);

  void decode(gpu::Recorder& recorder, const gpu::Texture& target, float omega0);
  /// What takes longer than a frame comes in four passes of as many parts, each over every second pixel of every second
  /// row: after a pass the target is whole, of the picture before where there was one and no pass has been yet. Targets
  /// may change between passes.
  std::uint32_t decode_parts() const;
  void decode_part(gpu::Recorder& recorder, const gpu::Texture& target, float omega0, std::uint32_t part);
  std::vector<codec::View> views() const;
  void fill_view(gpu::Recorder& recorder, std::string_view id);
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y, float omega0);

  /// What `store` left, for `parse` to put into a network.
  gpu::PendingRead read(gpu::Recorder& recorder);
  std::uint64_t read_bytes() const { return export_.size(); }
  void copy_to(gpu::Recorder& recorder, const gpu::Buffer& target) const;  ///< the same bytes, from its start on
  /// Sizes in bits of what is stored, without any container.
  std::vector<codec::BitPart> bits() const;
  std::uint32_t quantised_bits() const { return quantised_bits_; }

 private:
  /// Every stride-th pixel of every stride-th row, from (x, y) on.
  struct Pixels {
    std::uint32_t x, y, stride;
  };
  std::uint32_t columns_of(const Pixels& of) const;
  std::uint32_t count_of(const Pixels& of) const;
  std::uint32_t blocks_of(const Pixels& of) const;
  std::uint32_t decode_passes() const;
  std::uint32_t parts_a_pass() const;
  /// Blocks `first` ... of a part; each pixel stands for `spread` x `spread`.
  void decode_blocks(gpu::Recorder& recorder, const gpu::Texture& target, float omega0, const Pixels& of,
                     std::uint32_t first, std::uint32_t spread);
  struct GridView {
    std::string id;
    codec::View view;
    std::unique_ptr<gpu::Texture> planes, ranges;
  };

  static GridView make_view(gpu::Device& device, const Network& network, std::size_t grid);
  static std::vector<GridView> make_views(gpu::Device& device, const Network& network);

  gpu::Device& device_;
  const Network& network_;
  std::shared_ptr<const Rgba8Image> picture_;
  std::uint32_t blocks_a_part_;
  gpu::Texture drawn_;     ///< what is decoded in passes, so far
  bool has_drawn_ = false; ///< a whole picture, if a coarse one
  std::uint32_t quantised_bits_ = 0;
  Texels stored_, decoded_, trace_;
  GridRanges ranges_;
  WorkTable values_;
  gpu::Buffer export_;
  std::vector<GridView> views_;
  gpu::Kernel store_, decode_, inspect_, features_, show_;
};

/// Puts values that `StoredNetwork::read` brought into a network's grids and layers.
void fill_network(codec::EncodedNetwork& network, const ModelLayout& layout, std::uint32_t quantised_bits,
                  std::span<const std::byte> read);

}  // namespace txs::neural
