#include "session/experiment.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "artifact/container.h"
#include "core/version.h"

namespace txs::session {
namespace {
// Two submissions in flight keep the GPU busy while the host prepares the next; more would only add latency.
constexpr std::size_t most_in_flight = 2;
// The cursor's readout may lag: reading a picture back is the one copy to the host that a running search causes.
constexpr auto pixels_interval = std::chrono::milliseconds(250);
constexpr std::size_t most_pixels_while_running = std::size_t(1) << 22;
// A training's first picture is one that shows something: most presets pass 13 dB with so many steps. Slow ones give a sign
// of life before.
constexpr std::uint64_t first_picture_steps = 14;
constexpr double first_picture_seconds = 0.25;
}  // namespace

codec::Provenance provenance_of(const RunRecord& run, const gpu::Device& device, std::uint64_t step) {
  if (!run.artifact_name.empty()) return run.provenance;
  return {std::string(run.kind->id), run.preset, version, device.info().name, run.parameters.texts(), run.seed, step};
}

Experiment::Experiment(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : device_(device), comparison_(comparison), map_counts_(device), coding_(device, comparison, worker) {}

// --- life

void Experiment::stop() {
  if (!retired_.encode) retired_.encode = std::move(encode_);
  encode_.reset();
  views_.clear();  // their textures were the encode's
  views_drawn_ = false;
  in_flight_.clear();
  recording_ = {};
  inspection_.reset();
  failure_.clear();
  coding_.forget();
  map_counts_.forget();
  picture_stale_ = view_stale_ = inspection_stale_ = pixels_stale_ = drawing_ = false;
  picture_milliseconds_ = drawn_seconds_ = 0;
  drawn_figures_ = {};
  run_ = {};
  shape_ = {};
  file_levels_ = 1;
}

void Experiment::clear() {
  stop();
  drop_pictures();
  source_ = {};
  place_.reset();
}

void Experiment::drop_pictures() {
  if (!retired_.reconstruction) retired_.reconstruction = std::move(reconstruction_);
  if (!retired_.spare) retired_.spare = std::move(spare_);
  reconstruction_.reset();
  spare_.reset();
  pixels_.reset();
  light_pixels_.reset();
  has_picture_ = false;
}

std::uint64_t Experiment::next_revision() {
  static std::uint64_t newest = 0;
  return ++newest;
}

void Experiment::begin(LoadedFile& file, const codec::CodecKind& kind, std::uint64_t id) {
  const bool same_source = file.source.texture == source_.texture, same_codec = run_.kind == &kind;
  const auto format = kind.hdr ? gpu::Format::rgba16f : gpu::Format::rgba8;
  const bool same_format = !reconstruction_ || reconstruction_->format() == format;
  if (kind.hdr) ensure_light(device_, file);
  stop();
  source_ = file.source;
  if (!same_source || !same_format || !same_codec) drop_pictures();  // a restart's picture stays until its next
  if (!same_source) {
    place_.reset();
    picture_pace_ = {};
  }
  run_.id = id;
  run_.source_name = file.info.name;
  run_.kind = &kind;
  run_.parameters = codec::Parameters(kind.parameters);
  pacer_ = {};
  step_rate_ = {};
}

void Experiment::began() {
  const auto make_picture = [&](const char* name) {
    return std::make_unique<gpu::Texture>(device_, original().format(), original().width(), original().height(), name);
  };
  if (!reconstruction_) reconstruction_ = make_picture("reconstruction");
  if (trains() && !spare_) spare_ = make_picture("next reconstruction");
  if (!trains()) spare_.reset();
  views_ = encode_->views();
  run_.block = encode_->block_size();
  run_.progress = encode_->progress();
  if (!trains()) count_file();
  picture_stale_ = run_.progress.done || (trains() && run_.progress.whole);
  inspection_stale_ = place_.has_value();
}

void Experiment::start(LoadedFile& file, const codec::CodecKind& kind, const std::string& preset,
                       const codec::Parameters& parameters, std::uint64_t seed, std::uint64_t id) {
  try {
    begin(file, kind, id);
    run_.preset = preset;
    run_.parameters = parameters;
    run_.seed = seed;
    shape_.opaque = source_.alpha == Alpha::none;
    encode_ = kind.start(device_, source_, parameters, seed);
    began();
  } catch (const std::exception& error) {
    encode_.reset();
    failure_ = error.what();
  }
}

void Experiment::adopt(LoadedFile& source, const codec::CodecKind& kind, const Adopted& adopted, std::uint64_t id) {
  try {
    begin(source, kind, id);
    const auto* network = std::get_if<codec::EncodedNetwork>(&adopted.encoded);
    const bool goes_on = network != nullptr && network->training.has_value();
    (goes_on ? run_.resumed_from : run_.artifact_name) = adopted.name;
    run_.provenance = codec::provenance(adopted.encoded);
    run_.seed = run_.provenance.seed;
    run_.parameters = adopted.parameters;
    run_.preset = adopted.preset;
    if (const auto* texture = std::get_if<codec::EncodedTexture>(&adopted.encoded)) {
      shape_.opaque = texture->opaque;
      file_levels_ = codec::level_count(*texture);
    }
    encode_ = kind.adopt(device_, source_, adopted.encoded);
    began();
  } catch (const std::exception& error) {
    encode_.reset();
    failure_ = error.what();
  }
}

void Experiment::set_live(const codec::Parameters& parameters, const std::string& preset) {
  for (const codec::Parameter& parameter : parameters.declared())
    if (!run_.artifact_name.empty() && parameters.number(parameter.key) != run_.parameters.number(parameter.key))
      run_.provenance.parameters[std::string(parameter.key)] = parameters.text(parameter.key);
  run_.parameters = parameters;
  run_.preset = preset;
  if (!encode_) return;
  encode_->set_live(parameters);
  run_.progress = encode_->progress();
  picture_stale_ = picture_stale_ || !run_.history.empty();  // how it is quantised or coded may have changed
  inspection_stale_ = place_.has_value();
}

void Experiment::keep_as(const KeptAs& kept) {
  kept_as_ = kept;
  if (encode_ && !trains()) count_file();
}

void Experiment::show_view(std::string_view id) {
  if (id == view_) return;
  view_ = id;
  view_stale_ = has_picture_;
  map_counts_.changed();
}

void Experiment::select(std::optional<Place> place) {
  const auto before = selected_block();
  place_ = place;
  if (selected_block() == before) return;
  inspection_.reset();
  inspection_stale_ = place.has_value();
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> Experiment::selected_block() const {
  if (!place_ || run_.kind == nullptr) return {};
  return std::pair(place_->x / run_.block.width, place_->y / run_.block.height);
}

bool Experiment::ready() {
  if (!encode_ || !failure_.empty()) return false;
  try {
    return encode_->ready() && comparison_.ready();
  } catch (const std::exception& error) {
    stop();
    failure_ = error.what();
    return false;
  }
}

bool Experiment::settled() const {
  return in_flight_.empty() && !drawing_ && !picture_stale_ && !pixels_stale_ && !coding_.owed();
}

// --- recording

/// Once what was drawn into it has come back, and is shown.
bool Experiment::spare_is_free() const {
  const auto drawn = [](const Arrival& arrival) { return arrival.figures || arrival.ends_pass; };
  return !spare_ || std::ranges::none_of(in_flight_, drawn);
}

/// Whether a state that the picture does not show yet is to be shown now.
bool Experiment::picture_is_due(codec::Budget::Pace pace) const {
  if (!spare_is_free()) return false;
  if (has_picture_ && !run_.progress.whole) return false;  // of a restart: the picture before it stays until then
  if (run_.progress.done) return true;
  if (trains() && run_.history.empty())
    return run_.progress.step >= first_picture_steps || run_.seconds >= first_picture_seconds;
  if (!has_picture_ || run_.history.empty()) return true;
  return picture_pace_.due(pace, Clock::now());
}

bool Experiment::record(gpu::Recorder& recorder, const Session::Frame& frame, bool advance) {
  if (in_flight_.size() >= most_in_flight) return false;
  recording_ = {};
  recording_.recorded_at = Clock::now();
  bool recorded = false;
  const bool at_rest = !advance || run_.progress.done;
  if (!at_rest) {
    record_search(recorder, frame);
    recorded = true;
  }
  recording_.progress = run_.progress;

  const bool wanted_now = at_rest || view_stale_;
  if (!drawing_ && picture_stale_ && (picture_is_due(frame.pace) || (wanted_now && spare_is_free()))) begin_picture();
  if (drawing_ && spare_is_free()) {
    const std::uint32_t parts = encode_->decode_parts();
    const bool at_once = at_rest || frame.pace == codec::Budget::Pace::rush;
    const std::uint32_t now = at_once ? parts : picture_pace_.parts_for(frame.milliseconds, parts, run_.history.empty());
    record_picture(recorder, now);
    recorded = true;
  }
  if (pixels_stale_) recorded |= record_pixels(recorder, at_rest);
  if (drawing_) {  // the rest reads the state, which has to stay as it is until the picture is whole
    recorder.end_pass();
    return recorded;
  }
  if (view_stale_ && !picture_stale_) recorded |= record_view(recorder);
  if (views_drawn_) recorded |= map_counts_.record(recorder, seen_view(), at_rest);
  if (inspection_stale_ && place_) recorded |= record_inspection(recorder);
  if (trains()) recorded |= coding_.record(recorder, *run_.kind, source_, at_rest);
  recorder.end_pass();
  return recorded;
}

void Experiment::record_search(gpu::Recorder& recorder, const Session::Frame& frame) {
  const double milliseconds =
      drawing_ || picture_is_due(frame.pace)
          ? picture_pace_.search_milliseconds(frame.milliseconds, encode_->decode_parts(), run_.history.empty())
          : frame.milliseconds;
  recorder.begin_pass(pass_search);
  const std::uint64_t step = run_.progress.step;
  run_.progress = encode_->advance(recorder, {pacer_.work_for(milliseconds), frame.pace, frame.stop_at_step});
  recording_.advanced = true;
  if (trains() && run_.progress.step == step) return;  // part of a batch changes no weight yet
  picture_stale_ = true;
  inspection_stale_ = place_.has_value();
}

void Experiment::begin_picture() {
  drawing_ = true;
  next_part_ = 0;
  drawn_ = run_.progress;
  recording_.begins_picture = true;
  picture_stale_ = false;
  picture_pace_.recorded(Clock::now());
}

void Experiment::record_picture(gpu::Recorder& recorder, std::uint32_t parts) {
  recorder.begin_pass(pass_picture);
  const std::uint32_t parts_in_all = encode_->decode_parts();
  const bool in_passes = spare_ && parts_in_all % PicturePace::passes == 0 && parts < parts_in_all;
  const std::uint32_t a_pass = in_passes ? parts_in_all / PicturePace::passes : parts_in_all;
  const std::uint32_t end = std::min(next_part_ + parts, (next_part_ / a_pass + 1) * a_pass);
  for (; next_part_ < end; ++next_part_) {
    encode_->decode_part(recorder, picture_target(), next_part_);
    if (next_part_ == 0) recording_.codec_figures = encode_->figures(recorder);  // of the same state, before it goes on
  }
  recording_.ends_pass = end < parts_in_all && end % a_pass == 0;
  if (end == parts_in_all) finish_picture(recorder);
}

void Experiment::finish_picture(gpu::Recorder& recorder) {
  drawing_ = false;
  recording_.shown = drawn_;
  view_stale_ = true;
  record_view(recorder);
  recording_.figures = comparison_.record(recorder, original(), picture_target(), false, measure());
  if (trains()) recording_.artifact = encode_->artifact(recorder);
}

/// Null: none is looked at, or one that this codec does not have.
const codec::View* Experiment::seen_view() const {
  const auto found = std::ranges::find(views_, view_, &codec::View::id);
  return found != views_.end() ? &*found : nullptr;
}

bool Experiment::record_view(gpu::Recorder& recorder) {
  view_stale_ = false;
  if (seen_view() == nullptr) return false;
  encode_->fill_view(recorder, view_);
  map_counts_.changed();
  recording_.view = true;
  return true;
}

bool Experiment::record_pixels(gpu::Recorder& recorder, bool at_rest) {
  const bool small = source_.picture->pixel_count() <= most_pixels_while_running;
  if (!at_rest && !(small && Clock::now() - last_pixels_ >= pixels_interval)) return false;
  recording_.pixels = recorder.read(*reconstruction_);
  pixels_stale_ = false;
  last_pixels_ = Clock::now();
  return true;
}

bool Experiment::record_inspection(gpu::Recorder& recorder) {
  if (std::ranges::any_of(in_flight_, [](const Arrival& arrival) { return bool(arrival.inspection); })) return false;
  recorder.begin_pass("inspect");
  const auto [block_x, block_y] = *selected_block();
  recording_.inspection = encode_->inspect(recorder, block_x, block_y);
  inspection_stale_ = false;
  return true;
}

void Experiment::submitted(gpu::Ticket ticket, gpu::PendingTimes times) {
  recording_.ticket = ticket;
  recording_.times = std::move(times);
  in_flight_.push_back(std::move(recording_));
  recording_ = {};
}

}  // namespace txs::session
