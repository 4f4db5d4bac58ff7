#include "block/adopted_encode.h"

#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "block/block_texture.h"
#include "block/whole_texture.h"

namespace txs::block {
namespace {

class AdoptedEncode : public codec::Encode {
 public:
  AdoptedEncode(gpu::Device& device, const codec::Source& source, const codec::EncodedTexture& encoded,
                const Format& format)
      : source_(source),
        provenance_(encoded.provenance),
        opaque_(encoded.opaque),
        premultiplied_(encoded.premultiplied),
        mips_(std::make_shared<const std::vector<std::vector<std::byte>>>(encoded.mips)),
        parts_(format.count_bits(encoded.blocks)),
        bits_(device, source, format) {
    device.upload(bits_.blocks(), encoded.blocks);
  }

  bool ready() const override { return bits_.ready(); }
  codec::BlockSize block_size() const override { return bits_.block_size(); }
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
  std::vector<codec::View> views() const override { return bits_.views(); }
  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    return {recorder.read(bits_.blocks(), 0, bits_.format().block_bytes()),
            [](std::span<const std::byte>) { return codec::CodecFigures{}; }};
  }
  std::vector<codec::BitPart> bits() const override { return parts_; }
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep) override {
    codec::Pending<codec::Encoded> level_0 = bits_.artifact(recorder, opaque_, provenance_);
    return {level_0.read, [parse = level_0.parse, premultiplied = premultiplied_, mips = mips_](std::span<const std::byte> bytes) {
              auto texture = std::get<codec::EncodedTexture>(parse(bytes));
              texture.premultiplied = premultiplied;
              texture.mips = *mips;
              return codec::Encoded(std::move(texture));
            }};
  }
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    return {recorder.read(bits_.blocks(), bits_.bytes_before(y * bits_.grid().wide + x), bits_.format().block_bytes()),
            [inspect = bits_.format().inspect, source = source_, x, y](std::span<const std::byte> bytes) {
              return codec::Inspection(inspect(bytes, source, x, y));
            }};
  }

 private:
  codec::Source source_;
  codec::Provenance provenance_;
  bool opaque_, premultiplied_;
  std::shared_ptr<const std::vector<std::vector<std::byte>>> mips_;  ///< kept for what is saved; level 0 alone is shown
  std::vector<codec::BitPart> parts_;
  BlockTexture bits_;
};

}  // namespace

std::unique_ptr<codec::Encode> adopt(gpu::Device& device, const codec::Source& source,
                                     const codec::EncodedTexture& encoded, const Format& format) {
  check_payload(encoded);
  return std::make_unique<AdoptedEncode>(device, source, encoded, format);
}

}  // namespace txs::block
