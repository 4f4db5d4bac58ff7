#include "codecs/hash_grid/hash_grid.h"

#include <algorithm>
#include <vector>

#include "neural/encode.h"
#include "neural/grids.h"
#include "neural/parameters.h"

namespace txs::hash_grid {
namespace {

using codec::Parameter;
using Type = codec::Parameter::Type;

constexpr std::string_view id = "hash_grid";
constexpr const char* encoding = "Hash encoding";

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> declared = [] {
    std::vector<Parameter> list{
        Parameter{.key = "levels", .title = "Levels", .help = "Grids from coarse to fine, each twice as far as the ratio.",
                  .group = encoding, .type = Type::integer, .fallback = 16, .minimum = 1, .maximum = 16},
        Parameter{.key = "features", .title = "Features", .help = "Channels of each level.", .group = encoding,
                  .type = Type::integer, .fallback = 2, .minimum = 1, .maximum = 8},
        Parameter{.key = "table_log2", .title = "Table size",
                  .help = "A level of more texels than 2 to this power shares its entries by a hash.", .group = encoding,
                  .type = Type::integer, .fallback = 12, .minimum = 4, .maximum = 19, .unit = "log2"},
        Parameter{.key = "base", .title = "Coarsest level", .help = "Side of the first level.", .group = encoding,
                  .type = Type::integer, .fallback = 16, .minimum = 2, .maximum = 512, .unit = "px",
                  .scale = codec::Scale::logarithmic},
        Parameter{.key = "finest", .title = "Finest level", .help = "Side of the last level; no less than the coarsest, whatever is asked for.", .group = encoding,
                  .type = Type::integer, .fallback = 512, .minimum = 2, .maximum = 4096, .unit = "px",
                  .scale = codec::Scale::logarithmic}};
    neural::append_decoder_parameters(list);
    neural::append_training_parameters(list, {.grid_rate = 3e-2, .decoder_rate = 3e-3});
    return list;
  }();
  return declared;
}

constexpr neural::Recipe recipe{id, neural::GridStart::uniform_0001, model_shape, neural::read_settings};

std::vector<codec::Preset> presets() {
  return {
      {"tinymlp", "Hash grid", "Sixteen levels from 16 to 512 in tables of 4096 entries, two hidden layers of 64.", {}},
      {"tinymlp-tiny",
       "Hash grid, tiny",
       "Eight levels from 8 to 256 in tables of 1024 entries, one hidden layer of 32: 24 KiB.",
       {{"levels", "8"}, {"base", "8"}, {"finest", "256"}, {"table_log2", "10"}, {"hidden", "32"}, {"depth", "1"}}},
      {"tinymlp-large",
       "Hash grid, large",
       "Tables of 16384 entries, three hidden layers of 128: slow, and close to the original.",
       // Siren of this width and depth diverges at a decoder's rate of 1.8e-3 with some seeds, the sooner the faster its
       // grids move; a longer ramp costs it half a decibel after 500 steps. tests/golden/neural_quality.md has what was tried.
       {{"table_log2", "14"}, {"hidden", "128"}, {"depth", "3"}, {"lr_grid", "0.008"}, {"lr_decoder", "0.0015"}, {"ramp", "8"}}},
  };
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = id;
  kind.title = "Hash grid";
  kind.help = "A small network over a multi-resolution hash encoding (Mueller et al. 2022), trained on the picture.";
  kind.parameters = parameters();
  kind.presets = presets();
  neural::complete(kind, recipe);
  return kind;
}

}  // namespace

neural::ModelShape model_shape(const codec::Parameters& values, std::uint32_t, std::uint32_t,
                               std::uint32_t outputs) {
  const auto integer = [&](std::string_view key) { return std::uint32_t(values.integer(key)); };
  neural::ModelShape shape;
  shape.grids = neural::hash_levels(integer("levels"), integer("features"), integer("table_log2"), integer("base"),
                                    std::max(integer("base"), integer("finest")));
  neural::read_decoder(values, shape);
  shape.outputs = outputs;
  return shape;
}

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::hash_grid
