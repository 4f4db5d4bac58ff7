#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "block/format.h"
#include "block/staged_schedule.h"
#include "codec/codec.h"
#include "gpu/device.h"

namespace txs::block {

/// A stage of a search: one kernel over all blocks. Stage 0 writes first bits; later ones replace a block's bits only by
/// better ones, so that the picture never gets worse. Blocks are independent.
struct Stage {
  std::string_view shader;  ///< takes BlockSearchPush; binding 0: the source, nearest
  std::vector<std::uint32_t> constants = {};
  StageCost cost = {};
  std::optional<std::uint32_t> number = {};  ///< that BlockSearchPush::stage tells it; none: its place among the stages
  std::string_view title = {};  ///< what it does, for people: "ranking divisions"; of static life
};

/// What a format adds to make an anytime encode of it. Memory is per block of the whole picture: at 8192 x 8192, 100 bytes
/// of records and state a block are 400 MiB.
struct Search {
  Format format;
  std::vector<Stage> stages;            ///< stages of one shader and constants share a kernel; BlockSearchPush::stage tells
  std::uint32_t record_bytes = 0;       ///< a block; kept for views and inspection
  std::uint32_t state_bytes = 0;        ///< a block; what stages leave for later ones
  std::vector<std::byte> settings;      ///< one struct for the kernels, at most 65536 bytes, a multiple of 4
  bool opaque = false;                  ///< every texel decodes to alpha 255
  /// The settings that live parameters ask for, of the same size. Empty: there are none.
  std::function<std::vector<std::byte>(const codec::Parameters&)> live_settings = {};
  /// What kernels look up besides the format's tables: the encode is not ready before it is there, and keeps it. Throws what
  /// it failed of.
  std::function<bool()> prepared = {};
  codec::Provenance provenance = {};    ///< its `steps` are filled in

  /// Maps of the records: a kernel like Format::view_shader with BlockDecodePush::records.
  std::string_view view_shader = {};
  std::vector<std::uint32_t> view_constants = {};
  std::vector<codec::View> views = {};
  /// Maps of the same with one texel a texel.
  std::string_view texel_view_shader = {};
  std::vector<codec::View> texel_views = {};

  /// Figures of the records: a kernel that takes BlockSearchPush, `trace` being where it leaves `figures_bytes`.
  std::string_view figures_shader = {};
  std::uint32_t figures_bytes = 0, figures_groups = 0;
  std::function<codec::CodecFigures(std::span<const std::byte>)> read_figures = {};

  /// Searches one block again and writes down what it did, for the inspector: takes BlockSearchPush with one block and
  /// `trace`; must not write blocks, records or state. Empty: `inspect_record` gets an empty trace.
  std::string_view trace_shader = {};
  std::vector<std::uint32_t> trace_constants = {};
  std::uint32_t trace_bytes = 0;
  std::uint32_t trace_stages = 1;  ///< dispatches one after another, of one workgroup each; BlockSearchPush::stage tells
  /// Completes what Format::inspect has made of the bits.
  std::function<void(codec::BlockInspection& inspection, std::span<const std::byte> record,
                     std::span<const std::byte> trace)>
      inspect_search = {};
};

/// The running encode. `source` as codec::CodecKind::start is given it.
std::unique_ptr<codec::Encode> start_search(gpu::Device& device, const codec::Source& source, Search search);

}  // namespace txs::block
