#pragma once
#include <cstdint>
#include <string>

#include "codec/codec.h"

namespace txs::session {

/// A neural codec that needs no kernels, so that the session is tested and not a training: its latents are a grid as large
/// as the picture, of its R, G and B, which each step moves towards the source by the learning rate. Above a rate of 2 it
/// diverges. It trains, quantises nothing, is cut into slices of pixels, is adopted and resumed as the real ones are.
codec::CodecKind fake_network();

/// What the session asked of all fakes, and what tests ask of them.
struct FakeCalls {
  std::uint64_t most_work = UINT64_MAX;  ///< of one advance
  std::uint32_t decode_parts = 1;
  int decodes = 0, view_fills = 0;
  std::string filled_view;
};
FakeCalls& fake_calls();

}  // namespace txs::session
