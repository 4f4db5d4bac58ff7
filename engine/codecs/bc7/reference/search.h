#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "codec/inspection.h"
#include "codecs/bc7/reference/mode6.h"
#include "codecs/bc7/settings.h"
#include "image/image.h"

/// The search on the CPU, in the textbook's form: what the kernels, which ask and tell, are held to.
namespace txs::bc7::reference {

/// Block (x, y), in blocks; beyond the edge the last row and column repeat.
Texels load_texels(const Rgba8Image& picture, int x, int y);
bool opaque(const Texels& texels);

struct Start {
  glm::vec4 mean{};  ///< 0..255
  glm::vec4 axis{};  ///< unit length; 0 if the block is flat
  Ends ends;         ///< [0, 1]
};
Start start_of(const Texels& texels, StartKind kind, bool pinned);

/// Why a search ended, as the kernels say it.
enum class Status : std::uint32_t {
  searching = interop::bc7_status_searching,
  at_threshold = interop::bc7_status_at_threshold,
  flat = interop::bc7_status_flat,
};

/// A block after its search.
struct Outcome {
  Start start;
  float start_loss = 0;
  Ends best_vertex;      ///< [0, 1]
  float best_loss = 0;
  std::uint32_t iterations = 0;
  Status status = Status::searching;
  Bits first_bits, searched_bits, bits;  ///< of the start, after the search, after the finish
  std::optional<codec::SimplexSearch> search;  ///< none below the threshold or without Nelder-Mead
};
Outcome search_block(const Texels& texels, const Settings& settings);

}  // namespace txs::bc7::reference
