#pragma once
#include <vector>

#include "codec/encoded_network.h"
#include "image/image.h"
#include "neural/model.h"

namespace txs::neural {

/// The shape of a stored network. Throws Error(input), one line without a file name: layers that do not follow each
/// other, grids that do not feed them, sizes beyond what ModelShape allows.
ModelShape shape_of(const codec::EncodedNetwork& network);

/// Its parameters as floats in the order of ModelLayout: the very values that decode.
std::vector<float> parameters_of(const codec::EncodedNetwork& network);

/// The picture, by the reference in double precision, rounded to 8 bits; without alpha it is 255.
Rgba8Image decode_on_cpu(const codec::EncodedNetwork& network);

}  // namespace txs::neural
