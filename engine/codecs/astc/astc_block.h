#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "codec/inspection.h"
#include "codecs/astc/bits128.h"
#include "codecs/astc/endpoints.h"

/// ASTC's 2D blocks on the CPU, after the Khronos Data Format Specification 1.4 (KDFS), chapter 23: the reference that
/// the GPU decoder is held to, and what the inspector reads a block's fields from.
namespace txs::astc {

using codec::Texel;
using HalfTexel = std::array<std::uint16_t, 4>;  ///< RGBA, the bits of halves
using BlockBytes = std::span<const std::byte, 16>;

/// Which features blocks may use, and what texels are: 8 bits a channel, or halves of linear light.
enum class Profile { ldr, hdr };

/// Texels that a block covers.
struct Footprint {
  std::uint32_t width = 4, height = 4;
  std::uint32_t texels() const { return width * height; }
};

/// How the weights of a block are stored: what its low eleven bits say (KDFS 23.10).
struct WeightGrid {
  std::uint32_t width = 0, height = 0;
  std::uint32_t range = 0;  ///< index of astc_ranges
  bool dual_plane = false;

  std::uint32_t count() const { return width * height * (dual_plane ? 2 : 1); }
  std::uint32_t bits() const;
  /// Whether blocks of this size may have it (KDFS 23.23).
  bool legal_in(const Footprint& footprint) const;
};
/// None: a reserved mode. A void-extent block's mode is not asked for.
std::optional<WeightGrid> weight_grid(std::uint32_t block_mode);

/// The parsed fields of one block.
struct Block {
  enum class Kind { error, void_extent, lines };
  Kind kind = Kind::error;
  std::string_view why;  ///< of an error: "reserved block mode"
  Profile profile = Profile::ldr;  ///< that it is read by

  std::array<std::uint16_t, 4> colour{};  ///< of a void-extent block, RGBA: unorm16, or
  bool colour_is_light = false;           ///< halves

  WeightGrid grid;
  std::vector<std::uint8_t> weights;  ///< as stored, row-major; of two planes the first's and the second's in turn
  std::uint32_t second_plane_channel = 0;

  std::uint32_t partitions = 0, seed = 0;
  std::array<EndpointMode, 4> modes{};
  bool modes_may_differ = false;  ///< a mode is stored for each partition, not one for all
  std::uint32_t colour_range = 0;    ///< index of astc_ranges
  std::vector<std::uint8_t> colours;  ///< as stored, those of partition 0 first

  // Where the fields lie, for the inspector.
  std::uint32_t first_colour_bit = 0, colour_bits = 0, first_extra_bit = 0;
};

/// The largest range (an index of astc_ranges) of `values` colour values that fit `bits`; none if not even six levels
/// do.
std::optional<std::uint32_t> colour_range(std::uint32_t values, std::uint32_t bits);

Block parse_block(BlockBytes bytes, const Footprint& footprint, Profile profile = Profile::ldr);

/// Whether a decoder of the LDR profile would not see it as it is meant: it has HDR endpoints or an HDR colour.
bool needs_hdr(BlockBytes bytes, const Footprint& footprint);

/// The endpoints of each partition; in the LDR profile those of HDR modes are empty: their texels have the error
/// colour.
std::array<std::optional<Endpoints>, 4> endpoints_of(const Block& block);

/// The weights of every texel in 64ths, row-major, for the first and for the second plane (the same where there is
/// one).
struct TexelWeights {
  std::vector<std::uint8_t> first, second;
};
TexelWeights texel_weights(const Block& block, const Footprint& footprint);

/// Opaque magenta.
inline constexpr Texel error_colour{255, 0, 255, 255};
inline constexpr HalfTexel error_light{0x3c00, 0, 0x3c00, 0x3c00};

/// The texels, row-major, of a block of the LDR profile, by the unorm8 decode mode (KDFS 23.18): the top 8 bits of the
/// 16-bit interpolation, as GPUs do. `srgb`: of a texture with sRGB-encoded colours, whose endpoints are widened in
/// another way; the texels stay encoded.
std::vector<Texel> decode_texels(const Block& block, const Footprint& footprint, bool srgb);

/// The texels, row-major, of a block of the HDR profile, by the float16 decode mode. All are finite: where a void
/// extent holds infinity or NaN, of which the result is undefined, a channel has the largest half.
std::vector<HalfTexel> decode_light(const Block& block, const Footprint& footprint);

/// A texel between ends of the HDR profile, by the weights of its channels.
HalfTexel light_between(const Endpoints& ends, const Texel& weights);

/// The half that an interpolated value of 16 bits stands for: of pseudo-logarithms, of unorm values rounded to zero.
std::uint16_t half_of_logarithm(std::uint32_t value);
std::uint16_t half_of_unorm(std::uint32_t value);

}  // namespace txs::astc
