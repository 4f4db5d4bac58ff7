#include "codecs/bc7/encode.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "block/block_texture.h"
#include "codecs/bc7/format.h"
#include "codecs/bc7/inspection.h"
#include "codecs/bc7/schedule.h"
#include "codecs/bc7/settings.h"

namespace txs::bc7 {
namespace {

// 84 MiB of search state: with picture, reconstruction and block records an 8192 x 8192 encode stays below 1 GiB.
constexpr std::uint32_t most_tile_blocks = 1 << 18;

std::uint32_t constant(auto value) { return static_cast<std::uint32_t>(value); }

gpu::KernelSource search_kernel(const char* shader, const Settings& settings, std::uint32_t pace) {
  return {shader,
          sizeof(interop::Bc7SearchPush),
          {gpu::Binding::nearest},
          {constant(settings.start), constant(settings.objective), pace},
          {}};
}

/// Made for the textures that they will be given, so that not one of them is compiled within a frame.
struct Kernels {
  Kernels(gpu::Device& device, const Settings& settings, const gpu::Texture& source)
      : start(device, search_kernel("codecs/bc7/start.comp", settings, 0), {&source}),
        step(device, search_kernel("codecs/bc7/search.comp", settings, interop::bc7_pace_step), {&source}),
        rush(device, search_kernel("codecs/bc7/search.comp", settings, interop::bc7_pace_rush), {&source}),
        finish(device, {"codecs/bc7/finish.comp", sizeof(interop::Bc7SearchPush), {gpu::Binding::nearest}, {}, {}},
               {&source}),
        trace(device, search_kernel("codecs/bc7/search.comp", settings, interop::bc7_pace_trace), {&source}),
        sums(device, {"codecs/bc7/figures.comp", sizeof(interop::Bc7SumPush), {}, {}, {}}) {}

  bool ready() const {
    return start.ready() && step.ready() && rush.ready() && finish.ready() && trace.ready() && sums.ready();
  }
  const gpu::Kernel& of(Work::Phase phase) const {
    switch (phase) {
      case Work::Phase::start: return start;
      case Work::Phase::step: return step;
      case Work::Phase::rush: return rush;
      case Work::Phase::finish: return finish;
    }
    return start;
  }

  gpu::Kernel start, step, rush, finish, trace, sums;
};

std::uint32_t blocks_a_group(Work::Phase phase) {
  const bool searches = phase == Work::Phase::step || phase == Work::Phase::rush;
  return searches ? interop::bc7_search_group_blocks : interop::bc7_search_group;
}

double psnr(double squared_error, double samples) {
  if (squared_error == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255.0 * 255.0 * samples / squared_error);
}

std::vector<codec::View> search_views(const Settings& settings) {
  codec::View gain = block::map_of_blocks(
      "gain", "Gain over the start",
      "How much smaller the squared error of each block's bits is than that of its first bits.");
  gain.unit = "dB";
  gain.maximum = 3;
  codec::View iterations = block::map_of_blocks(
      "iterations", "Iterations spent",
      "Nelder-Mead iterations of each block. 0: its start was below the loss threshold. A search ends before the "
      "maximum at the threshold, or when all vertices have the same loss.");
  iterations.maximum = std::max(1u, settings.planned_iterations());
  return {gain, iterations};
}

class SearchEncode : public codec::Encode {
 public:
  SearchEncode(gpu::Device& device, const codec::Source& source, const codec::Parameters& parameters,
               std::uint64_t seed, std::uint32_t tile_blocks)
      : source_(source),
        parameters_(parameters),
        settings_(settings_of(parameters)),
        seed_(seed),
        bits_(device, source, format_for(source.colour_space)),
        schedule_(bits_.grid().blocks(), tile_blocks, settings_),
        records_(device, std::uint64_t(grid().blocks()) * sizeof(interop::Bc7Record), "BC7 records"),
        simplexes_(device, simplex_bytes(tile_blocks), "BC7 search state"),
        trace_(device, sizeof(interop::Bc7Trace), "BC7 trace"),
        sums_(device, gpu::divide_up(grid().blocks(), interop::bc7_sum_blocks) * sizeof(std::uint32_t), "BC7 sums"),
        kernels_(device, settings_, *source.texture),
        maps_(device, grid(), "codecs/bc7/search_views.comp", {}, search_views(settings_)) {}

  bool ready() const override { return kernels_.ready() && bits_.ready() && maps_.ready(); }
  codec::BlockSize block_size() const override { return bits_.block_size(); }

  codec::Progress advance(gpu::Recorder& recorder, const codec::Budget& budget) override {
    const std::optional<Work> work = schedule_.next(budget);
    if (work) record(recorder, *work);
    codec::Progress progress = schedule_.progress();
    progress.work = work ? work->units : 0;
    return progress;
  }

  codec::Progress progress() const override { return schedule_.progress(); }

  void set_live(const codec::Parameters& parameters) override {
    parameters_ = parameters;
    settings_ = settings_of(parameters);
    schedule_.set_live(settings_);
  }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    bits_.decode(recorder, target);
    interop::BlockDecodePush push = bits_.decode_push(recorder);
    push.records = records_.address();
    maps_.draw(recorder, push);
  }

  std::vector<codec::View> views() const override {
    std::vector<codec::View> views = maps_.views();
    for (codec::View& view : bits_.views()) views.push_back(std::move(view));
    return views;
  }

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    const interop::Bc7SumPush push{records_.address(), sums_.address(), grid().blocks()};
    recorder.dispatch(kernels_.sums, push, {}, {gpu::divide_up(grid().blocks(), interop::bc7_sum_blocks)});
    const double samples = 3.0 * grid().width * grid().height;
    return {recorder.read(sums_, 0, sums_.size()), [samples](std::span<const std::byte> bytes) {
              const auto* first = reinterpret_cast<const std::uint32_t*>(bytes.data());
              const auto sum = std::accumulate(first, first + bytes.size() / sizeof(*first), std::uint64_t(0));
              return codec::CodecFigures{psnr(double(sum), samples)};
            }};
  }

  std::vector<codec::BitPart> bits() const override {
    const std::uint64_t blocks = grid().blocks();
    return {{"mode", 7 * blocks}, {"endpoints", 56 * blocks}, {"p-bits", 2 * blocks}, {"indices", 63 * blocks}};
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
    interop::Bc7SearchPush push = search_push();
    push.first = y * grid().wide + x;
    push.count = 1;
    recorder.dispatch(kernels_.trace, push, {source_.texture.get()}, {});
    return {recorder.read(trace_, 0, trace_.size()),
            [picture = source_.picture, settings = settings_, x, y](std::span<const std::byte> bytes) {
              const auto& trace = *reinterpret_cast<const interop::Bc7Trace*>(bytes.data());
              auto inspection =
                  inspect_bits(std::as_bytes(std::span(&trace.bits, 1)).first<block_bytes>(), *picture, x, y);
              add_search(inspection, trace, settings);
              return codec::Inspection(std::move(inspection));
            }};
  }

 private:
  const block::Grid& grid() const { return bits_.grid(); }

  std::uint64_t simplex_bytes(std::uint32_t tile_blocks) const {
    return std::uint64_t(std::min(tile_blocks, grid().blocks())) * sizeof(interop::Bc7Simplex);
  }

  interop::Bc7SearchPush search_push() {
    interop::Bc7SearchPush push{};
    push.blocks = bits_.blocks().address();
    push.records = records_.address();
    push.simplexes = simplexes_.address();
    push.trace = trace_.address();
    push.size = {grid().width, grid().height};
    push.blocks_wide = grid().wide;
    push.exact_alpha = settings_.exact_alpha;
    push.refit_rounds = settings_.refit_rounds();
    push.finish_starts = settings_.finish_starts();
    push.polish_rounds = settings_.polish_rounds();
    push.reflection = settings_.reflection;
    push.expansion = settings_.expansion;
    push.contraction = settings_.contraction;
    push.shrink = settings_.shrink;
    push.initial_step = settings_.initial_step;
    push.loss_threshold = settings_.loss_threshold;
    return push;
  }

  void record(gpu::Recorder& recorder, const Work& work) {
    interop::Bc7SearchPush push = search_push();
    push.first = work.first;
    push.count = work.count;
    push.tile_first = work.tile_first;
    push.from_iteration = work.from_iteration;
    push.to_iteration = work.to_iteration;
    recorder.dispatch(kernels_.of(work.phase), push, {source_.texture.get()},
                      {gpu::divide_up(work.count, blocks_a_group(work.phase))});
  }

  codec::Source source_;
  codec::Parameters parameters_;
  Settings settings_;
  std::uint64_t seed_;
  block::BlockTexture bits_;
  Schedule schedule_;
  gpu::Buffer records_, simplexes_, trace_, sums_;
  Kernels kernels_;
  block::BlockMaps maps_;
};

}  // namespace

std::unique_ptr<codec::Encode> start_encode(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed) {
  return start_encode(device, source, parameters, seed, most_tile_blocks);
}

std::unique_ptr<codec::Encode> start_encode(gpu::Device& device, const codec::Source& source,
                                            const codec::Parameters& parameters, std::uint64_t seed,
                                            std::uint32_t tile_blocks) {
  return std::make_unique<SearchEncode>(device, source, parameters, seed, tile_blocks);
}

}  // namespace txs::bc7
