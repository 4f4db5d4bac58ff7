#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <glm/vec4.hpp>

/// Blocks of mode 6 on the CPU: what shaders/codecs/bc7/mode6.glsl and objective.glsl do, operation for operation.
namespace txs::bc7::reference {

using Texels = std::array<glm::vec4, 16>;  ///< RGBA in 0..255, whole numbers, row-major

/// Two RGBA endpoints: as a point of the search in [0, 1], as the endpoints of a block in 0..255.
struct Ends {
  glm::vec4 low{}, high{};
};

using Indices = std::array<std::uint8_t, 16>;

/// The bits of a block before they are packed.
struct Bits {
  Ends ends;
  Indices indices{};
  float error = 1e30f;  ///< squared error over RGBA, 8-bit units; a whole number
};

/// The order in which the kernels add four values.
inline float sum4(glm::vec4 v) { return (v.x + v.y) + (v.z + v.w); }

/// The nearest endpoints that mode 6 can hold, the p-bit of each by the smaller error. Pinned: alpha 255 at both ends.
Ends quantise(const Ends& ends, bool pinned);
/// A point in [0, 1] in 0..255.
Ends to_bytes(const Ends& point);

float mode6_error(const Texels& texels, const Ends& ends, Indices& indices);

/// Tries `ends`, then refits of them while they get better; keeps in `best` what is better. Gives the error of `ends`.
float try_ends(const Texels& texels, Ends ends, bool pinned, std::uint32_t refit_rounds, Bits& best);

/// Refits from the line of `best` (starts 1), or that and 24 lines with moved ends (25), then steps of single channels.
void finish(const Texels& texels, bool pinned, std::uint32_t starts, std::uint32_t refit_rounds,
            std::uint32_t polish_rounds, Bits& best);

/// Texel 0's index is stored without its top bit: where that is 1 the line is turned round.
Bits as_stored(Bits bits);
std::array<std::byte, 16> pack(const Bits& bits);

/// Sum over 16 texels and RGBA of squared differences in [0, 1], weights continuous.
float relaxed_loss(const Texels& texels, const Ends& point);
/// Squared error over RGB, 8-bit units, of the relaxed solution rounded to bytes; bit t of `mask` counts texel t.
std::uint32_t relaxed_rounded_error(const Texels& texels, const Ends& point, std::uint32_t mask);

inline constexpr float loss_of_error = 1.0f / 65025.0f;

}  // namespace txs::bc7::reference
