#pragma once
#include <memory>
#include <string_view>

#include "codec/codec.h"
#include "gpu/device.h"
#include "neural/model.h"
#include "neural/settings.h"

namespace txs::neural {

/// What a codec of this family is: how its parameters become a model and a way of training it.
struct Recipe {
  std::string_view codec;  ///< id
  GridStart start = GridStart::normal_001;
  ModelShape (*shape)(const codec::Parameters& parameters, std::uint32_t width, std::uint32_t height,
                      std::uint32_t outputs) = nullptr;
  Settings (*settings)(const codec::Parameters& parameters) = nullptr;
};

/// Makes a kind that has its names, parameters and presets a whole one. `recipe` must outlive it.
void complete(codec::CodecKind& kind, const Recipe& recipe);

/// Starts training. Throws Error(device) when memory is short, Error(usage) for a model too large to be one.
std::unique_ptr<codec::Encode> start_encode(gpu::Device& device, const codec::Source& source, const Recipe& recipe,
                                            const codec::Parameters& parameters, std::uint64_t seed);

/// An encode over what a file holds: done, or, where that has a training whose steps are not over, going on with
/// `parameters` (declared by the codec, of the file's provenance). Throws Error(input) if it is no model for the source.
std::unique_ptr<codec::Encode> adopt_network(gpu::Device& device, const codec::Source& source, const Recipe& recipe,
                                             const codec::Parameters& parameters, const codec::EncodedNetwork& network);

}  // namespace txs::neural
