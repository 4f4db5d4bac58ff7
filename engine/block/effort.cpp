#include "block/effort.h"

#include <array>

namespace txs::block {
namespace {

using codec::Choice;
using codec::Parameter;

constexpr std::array efforts{
    Choice{"fast", "Fast", "What costs little and gains most."},
    Choice{"normal", "Normal", "The default: little is left to gain."},
    Choice{"slow", "Slow", "What gains hundredths of a dB."},
    Choice{"exhaustive", "Exhaustive", "All that the search has, whatever it costs."},
};

}  // namespace

const Parameter effort_parameter{.key = "effort",
                                 .title = "Effort",
                                 .help = "How far the search goes before it is done. First bits are the same.",
                                 .group = "Method",
                                 .type = Parameter::Type::choice,
                                 .fallback = 1,
                                 .choices = efforts};

Effort effort_of(const codec::Parameters& parameters) { return Effort(int(parameters.number("effort"))); }

}  // namespace txs::block
