#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "codec/codec.h"
#include "neural/model.h"
#include "neural/settings.h"

namespace txs::neural {

/// What the neural codecs declare alike, with what differs between them.
struct TrainingDefaults {
  double grid_rate = 3e-3, decoder_rate = 3e-3;
};

/// The decoder's parameters: hidden, depth, activation, omega0.
void append_decoder_parameters(std::vector<codec::Parameter>& parameters);
/// Training, quantisation-aware training and stage 2.
void append_training_parameters(std::vector<codec::Parameter>& parameters, const TrainingDefaults& defaults);

/// The decoder of a model, and its training, of values so declared.
void read_decoder(const codec::Parameters& parameters, ModelShape& shape);
Settings read_settings(const codec::Parameters& parameters);

/// The parameters that a stored network was trained with, as far as `kind` still declares them so and they are no matter of
/// the device; the rest are its defaults.
codec::Parameters stored_parameters(std::span<const codec::Parameter> declared, const codec::Provenance& provenance);

}  // namespace txs::neural
