#pragma once
#include <cstdint>
#include <vector>

#include "gpu/recorder.h"
#include "neural/model.h"
#include "neural/texels.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {

/// What each workgroup of a pass over several grids does: one dispatch for all of them, where one each would have the
/// device wait between small ones (measured on an H200: 6 us a dispatch, whatever it does).
class WorkTable {
 public:
  /// An empty list makes a table of no groups.
  WorkTable(gpu::Device& device, std::vector<interop::uvec4> works, const std::string& name);

  const gpu::TexelView* texels() const { return &texels_.quads; }
  gpu::Groups groups() const { return groups_; }

 private:
  gpu::Groups groups_;
  Texels texels_;
};

/// interop::ChannelWork: each channel of all grids.
std::vector<interop::uvec4> channel_works(const ModelLayout& layout);
/// interop::ValueWork: the values of all grids and, if asked for, those of the decoder.
std::vector<interop::uvec4> value_works(const ModelLayout& layout, bool decoder_too);

/// Grids whose gradients are made together: those of the corners of hashed ones lie one behind the other.
struct GridPart {
  std::vector<std::uint32_t> grids;         ///< their numbers
  std::vector<std::uint32_t> first_floats;  ///< of each one's corner gradients; of dense ones, of its values in the arena
  std::uint32_t corner_floats = 0;
};
/// All grids, a part of them at a time where corner gradients would take too much memory.
std::vector<GridPart> grid_parts(const ModelLayout& layout);
/// How the gradients of these grids' corners are gathered from a batch of so many cells.
struct Gathering {
  std::vector<interop::uvec4> corners;  ///< interop::CornerWork: each corner visits the samples around it
  std::vector<interop::uvec4> cells;    ///< interop::CellWork: each cell of a coarse grid visits its own
  std::uint64_t cell_sums = 0;          ///< quads of floats that the cells leave for the corners
};
/// Of the hashed ones of these grids, or of the others. On GPUs all go by corners, several invocations to one that has
/// many samples. On software devices, which have no lanes to spare, coarse ones go by cells: a sample is visited once
/// instead of four times, and more is kept between.
Gathering plan_gathering(const ModelLayout& layout, const GridPart& part, bool hashed, std::uint32_t cells_x,
                         std::uint32_t cells_y, bool software);
/// interop::EntryWork: the values of the hashed ones of these grids. `first_list`: word of each grid's list (HashLists).
std::vector<interop::uvec4> entry_works(const ModelLayout& layout, const GridPart& part,
                                        const std::vector<std::uint32_t>& first_list);

}  // namespace txs::neural
