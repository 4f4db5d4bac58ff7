#pragma once
#include "codec/codec.h"

namespace txs::latent_texture {

const codec::CodecKind& kind();

}  // namespace txs::latent_texture
