#pragma once
#include <vector>

#include "codec/encoded_network.h"
#include "image/image.h"
#include "neural/model.h"

namespace txs::neural {

/// The shape of a stored network. Throws Error(input), one line without a file name: layers that do not follow each
/// other, grids that do not feed them, sizes beyond what ModelShape allows, values that are too few, too many or too
/// large for their bits. Allocates next to nothing.
ModelShape shape_of(const codec::EncodedNetwork& network);

/// Its parameters as floats in the order of ModelLayout: the very values that decode. Throws as shape_of does, and
/// where one is infinite or not a number.
std::vector<float> parameters_of(const codec::EncodedNetwork& network);

/// The picture in double precision, the same to the bit as by reference::forward, rounded to 8 bits; without alpha it
/// is 255. Throws as parameters_of does. 512x512 texels of two hidden layers of 64 units take less than a second.
Rgba8Image decode_on_cpu(const codec::EncodedNetwork& network);

}  // namespace txs::neural
