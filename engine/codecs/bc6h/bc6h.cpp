#include "codecs/bc6h/bc6h.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "block/block_kind.h"
#include "block/search_encode.h"
#include "codecs/bc6h/bc6h_block.h"
#include "codecs/bc6h/format.h"
#include "codecs/bc6h/plan.h"
#include "core/error.h"

namespace txs::bc6h {
namespace {

using codec::Choice;
using codec::Parameter;
using codec::TextureFormat;
using Type = codec::Parameter::Type;

constexpr std::array efforts{
    Choice{"fast", "Fast", "One line, and two by the likeliest partition, fitted twice."},
    Choice{"normal", "Normal", "Four partitions, then other starts for the best."},
    Choice{"slow", "Slow", "Eight partitions, and other starts for the best until little is left to gain."},
    Choice{"exhaustive", "Exhaustive",
           "All partitions, half of them from other starts, too, and more of those for the best."},
};
constexpr std::array formats{
    Choice{"auto", "As the picture needs", "Signed if the picture has negative values, otherwise unsigned."},
    Choice{"unsigned", "Unsigned", "BC6H_UFLOAT: twice as fine as signed. Pictures with negative values are refused."},
    Choice{"signed", "Signed", "BC6H_SFLOAT."},
    Choice{"clamp", "Unsigned, clamped", "BC6H_UFLOAT; negative values become 0."},
};
constexpr std::array mode_sets{
    Choice{"all", "All", "One line of colours in a block, or two."},
    Choice{"one_subset", "One subset", "Modes 3, 7, 11 and 15: one line of sixteen colours."},
    Choice{"two_subsets", "Two subsets", "The ten other modes: two lines of eight colours."},
};

constexpr const char *method = "Method", *bits = "Bits";
constexpr const char* weight_help =
    "How much this channel's error counts, in steps of a logarithm: the bits of halves taken as whole numbers.";

constexpr std::array parameters{
    Parameter{.key = "effort", .title = "Effort",
              .help = "Where the search is done.",
              .group = method, .type = Type::choice, .fallback = 1, .choices = efforts},
    Parameter{.key = "modes", .title = "Modes", .help = "The block modes that are tried.",
              .group = method, .type = Type::choice, .choices = mode_sets},
    Parameter{.key = "weight_red", .title = "Weight of red", .help = weight_help, .group = method, .fallback = 1,
              .minimum = 0.01, .maximum = 10, .scale = codec::Scale::logarithmic},
    Parameter{.key = "weight_green", .title = "Weight of green", .help = weight_help, .group = method, .fallback = 1,
              .minimum = 0.01, .maximum = 10, .scale = codec::Scale::logarithmic},
    Parameter{.key = "weight_blue", .title = "Weight of blue", .help = weight_help, .group = method, .fallback = 1,
              .minimum = 0.01, .maximum = 10, .scale = codec::Scale::logarithmic},
    Parameter{.key = "weight_negative", .title = "Weight of negative values",
              .help = "How much errors of negative values count, in the signed format. In photographs they are left "
                      "over from conversions of colour, lie next to 0, and nothing shows them. 1 for data.",
              .group = method, .fallback = 0.1, .minimum = 0.01, .maximum = 1, .scale = codec::Scale::logarithmic},
    Parameter{.key = "signed", .title = "Negative values", .help = "Which of the two formats is written.",
              .group = bits, .type = Type::choice, .choices = formats},
};

bool has_negative(const Rgba16fImage& picture) {
  for (std::size_t i = 0; i < picture.texels.size(); i += 4)
    for (std::size_t c = 0; c < 3; ++c)
      if (picture.texels[i + c] > 0x8000) return true;  // the negative zero is none
  return false;
}

TextureFormat format_for(const codec::Source& source, std::string_view choice) {
  if (choice == "signed") return TextureFormat::bc6h_sfloat;
  if (choice == "clamp" || !has_negative(*source.light)) return TextureFormat::bc6h_ufloat;
  if (choice == "unsigned")
    throw Error(Fault::input, "BC6H: the picture has negative values, which the unsigned format cannot hold; "
                              "signed=signed keeps them, signed=clamp makes them 0");
  return TextureFormat::bc6h_sfloat;
}

/// What the trace and the record tell of a block whose bits are `block`.
void add_search(codec::BlockInspection& inspection, const Block& block, const interop::Bc6hRecord& record,
                std::span<const interop::Bc6hCandidate> candidates) {
  for (const interop::Bc6hCandidate& candidate : candidates) {
    const bool two = candidate.row < interop::bc6h_first_of_one_subset;
    inspection.candidates.push_back(
        {.name = two ? fmt::format("{}, partition {}", mode_name(candidate.row), candidate.partition_number)
                     : mode_name(candidate.row),
         .estimate = candidate.estimate,
         .squared_error = candidate.error,
         .chosen = candidate.row == block.row && candidate.partition_number == std::uint32_t(block.partition)});
  }
  inspection.gains = {{"first bits", record.first_error},
                      {"partitions", record.fitted_error},
                      {"shifted ends", record.error}};
}

std::unique_ptr<codec::Encode> start(gpu::Device& device, const codec::Source& source, const codec::Parameters& values,
                                     std::uint64_t seed) {
  const TextureFormat texture_format = format_for(source, values.choice("signed"));
  const bool is_signed = codec::traits(texture_format).is_signed;
  Plan plan = make_plan(values, is_signed);

  block::Search search;
  search.format = format(texture_format);
  search.stages = std::move(plan.stages);
  search.record_bytes = sizeof(interop::Bc6hRecord);
  search.state_bytes = sizeof(interop::Bc6hState);
  const auto settings = std::as_bytes(std::span(&plan.settings, 1));
  search.settings.assign(settings.begin(), settings.end());
  search.opaque = true;  // it has no alpha
  search.provenance = {.codec = "bc6h", .parameters = values.texts(), .seed = seed};
  search.view_shader = "codecs/bc6h/gain.comp";
  search.views = {block::map_of_blocks("gain", "Gain over the first bits",
                                       "How much smaller the squared error of each block's bits is than that of its "
                                       "first bits.")};
  search.views[0].unit = "dB";
  search.views[0].maximum = 10;
  search.trace_shader = "codecs/bc6h/fit.comp";
  search.trace_constants = {is_signed, interop::bc6h_fit_trace};
  search.trace_bytes = sizeof(interop::Bc6hTrace);
  search.inspect_search = [is_signed, tried = plan.candidates](codec::BlockInspection& inspection,
                                                              std::span<const std::byte> record,
                                                              std::span<const std::byte> trace) {
    interop::Bc6hRecord the_record;
    interop::Bc6hTrace the_trace;
    std::memcpy(&the_record, record.data(), sizeof the_record);
    std::memcpy(&the_trace, trace.data(), sizeof the_trace);
    const Block block = parse_block(BlockBytes(std::as_bytes(std::span(inspection.bits))), is_signed);
    add_search(inspection, block, the_record, std::span(the_trace.candidates).first(tried));
  };
  return block::start_search(device, source, std::move(search));
}

codec::CodecKind make_kind() {
  codec::CodecKind kind;
  kind.id = "bc6h";
  kind.title = "BC6H";
  kind.help =
      "Blocks of 4x4 texels of linear light in 128 bits: one line of sixteen colours, or two of eight. No alpha.";
  kind.parameters = parameters;
  kind.presets = {{"bc6h", "BC6H", "Good quality soon. The default.", {}},
                  {"bc6h-fast", "BC6H fast", "What costs little and gains most.", {{"effort", "fast"}}},
                  {"bc6h-slow", "BC6H slow", "For textures that ship.", {{"effort", "slow"}}},
                  {"bc6h-best", "BC6H best", "All that the search has.", {{"effort", "exhaustive"}}}};
  kind.hdr = true;
  kind.takes_alpha = false;
  kind.start = start;
  block::complete_kind(kind, {TextureFormat::bc6h_ufloat, TextureFormat::bc6h_sfloat}, format);
  kind.decode_light_on_cpu = [](const codec::Encoded& encoded) { return decode_image(std::get<codec::EncodedTexture>(encoded)); };
  return kind;
}

}  // namespace

const codec::CodecKind& kind() {
  static const codec::CodecKind the_kind = make_kind();
  return the_kind;
}

}  // namespace txs::bc6h
