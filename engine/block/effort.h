#pragma once
#include "codec/parameters.h"

namespace txs::block {

/// How far a search goes, in the order of the choices.
enum class Effort { fast, normal, slow, exhaustive };

/// `effort`, for the codecs whose efforts differ by no more than how far they go.
extern const codec::Parameter effort_parameter;

Effort effort_of(const codec::Parameters& parameters);

}  // namespace txs::block
