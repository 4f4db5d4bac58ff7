#include "codecs/bc7/adopt.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "codecs/bc7/block_texture.h"
#include "codecs/bc7/inspection.h"
#include "core/error.h"
#include "shaders/interop/bc7_tables.h"

namespace txs::bc7 {
namespace {

/// The bits of each kind of field, summed over all blocks.
std::vector<codec::BitPart> count_bits(std::span<const std::byte> blocks) {
  std::array<std::uint64_t, interop::bc7_mode_count + 1> blocks_of{};
  for (std::size_t at = 0; at < blocks.size(); at += block_bytes) {
    const auto first = std::to_integer<unsigned>(blocks[at]);
    ++blocks_of[first == 0 ? interop::bc7_mode_count : unsigned(std::countr_zero(first))];
  }
  std::uint64_t mode = 0, partition = 0, selection = 0, endpoints = 0, p_bits = 0, indices = 0;
  for (std::uint32_t m = 0; m < interop::bc7_mode_count; ++m) {
    const interop::Bc7Mode& shape = interop::bc7_modes[m];
    const std::uint64_t n = blocks_of[m];
    mode += n * (m + 1);
    partition += n * shape.partition_bits;
    selection += n * (shape.rotation_bits + shape.index_selection_bits);
    endpoints += n * 2 * shape.subsets * (3 * shape.colour_bits + shape.alpha_bits);
    p_bits += n * shape.subsets * (2 * shape.endpoint_p_bits + shape.shared_p_bits);
    // An anchor of each subset lacks a bit; a second set of indices has one subset.
    const std::uint32_t second = shape.secondary_index_bits == 0 ? 0 : 16 * shape.secondary_index_bits - 1;
    indices += n * (16 * shape.index_bits - shape.subsets + second);
  }
  std::vector<codec::BitPart> parts{{"mode", mode},
                                    {"partition", partition},
                                    {"rotation, index selection", selection},
                                    {"endpoints", endpoints},
                                    {"p-bits", p_bits},
                                    {"indices", indices},
                                    {"reserved blocks", blocks_of.back() * block_bytes * 8}};
  std::erase_if(parts, [](const codec::BitPart& part) { return part.bits == 0; });
  return parts;
}

class AdoptedEncode : public codec::Encode {
 public:
  AdoptedEncode(gpu::Device& device, const codec::Source& source, const codec::EncodedTexture& encoded)
      : picture_(source.picture),
        provenance_(encoded.provenance),
        opaque_(encoded.opaque),
        parts_(count_bits(encoded.blocks)),
        bits_(device, source) {
    device.upload(bits_.blocks(), encoded.blocks);
  }

  bool ready() const override { return bits_.ready(); }
  codec::Progress advance(gpu::Recorder&, const codec::Budget&) override { return progress(); }
  codec::Progress progress() const override {
    codec::Progress progress;
    progress.step = progress.planned_steps = provenance_.steps;
    progress.fraction = 1;
    progress.done = true;
    return progress;
  }
  void set_live(const codec::Parameters&) override {}

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override { bits_.decode(recorder, target); }
  std::vector<codec::View> views() const override { return {bits_.mode_view()}; }
  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    return {recorder.read(bits_.blocks(), 0, block_bytes),
            [](std::span<const std::byte>) { return codec::CodecFigures{}; }};
  }
  std::vector<codec::BitPart> bits() const override { return parts_; }
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep) override {
    return bits_.artifact(recorder, opaque_, provenance_);
  }
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    const std::uint64_t at = (std::uint64_t(y) * bits_.grid().wide + x) * block_bytes;
    return {recorder.read(bits_.blocks(), at, block_bytes),
            [picture = picture_, x, y](std::span<const std::byte> bytes) {
              return codec::Inspection(inspect_bits(bytes.first<block_bytes>(), *picture, x, y));
            }};
  }

 private:
  std::shared_ptr<const Rgba8Image> picture_;
  codec::Provenance provenance_;
  bool opaque_;
  std::vector<codec::BitPart> parts_;
  BlockTexture bits_;
};

}  // namespace

std::unique_ptr<codec::Encode> adopt_bits(gpu::Device& device, const codec::Source& source,
                                          const codec::Encoded& artifact) {
  const auto& encoded = std::get<codec::EncodedTexture>(artifact);
  const std::uint64_t expected = codec::payload_bytes(encoded.format, encoded.width, encoded.height);
  if (encoded.blocks.size() != expected)
    throw Error(Fault::input, fmt::format("BC7 of {} x {} texels has {} bytes, not {}", encoded.width, encoded.height,
                                          expected, encoded.blocks.size()));
  return std::make_unique<AdoptedEncode>(device, source, encoded);
}

}  // namespace txs::bc7
