#include "block/search_encode.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "block/block_texture.h"
#include "gpu/kernel.h"

namespace txs::block {
namespace {

gpu::KernelSource search_kernel(std::string_view shader, const std::vector<std::uint32_t>& constants) {
  return {std::string(shader), sizeof(interop::BlockSearchPush), {gpu::Binding::nearest}, constants, {}};
}

/// One kernel for each pair of shader and constants.
class StageKernels {
 public:
  StageKernels(gpu::Device& device, const std::vector<Stage>& stages, const gpu::Texture& source) {
    for (std::size_t s = 0; s < stages.size(); ++s) {
      const auto same = std::ranges::find_if(stages, [&](const Stage& other) {
        return other.shader == stages[s].shader && other.constants == stages[s].constants;
      });
      const std::size_t first = std::size_t(same - stages.begin());
      if (first == s) kernels_.emplace_back(device, search_kernel(stages[s].shader, stages[s].constants),
                                            gpu::BoundList{&source});
      kernel_of_.push_back(first == s ? kernels_.size() - 1 : kernel_of_[first]);
    }
  }
  bool ready() const { return std::ranges::all_of(kernels_, &gpu::Kernel::ready); }
  const gpu::Kernel& of(std::uint32_t stage) const { return kernels_[kernel_of_[stage]]; }

 private:
  std::vector<gpu::Kernel> kernels_;
  std::vector<std::size_t> kernel_of_;
};

std::vector<StageCost> costs_of(const std::vector<Stage>& stages) {
  std::vector<StageCost> costs;
  for (const Stage& stage : stages) costs.push_back(stage.cost);
  return costs;
}

std::vector<std::string_view> titles_of(const std::vector<Stage>& stages) {
  std::vector<std::string_view> titles;
  for (const Stage& stage : stages) titles.push_back(stage.title);
  return titles;
}

/// As if every texel were a block.
Grid grid_of_texels(Grid grid) {
  grid.wide = grid.width;
  grid.high = grid.height;
  grid.block_width = grid.block_height = 1;
  return grid;
}

constexpr std::uint32_t bits_room = 16;  // of the trace buffer's head, whatever the format's blocks take

class SearchEncode : public codec::Encode {
 public:
  SearchEncode(gpu::Device& device, const codec::Source& source, Search search)
      : search_(std::move(search)),
        source_(source),
        bits_(device, source, search_.format),
        schedule_(bits_.grid().blocks(), costs_of(search_.stages), titles_of(search_.stages)),
        records_(device, std::uint64_t(bits_.grid().blocks()) * search_.record_bytes, name("records")),
        state_(device, std::uint64_t(bits_.grid().blocks()) * search_.state_bytes, name("search state")),
        settings_(device, search_.settings.size(), name("settings")),
        trace_(device, bits_room + search_.record_bytes + search_.trace_bytes, name("trace")),
        sums_(device, search_.figures_bytes, name("figures")),
        kernels_(device, search_.stages, bits_.source_texture()),
        maps_(device, bits_.grid(), search_.view_shader, search_.view_constants, search_.views),
        texel_maps_(device, grid_of_texels(bits_.grid()), search_.texel_view_shader, search_.view_constants,
                    search_.texel_views) {
    if (!search_.figures_shader.empty())
      figures_kernel_.emplace(device, gpu::KernelSource{std::string(search_.figures_shader),
                                                        sizeof(interop::BlockSearchPush), {}, search_.view_constants, {}});
    if (!search_.trace_shader.empty())
      trace_kernel_.emplace(device, search_kernel(search_.trace_shader, search_.trace_constants),
                            gpu::BoundList{&bits_.source_texture()});
  }

  bool ready() const override {
    return bits_.ready() && kernels_.ready() && maps_.ready() && texel_maps_.ready() &&
           (!trace_kernel_ || trace_kernel_->ready()) && (!figures_kernel_ || figures_kernel_->ready()) &&
           (!search_.prepared || search_.prepared());
  }

  codec::BlockSize block_size() const override { return bits_.block_size(); }

  codec::Progress advance(gpu::Recorder& recorder, const codec::Budget& budget) override {
    const std::optional<StageWork> work = schedule_.next(budget);
    if (work) record(recorder, *work);
    codec::Progress progress = schedule_.progress();
    progress.work = work ? work->units : 0;
    return progress;
  }
  codec::Progress progress() const override { return schedule_.progress(); }
  void set_live(const codec::Parameters& parameters) override {
    search_.provenance.parameters = parameters.texts();
    if (!search_.live_settings) return;
    search_.settings = search_.live_settings(parameters);
    has_settings_ = false;
  }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    bits_.decode(recorder, target);
    interop::BlockDecodePush push = bits_.decode_push(recorder);
    push.records = records_.address();
    maps_.draw(recorder, push);
    texel_maps_.draw(recorder, push, {push.size.x, push.size.y});
  }

  std::vector<codec::View> views() const override {
    std::vector<codec::View> views = texel_maps_.views();  // first: in the search they alone change from step to step
    const std::vector<codec::View> of_bits = bits_.views();
    views.insert(views.end(), of_bits.begin(), of_bits.end());
    views.insert(views.end(), maps_.views().begin(), maps_.views().end());
    return views;
  }

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    if (figures_kernel_) {
      interop::BlockSearchPush push = search_push(recorder);
      push.trace = sums_.address();
      recorder.dispatch(*figures_kernel_, push, {}, {search_.figures_groups});
      return {recorder.read(sums_, 0, sums_.size()), search_.read_figures};
    }
    return {recorder.read(bits_.blocks(), 0, bits_.format().block_bytes()),
            [](std::span<const std::byte>) { return codec::CodecFigures{}; }};
  }

  std::vector<codec::BitPart> bits() const override {
    return {{"blocks", std::uint64_t(bits_.grid().blocks()) * bits_.format().block_bytes() * 8}};
  }

  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep) override {
    codec::Provenance provenance = search_.provenance;
    provenance.steps = schedule_.progress().step;
    return bits_.artifact(recorder, search_.opaque, std::move(provenance));
  }

  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    const std::uint32_t block = y * bits_.grid().wide + x, block_bytes = bits_.format().block_bytes();
    recorder.copy(bits_.blocks(), bits_.bytes_before(block), trace_, 0, block_bytes);
    if (search_.record_bytes > 0)
      recorder.copy(records_, std::uint64_t(block) * search_.record_bytes, trace_, bits_room, search_.record_bytes);
    if (trace_kernel_) {
      interop::BlockSearchPush push = search_push(recorder);
      push.first = block;
      push.count = 1;
      push.trace = trace_.address() + bits_room + search_.record_bytes;
      for (push.stage = 0; push.stage < search_.trace_stages; ++push.stage)
        recorder.dispatch(*trace_kernel_, push, {&bits_.source_texture()}, {});
    }
    return {recorder.read(trace_, 0, trace_.size()),
            [inspect = search_.format.inspect, inspect_search = search_.inspect_search, source = source_, x, y,
             block_bytes, record_bytes = search_.record_bytes](std::span<const std::byte> bytes) {
              codec::BlockInspection inspection = inspect(bytes.first(block_bytes), source, x, y);
              if (inspect_search)
                inspect_search(inspection, bytes.subspan(bits_room, record_bytes),
                               bytes.subspan(bits_room + record_bytes));
              return codec::Inspection(std::move(inspection));
            }};
  }

 private:
  std::string name(const char* what) const { return std::string(search_.format.name) + " " + what; }

  interop::BlockSearchPush search_push(gpu::Recorder& recorder) {
    // By the first recording, not by an upload: that would wait for the GPU.
    if (!search_.settings.empty() && !std::exchange(has_settings_, true)) recorder.write(settings_, 0, search_.settings);
    const Grid& grid = bits_.grid();
    interop::BlockSearchPush push{};
    push.blocks = bits_.blocks().address();
    push.records = records_.address();
    push.state = state_.address();
    push.settings = settings_.address();
    push.tables = bits_.tables(recorder);
    push.size = {grid.width, grid.height};
    push.grid = {grid.wide, grid.high};
    return push;
  }

  void record(gpu::Recorder& recorder, const StageWork& work) {
    interop::BlockSearchPush push = search_push(recorder);
    push.first = work.first;
    push.count = work.count;
    push.stage = search_.stages[work.stage].number.value_or(work.stage);
    recorder.dispatch(kernels_.of(work.stage), push, {&bits_.source_texture()},
                      {gpu::divide_up(work.count, search_.stages[work.stage].cost.group_blocks)});
  }

  Search search_;
  codec::Source source_;
  BlockTexture bits_;
  StagedSchedule schedule_;
  gpu::Buffer records_, state_, settings_, trace_, sums_;
  bool has_settings_ = false;
  StageKernels kernels_;
  BlockMaps maps_, texel_maps_;
  std::optional<gpu::Kernel> trace_kernel_, figures_kernel_;
};

}  // namespace

std::unique_ptr<codec::Encode> start_search(gpu::Device& device, const codec::Source& source, Search search) {
  return std::make_unique<SearchEncode>(device, source, std::move(search));
}

}  // namespace txs::block
