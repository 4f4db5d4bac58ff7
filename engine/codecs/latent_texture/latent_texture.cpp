#include "codecs/latent_texture/latent_texture.h"

#include <vector>

#include "neural/encode.h"
#include "neural/grids.h"
#include "neural/parameters.h"

namespace txs::latent_texture {
namespace {

using codec::Parameter;
using Type = codec::Parameter::Type;

constexpr std::string_view id = "latent_texture";
constexpr const char* latents = "Latents";

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> declared = [] {
    std::vector<Parameter> list{
        Parameter{.key = "channels_lo", .title = "Channels, lo", .help = "Of the coarse grid.", .group = latents,
                  .type = Type::integer, .fallback = 32, .minimum = 1, .maximum = 64},
        Parameter{.key = "scale_lo", .title = "Scale, lo", .help = "Pixels of the image that a texel of it spans.",
                  .group = latents, .type = Type::integer, .fallback = 8, .minimum = 1, .maximum = 64, .unit = "px",
                  .scale = codec::Scale::logarithmic},
        Parameter{.key = "channels_hi", .title = "Channels, hi", .help = "Of a second, finer grid; 0: there is none.",
                  .group = latents, .type = Type::integer, .fallback = 0, .minimum = 0, .maximum = 32},
        Parameter{.key = "scale_hi", .title = "Scale, hi", .help = "Pixels of the image that a texel of it spans.",
                  .group = latents, .type = Type::integer, .fallback = 4, .minimum = 1, .maximum = 64, .unit = "px",
                  .scale = codec::Scale::logarithmic}};
    neural::append_decoder_parameters(list);
    neural::append_training_parameters(list, {.grid_rate = 3e-3, .decoder_rate = 3e-3});
    return list;
  }();
  return declared;
}

constexpr neural::Recipe recipe{id, neural::GridStart::normal_001, model_shape, neural::read_settings};

std::vector<codec::Preset> presets() {
  return {
      {"tinylatent", "Latent texture", "32 channels at an eighth of the resolution, two hidden layers of 64.", {}},
      {"tinylatent-two-scale",
       "Latent texture, two scales",
       "16 channels at an eighth and 2 at a quarter of the resolution.",
       {{"channels_lo", "16"}, {"channels_hi", "2"}}},
      {"tinylatent-qat8",
       "Latent texture, 8 bits",
       "Two scales, trained to be kept as 8-bit integers.",
       {{"channels_lo", "16"}, {"channels_hi", "2"}, {"qat_bits", "8"}}},
  };
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = id;
  kind.title = "Latent texture";
  kind.help = "Grids of learnt features at a fraction of the resolution, decoded by a small network trained with them.";
  kind.parameters = parameters();
  kind.presets = presets();
  neural::complete(kind, recipe);
  return kind;
}

}  // namespace

neural::ModelShape model_shape(const codec::Parameters& values, std::uint32_t width, std::uint32_t height,
                               std::uint32_t outputs) {
  const auto integer = [&](std::string_view key) { return std::uint32_t(values.integer(key)); };
  neural::ModelShape shape;
  shape.grids = neural::latent_grids(width, height, integer("channels_lo"), integer("scale_lo"), integer("channels_hi"),
                                     integer("scale_hi"));
  neural::read_decoder(values, shape);
  shape.outputs = outputs;
  return shape;
}

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::latent_texture
