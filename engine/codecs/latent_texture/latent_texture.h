#pragma once
#include <cstdint>

#include "codec/codec.h"
#include "neural/model.h"

namespace txs::latent_texture {

const codec::CodecKind& kind();

/// The model that these parameters of the kind ask for, of a picture of width x height; outputs: 3, or 4 with alpha.
neural::ModelShape model_shape(const codec::Parameters& parameters, std::uint32_t width, std::uint32_t height,
                               std::uint32_t outputs);

}  // namespace txs::latent_texture
