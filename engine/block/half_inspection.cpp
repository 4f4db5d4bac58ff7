#include "block/half_inspection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "shaders/interop/bc1_to_bc5.h"

namespace txs::block {
namespace {

using codec::Candidate;

template <typename Struct>
Struct struct_at(std::span<const std::byte> bytes, std::size_t number) {
  Struct value;
  std::memcpy(&value, bytes.subspan(number * sizeof(Struct)).data(), sizeof(Struct));
  return value;
}

std::string cut_name(const interop::ColourCandidate& candidate) {
  if (candidate.colours == 3) return fmt::format("3 colours, cut at {}, {}", candidate.cuts[0], candidate.cuts[1]);
  return fmt::format("4 colours, cut at {}, {}, {}", candidate.cuts[0], candidate.cuts[1], candidate.cuts[2]);
}

std::vector<Candidate> colour_candidates(const interop::HalfTrace& traced) {
  std::vector<Candidate> candidates;
  for (const interop::ColourCandidate& candidate : traced.colours)
    if (candidate.colours != 0) candidates.push_back({cut_name(candidate), candidate.estimate, candidate.error});
  return candidates;
}

std::vector<Candidate> channel_candidates(const interop::HalfTrace& traced, std::size_t half,
                                          const std::string& prefix) {
  std::vector<Candidate> candidates;
  for (std::size_t pass = 0; pass < 2; ++pass) {
    const interop::ChannelCandidate& candidate = traced.channels[2 * half + pass];
    candidates.push_back({fmt::format("{}{} values, ends {:.0f}, {:.0f}", prefix, pass == 0 ? 8 : 6, candidate.a,
                                      candidate.b),
                          candidate.first, candidate.best});
  }
  return candidates;
}

/// The principal axis through the texels, cut where their outermost projections lie: what the search started from.
void add_line(codec::BlockInspection& inspection, const interop::HalfTrace& traced) {
  float least = 0, most = 0;
  for (const codec::Texel& texel : inspection.original) {
    float at = 0;
    for (int c = 0; c < 3; ++c) at += (float(texel[std::size_t(c)]) - traced.mean[c]) * traced.axis[c];
    least = std::min(least, at);
    most = std::max(most, at);
  }
  inspection.mean = inspection.initial_low = inspection.initial_high = {0, 0, 0, 1};
  for (int c = 0; c < 3; ++c) {
    const auto i = std::size_t(c);
    inspection.mean[i] = traced.mean[c] / 255;
    inspection.axis[i] = traced.axis[c];
    inspection.initial_low[i] = std::clamp((traced.mean[c] + traced.axis[c] * least) / 255, 0.0f, 1.0f);
    inspection.initial_high[i] = std::clamp((traced.mean[c] + traced.axis[c] * most) / 255, 0.0f, 1.0f);
  }
}

/// The first of those that are as good as the bits is what these are of; steps may have gone beyond all of them.
void mark_chosen(std::span<Candidate> candidates, double error) {
  const auto found = std::ranges::find(candidates, error, &Candidate::squared_error);
  if (found != candidates.end()) found->chosen = true;
}

}  // namespace

void add_gains(codec::BlockInspection& inspection, std::span<const std::byte> records, std::span<const HalfName> halves,
               const std::vector<std::string>& stage_names) {
  for (std::size_t h = 0; h < halves.size(); ++h) {
    const auto record = struct_at<interop::HalfRecord>(records, h);
    for (std::size_t stage = 0; stage < stage_names.size(); ++stage)
      if (record.after[stage] >= 0)
        inspection.gains.push_back({halves[h].prefix + stage_names[stage], record.after[stage]});
  }
}

void add_trace(codec::BlockInspection& inspection, std::span<const std::byte> records, std::span<const std::byte> trace,
               std::span<const HalfName> halves) {
  const auto traced = struct_at<interop::HalfTrace>(trace, 0);
  for (std::size_t h = 0; h < halves.size(); ++h) {
    std::vector<Candidate> candidates =
        halves[h].colours ? colour_candidates(traced) : channel_candidates(traced, h, halves[h].prefix);
    if (halves[h].colours) add_line(inspection, traced);
    mark_chosen(candidates, struct_at<interop::HalfRecord>(records, h).error);
    inspection.candidates.insert(inspection.candidates.end(), candidates.begin(), candidates.end());
  }
}

std::function<std::vector<codec::BitPart>(std::span<const std::byte>)> count_shares(std::vector<BitShare> shares) {
  return [shares = std::move(shares)](std::span<const std::byte> blocks) {
    std::uint64_t block_bits = 0;
    for (const BitShare& share : shares) block_bits += share.bits;
    const std::uint64_t count = std::uint64_t(blocks.size()) * 8 / block_bits;
    std::vector<codec::BitPart> parts;
    for (const BitShare& share : shares) parts.push_back({share.name, share.bits * count});
    return parts;
  };
}

}  // namespace txs::block
