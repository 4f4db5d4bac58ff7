#include "codecs/bc7/ranked_encode.h"

#include <utility>

#include "block/block_texture.h"
#include "codecs/bc7/format.h"
#include "codecs/bc7/ranked_inspection.h"
#include "codecs/bc7/ranked_kernels.h"
#include "codecs/bc7/ranked_plan.h"

namespace txs::bc7 {
namespace {

using interop::Bc7RankedRecord;
using Kind = RankedStage::Kind;

// 64 MiB of candidate lists at the longest: an 8192 x 8192 encode stays below 1 GiB.
constexpr std::uint32_t most_tile_blocks = 1 << 18;

std::vector<codec::View> search_views(const RankedSettings& settings) {
  codec::View gain = block::map_of_blocks(
      "gain", "Gain over the first bits",
      "How much smaller the error of each block's bits is than that of its first bits, a line of mode 6.");
  gain.unit = "dB";
  gain.maximum = 12;
  codec::View tried = block::map_of_blocks(
      "tried", "Candidates tried",
      "How many trials and refinements each block has had. Candidates that rank too low to win are passed over.");
  tried.maximum = settings.trials + settings.refinements;
  return {gain, tried,
          block::map_of_blocks("pass", "Won by", "Which part of the search found the bits of each block.",
                               {"first bits", "trial", "refits", "steps or simplex"})};
}

class RankedEncode : public codec::Encode {
 public:
  RankedEncode(gpu::Device& device, const codec::Source& source, const codec::Parameters& parameters,
               std::uint64_t seed, std::uint32_t tile_blocks)
      : source_(source),
        parameters_(parameters),
        settings_(ranked_settings_of(parameters).value()),
        seed_(seed),
        bits_(device, source, format_for(source.colour_space)),
        schedule_(bits_.grid().blocks(), tile_blocks, ranked_stages(settings_)),
        records_(device, std::uint64_t(bits_.grid().blocks()) * sizeof(Bc7RankedRecord), "BC7 records"),
        keys_(device, std::uint64_t(std::min(tile_blocks, bits_.grid().blocks())) * key_bytes(), "BC7 candidates"),
        kernels_(device, settings_, source),
        maps_(device, bits_.grid(), "codecs/bc7/ranked/maps.comp", {}, search_views(settings_)),
        trace_(device, settings_) {}

  bool ready() const override { return bits_.ready() && kernels_.ready() && maps_.ready(); }
  codec::BlockSize block_size() const override { return bits_.block_size(); }

  codec::Progress advance(gpu::Recorder& recorder, const codec::Budget& budget) override {
    const std::optional<RankedWork> work = schedule_.next(budget);
    if (work) {
      const RankedState state{bits_.blocks().address(), records_.address(), keys_.address(), work->tile_first};
      kernels_.record(recorder, schedule_.stages()[work->stage], state, work->first, work->count);
    }
    codec::Progress progress = schedule_.progress();
    progress.work = work ? work->units : 0;
    return progress;
  }
  codec::Progress progress() const override { return schedule_.progress(); }

  /// Live parameters are those of mode 6 alone; the refiner nelder_mead keeps the iterations that it was started with.
  void set_live(const codec::Parameters&) override {}

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    bits_.decode(recorder, target);
    interop::BlockDecodePush push = bits_.decode_push(recorder);
    const std::uint64_t records = records_.address();
    push.records = records;
    maps_.draw(recorder, push);
  }

  std::vector<codec::View> views() const override {
    std::vector<codec::View> views = bits_.views();
    views.insert(views.end(), maps_.views().begin(), maps_.views().end());
    return views;
  }

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    return {recorder.read(records_, 0, sizeof(Bc7RankedRecord)),
            [](std::span<const std::byte>) { return codec::CodecFigures{}; }};
  }

  std::vector<codec::BitPart> bits() const override {
    return {{"blocks", std::uint64_t(bits_.grid().blocks()) * bits_.format().block_bytes() * 8}};
  }

  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep) override {
    codec::Provenance provenance;
    provenance.codec = "bc7";
    provenance.parameters = parameters_.texts();
    provenance.seed = seed_;
    provenance.steps = schedule_.progress().step;
    return bits_.artifact(recorder, source_.alpha == Alpha::none && settings_.exact_alpha, std::move(provenance));
  }

  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    const std::uint32_t block = y * bits_.grid().wide + x;
    trace_.record(recorder, kernels_, schedule_, bits_, block);
    return {trace_.read(recorder), [trace = trace_.layout(), inspect = bits_.format().inspect, source = source_, x,
                                    y](std::span<const std::byte> bytes) {
              codec::BlockInspection inspection = inspect(trace.bits(bytes), source, x, y);
              add_ranked_search(inspection, trace, bytes);
              return codec::Inspection(std::move(inspection));
            }};
  }

 private:
  std::uint64_t key_bytes() const { return settings_.trials * sizeof(std::uint32_t); }

  codec::Source source_;
  codec::Parameters parameters_;
  RankedSettings settings_;
  std::uint64_t seed_;
  block::BlockTexture bits_;
  RankedSchedule schedule_;
  gpu::Buffer records_, keys_;
  RankedKernels kernels_;
  block::BlockMaps maps_;
  RankedTrace trace_;
};

}  // namespace

std::unique_ptr<codec::Encode> start_ranked(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed) {
  return start_ranked(device, source, parameters, seed, most_tile_blocks);
}

std::unique_ptr<codec::Encode> start_ranked(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed,
                                            std::uint32_t tile_blocks) {
  return std::make_unique<RankedEncode>(device, source, parameters, seed, tile_blocks);
}

}  // namespace txs::bc7
