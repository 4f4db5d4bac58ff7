#pragma once
#include <array>
#include <cstdint>

#include "codecs/bc7/bc7_block.h"

/// What the ranked search makes of a candidate, on the CPU and in double precision: shaders/codecs/bc7/ranked are held
/// to it. Weights are 1, opaque blocks are to stay so.
namespace txs::bc7::reference {

using BlockTexels = std::array<Texel, block_texels>;

/// A candidate by its number, as bc7_ranked.h has it.
struct Candidate {
  int mode = 6;
  int shape = 0;  ///< partition, or 2 * rotation + index selection (mode 4), or rotation (mode 5)

  static Candidate of(std::uint32_t number) { return {int(number >> 6), int(number & 63)}; }
};

/// By its moments alone. Of modes 0 to 3, 6 and 7.
double estimated_error(const BlockTexels& texels, Candidate candidate);

/// Of each part's principal line, refitted `refit_rounds` times while that helps.
double refitted_error(const BlockTexels& texels, Candidate candidate, int refit_rounds);

}  // namespace txs::bc7::reference
