// Nelder-Mead on the endpoints of a part, from what its refits have found.
#ifndef TXS_BC7_RANKED_SIMPLEX_GLSL
#define TXS_BC7_RANKED_SIMPLEX_GLSL
#include "codecs/bc7/ranked/refine.glsl"
#include "codecs/bc7/nelder_mead.glsl"

layout(constant_id = 4) const uint simplex_iterations = 0u;  // 0: the refiner is another one
layout(constant_id = 5) const float simplex_reflection = 1.3;
layout(constant_id = 6) const float simplex_expansion = 2.2;
layout(constant_id = 7) const float simplex_contraction = 0.55;
layout(constant_id = 8) const float simplex_shrink = 0.45;
layout(constant_id = 9) const float simplex_step = 0.1;

// On the error that the block will have: a point costs what its nearest storable endpoints cost.
void search_simplex(inout Solution best) {
  const float scale = 1.0 / 255.0;
  start_simplex(Ends(widen(best.ends.low) * scale, widen(best.ends.high) * scale), best.error, simplex_step,
                free_channels());
  const Coefficients k =
      Coefficients(simplex_reflection, simplex_expansion, simplex_contraction, simplex_shrink);
  bool flat_or_exact = best.error == 0.0;
  while (!flat_or_exact && (any_unknown() || iterations < simplex_iterations)) {
    const Ends point = ask(k);
    const Ends ends = quantise(Ends(point.low * 255.0, point.high * 255.0), part_weights);
    const float error = error_of(ends);
    if (error < best.error) best = Solution(ends, error);
    if (tell(point, error)) flat_or_exact = losses[8] <= losses[0];
  }
}
#endif
