#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "block/effort.h"
#include "block/half_inspection.h"
#include "block/search_encode.h"
#include "codec/parameters.h"
#include "shaders/interop/bc1_to_bc5.h"

/// The searches for halves of blocks that BC1, BC3, BC4 and BC5 are made of.
namespace txs::block {

// --- parameters, declared once for the four formats

extern const std::array<codec::Parameter, 3> weight_parameters;  ///< weight_red, weight_green, weight_blue
extern const codec::Parameter signed_parameter;                 ///< signed: snorm in place of unorm

// --- views

/// What a half's search gained, one of the records' maps.
codec::View gain_map(std::string id, std::string title);
/// Whether a channel's half has eight values or six.
codec::View values_map(std::string id, std::string title);

// --- searches

/// What a search of halves consists of, put together half by half.
struct HalfSearch {
  std::vector<Stage> stages;
  std::vector<std::string> stage_names;  ///< of each, as the inspector lists what it gained
  interop::HalfSettings settings{};
};

/// Of a colour half: colour_kind_... of the interop header, and whether the transparent entry may stand for black.
struct ColourRules {
  std::uint32_t kind = interop::colour_kind_opaque;
  bool black = false;
};

/// Which half of how many.
struct HalfPlace {
  std::uint32_t halves = 1, number = 0;
};

/// A search that has its first stage only: the kernel that writes the first bits of all halves.
HalfSearch begin_halves(std::string_view start_shader, std::uint32_t halves, const ColourRules& colours,
                        std::uint32_t channel, bool is_signed);

/// Weights of the channels, rounded to what keeps errors exact.
void set_weights(HalfSearch& search, const codec::Parameters& parameters);

/// The stages after the first.
void add_colour_stages(HalfSearch& search, const HalfPlace& place, const ColourRules& colours, Effort effort);
/// `channel`: component of the source, 0 red ... 3 alpha.
void add_channel_stages(HalfSearch& search, const HalfPlace& place, std::uint32_t channel, bool is_signed,
                        Effort effort);

/// How the inspector's trace of a search reads.
struct TraceRules {
  std::string_view shader;
  std::vector<HalfName> halves;
  ColourRules colours = {};
  std::uint32_t channel = 0;
  bool is_signed = false;
};

/// All that the encode of a format shares with the others.
Search finish_search(HalfSearch halves, const Format& format, TraceRules trace);

}  // namespace txs::block
