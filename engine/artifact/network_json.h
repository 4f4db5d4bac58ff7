#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "codec/encoded_network.h"

namespace txs::artifact {

/// The description that a network file begins with (network_file.h): its shape and its provenance.
std::string network_json(const codec::EncodedNetwork& network);

/// The network of that description, its arrays still empty. Throws Error(input), one line with `name`, for what is no
/// such description or over 64 KiB. The shape is as claimed: shape_fault() says whether it can be.
codec::EncodedNetwork read_network_json(std::span<const std::byte> text, std::string_view name);

}  // namespace txs::artifact
