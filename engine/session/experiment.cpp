#include "session/experiment.h"

#include <algorithm>
#include <exception>
#include <numeric>

#include "artifact/container.h"
#include "session/pixels.h"

namespace txs::session {
namespace {
// Two submissions in flight keep the GPU busy while the host prepares the next; more would only add latency.
constexpr std::size_t most_in_flight = 2;
// Decoding and measuring may take a fifth of the time: on a large picture they cost more than a frame.
constexpr double picture_share = 0.2;
// The cursor's readout may lag: reading a picture back is the one copy to the host that a running search causes.
constexpr auto pixels_interval = std::chrono::milliseconds(250);
constexpr std::size_t most_pixels_while_running = std::size_t(1) << 22;

const char* const pass_search = "search";
const char* const pass_picture = "picture";
const char* const pass_inspect = "inspect";

std::uint64_t total_bits(const std::vector<codec::BitPart>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::uint64_t(0),
                         [](std::uint64_t sum, const codec::BitPart& part) { return sum + part.bits; });
}

/// In blocks of the codec's size.
std::pair<std::uint32_t, std::uint32_t> inspected_block(const codec::Inspection& inspection) {
  if (const auto* block = std::get_if<codec::BlockInspection>(&inspection)) return {block->block_x, block->block_y};
  const auto& texel = std::get<codec::TexelInspection>(inspection);
  return {texel.x, texel.y};
}
}  // namespace

Experiment::Experiment(gpu::Device& device, metrics::Comparison& comparison) : device_(device), comparison_(comparison) {}

void Experiment::stop() {
  encode_.reset();
  in_flight_.clear();
  recording_ = {};
  inspection_.reset();
  failure_.clear();
  picture_stale_ = inspection_stale_ = pixels_stale_ = false;
  run_ = {};
}

void Experiment::begin(const LoadedFile& file, const codec::CodecKind& kind, std::uint64_t id) {
  const bool same_source = file.source.texture == source_.texture;
  stop();
  source_ = file.source;
  if (!same_source) {
    reconstruction_.reset();
    pixels_.reset();
    has_picture_ = false;
    selected_.reset();
  }
  run_.id = id;
  run_.source_name = file.info.name;
  run_.kind = &kind;
  run_.parameters = codec::Parameters(kind.parameters);
  pacer_ = {};
}

void Experiment::began() {
  const std::uint32_t width = source_.texture->width(), height = source_.texture->height();
  if (!reconstruction_)
    reconstruction_ = std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, width, height, "reconstruction");
  views_ = encode_->views();
  run_.progress = encode_->progress();
  run_.parts = encode_->bits();
  run_.parts.push_back({"DDS header", artifact::dds_header_bytes() * 8});
  run_.artifact_bytes = (total_bits(run_.parts) + 7) / 8;
  const double pixels = static_cast<double>(width) * height;
  run_.bits_per_pixel = static_cast<double>(run_.artifact_bytes) * 8 / pixels;
  const double raw = pixels * (source_.alpha == Alpha::none ? 3 : 4);
  run_.compression_ratio = raw / static_cast<double>(run_.artifact_bytes);
  picture_stale_ = run_.progress.done;
  inspection_stale_ = selected_.has_value();
}

void Experiment::start(const LoadedFile& file, const codec::CodecKind& kind, const std::string& preset,
                       const codec::Parameters& parameters, std::uint64_t seed, std::uint64_t id) {
  try {
    begin(file, kind, id);
    run_.preset = preset;
    run_.parameters = parameters;
    run_.seed = seed;
    encode_ = kind.start(device_, source_, parameters, seed);
    began();
  } catch (const std::exception& error) {
    encode_.reset();
    failure_ = error.what();
  }
}

void Experiment::adopt(const LoadedFile& source, const codec::CodecKind& kind, const codec::Encoded& encoded,
                       const std::string& name, std::uint64_t id) {
  try {
    begin(source, kind, id);
    run_.artifact_name = name;
    run_.provenance = codec::provenance(encoded);
    run_.seed = codec::provenance(encoded).seed;
    encode_ = kind.adopt(device_, source_, encoded);
    began();
  } catch (const std::exception& error) {
    encode_.reset();
    failure_ = error.what();
  }
}

void Experiment::set_live(const codec::Parameters& parameters, const std::string& preset) {
  run_.parameters = parameters;
  run_.preset = preset;
  if (!encode_) return;
  encode_->set_live(parameters);
  run_.progress = encode_->progress();
  inspection_stale_ = selected_.has_value();
}

void Experiment::select_block(std::optional<std::pair<std::uint32_t, std::uint32_t>> block) {
  if (block == selected_) return;
  selected_ = block;
  inspection_.reset();
  inspection_stale_ = block.has_value();
}

bool Experiment::ready() {
  if (!encode_) return false;
  try {
    return encode_->ready() && comparison_.ready();
  } catch (const std::exception& error) {
    stop();
    failure_ = error.what();
    return false;
  }
}

bool Experiment::settled() const { return in_flight_.empty() && !picture_stale_; }

bool Experiment::picture_is_due() const {
  if (!picture_stale_) return false;
  if (has_picture_ && !run_.progress.whole) return false;  // of a restart: the picture before it stays until then
  if (!has_picture_ || run_.history.empty() || run_.progress.done) return true;
  const std::chrono::duration<double, std::milli> since = Clock::now() - last_picture_;
  return since.count() >= picture_cost_ms_ * (1 / picture_share - 1);
}

bool Experiment::record(gpu::Recorder& recorder, const Session::Frame& frame, bool advance) {
  if (in_flight_.size() >= most_in_flight) return false;
  recording_ = {};
  bool recorded = false;

  if (advance && !run_.progress.done) {
    recorder.begin_pass(pass_search);
    const codec::Budget budget{pacer_.work_for(frame.milliseconds), frame.pace, frame.stop_at_step};
    run_.progress = encode_->advance(recorder, budget);
    recording_.advanced = true;
    picture_stale_ = true;
    inspection_stale_ = selected_.has_value();
    recorded = true;
  }
  recording_.progress = run_.progress;

  if (picture_is_due() || (picture_stale_ && !advance)) {
    recorder.begin_pass(pass_picture);
    record_picture(recorder);
    recording_.figures = comparison_.record(recorder, *source_.texture, *reconstruction_, false);
    recording_.codec_figures = encode_->figures(recorder);
    recorded = true;
  }

  if (pixels_stale_) {
    const bool small = source_.picture->pixel_count() <= most_pixels_while_running;
    const bool due = !advance || run_.progress.done || (small && Clock::now() - last_pixels_ >= pixels_interval);
    if (due) {
      recording_.pixels = recorder.read(*reconstruction_);
      pixels_stale_ = false;
      last_pixels_ = Clock::now();
      recorded = true;
    }
  }

  if (inspection_stale_ && selected_ && std::ranges::none_of(in_flight_, [](const Arrival& a) { return bool(a.inspection); })) {
    recorder.begin_pass(pass_inspect);
    recording_.inspection = encode_->inspect(recorder, selected_->first, selected_->second);
    inspection_stale_ = false;
    recorded = true;
  }
  recorder.end_pass();
  return recorded;
}

void Experiment::record_picture(gpu::Recorder& recorder) {
  encode_->decode(recorder, *reconstruction_);
  if (std::ranges::find(views_, view_, &codec::View::id) != views_.end()) encode_->fill_view(recorder, view_);
  picture_stale_ = false;
  pixels_stale_ = true;
  last_picture_ = Clock::now();
}

void Experiment::submitted(gpu::Ticket ticket, gpu::PendingTimes times) {
  recording_.ticket = ticket;
  recording_.times = std::move(times);
  in_flight_.push_back(std::move(recording_));
  recording_ = {};
}

void Experiment::collect() {
  while (!in_flight_.empty() && device_.reached(in_flight_.front().ticket)) {
    take(in_flight_.front());
    in_flight_.pop_front();
  }
}

void Experiment::take(const Arrival& arrival) {
  take_times(arrival);
  if (arrival.figures) take_figures(arrival);
  if (arrival.inspection) {
    auto inspection = std::make_shared<const codec::Inspection>(arrival.inspection.get());
    if (selected_ == inspected_block(*inspection)) inspection_ = std::move(inspection);
  }
  if (arrival.pixels)
    pixels_ = std::make_shared<const Rgba8Image>(
        picture_from(arrival.pixels.bytes(), reconstruction_->width(), reconstruction_->height()));
}

void Experiment::take_times(const Arrival& arrival) {
  if (!arrival.times || !arrival.times.ready()) return;
  passes_ = arrival.times.times();
  for (const gpu::PassTime& pass : passes_) {
    if (pass.name == pass_search && arrival.advanced) {
      run_.seconds += pass.milliseconds / 1000;
      pacer_.observe(arrival.progress.work, pass.milliseconds);
    }
    if (pass.name == pass_picture) picture_cost_ms_ = pass.milliseconds;
  }
}

void Experiment::take_figures(const Arrival& arrival) {
  has_picture_ = true;
  ++picture_revision_;
  if (!arrival.progress.whole) return;
  const metrics::Figures figures = arrival.figures.get();
  const codec::CodecFigures from_codec = arrival.codec_figures.get();
  run_.figures = figures;
  run_.psnr_relaxed_db = from_codec.psnr_relaxed_db;
  if (!run_.first_figures) {
    run_.first_figures = figures;
    run_.first_psnr_relaxed_db = from_codec.psnr_relaxed_db;
  }
  run_.loss = from_codec.loss;
  run_.learning_rate = from_codec.learning_rate;
  run_.health = from_codec.health;
  run_.history.push_back({arrival.progress.step, run_.seconds, figures.psnr_rgb_db, from_codec.loss, from_codec.learning_rate});
}

}  // namespace txs::session
