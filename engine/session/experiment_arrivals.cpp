// What an experiment makes of what comes back from the GPU.
#include <algorithm>
#include <filesystem>
#include <numeric>
#include <utility>

#include "artifact/container.h"
#include "artifact/network_file.h"
#include "session/experiment.h"
#include "session/pixels.h"

namespace txs::session {
namespace {
// More than a plot has pixels; beyond it every second point goes, the older ones first to thin out.
constexpr std::size_t most_points = 4096;

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

std::string divergence(const codec::Health& health, std::uint64_t step) {
  const bool weights = health.bad_parameters > 0;
  return "training diverged at step " + std::to_string(step) + ": " +
         std::to_string(weights ? health.bad_parameters : health.bad_gradients) + (weights ? " weights" : " gradients") +
         " are not finite; lower the learning rate";
}

void append(std::vector<artifact::HistoryPoint>& history, const artifact::HistoryPoint& point) {
  // Measured again without a step in between, for another quantisation.
  if (!history.empty() && history.back().step == point.step && history.back().seconds == point.seconds)
    history.pop_back();
  if (history.size() >= most_points) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < history.size(); i += 2) history[kept++] = history[i];
    history.resize(kept);
  }
  history.push_back(point);
}
}  // namespace

void Experiment::collect() {
  retired_ = {};
  while (!in_flight_.empty() && device_.reached(in_flight_.front().ticket)) {
    take(in_flight_.front());
    in_flight_.pop_front();
  }
  coding_.collect();
  map_counts_.collect();
  run_.coded = coding_.result();
}

void Experiment::take(Arrival& arrival) {
  take_times(arrival);
  if (arrival.begins_picture) drawn_seconds_ = run_.seconds;
  if (!failure_.empty()) return;  // what was recorded after it is no better
  if (arrival.codec_figures && !take_health(arrival)) return;
  if (arrival.ends_pass) show_spare();
  if (arrival.figures) take_picture(arrival);
  if (arrival.view) {
    views_drawn_ = views_drawn_ || arrival.progress.whole;
    picture_revision_ = next_revision();
  }
  if (arrival.inspection) {
    auto inspection = std::make_shared<const codec::Inspection>(arrival.inspection.get());
    if (selected_block() == inspected_block(*inspection)) inspection_ = std::move(inspection);
  }
  if (arrival.pixels) take_pixels(arrival.pixels.bytes());
}

void Experiment::take_pixels(std::span<const std::byte> texels) {
  const std::uint32_t width = reconstruction_->width(), height = reconstruction_->height();
  if (run_.kind->hdr)
    light_pixels_ = std::make_shared<const Rgba16fImage>(light_from(texels, width, height));
  else
    pixels_ = std::make_shared<const Rgba8Image>(picture_from(texels, width, height));
}

void Experiment::take_times(const Arrival& arrival) {
  if (arrival.advanced)
    step_rate_.observe(arrival.progress.step, Clock::now());
  else
    step_rate_.interrupt();
  run_.steps_per_second = step_rate_.per_second();
  if (!arrival.times || !arrival.times.ready()) return;
  passes_ = arrival.times.times();
  for (const gpu::PassTime& pass : passes_) {
    if (pass.name == pass_search && arrival.advanced) {
      run_.seconds += pass.milliseconds / 1000;
      pacer_.observe(arrival.progress.work, pass.milliseconds);
    }
    if (pass.name == pass_picture) picture_milliseconds_ += pass.milliseconds;
  }
  if (arrival.figures) picture_pace_.cost(std::exchange(picture_milliseconds_, 0.0));
}

/// What the codec says of the state that is drawn, before any of it is shown; false if there is nothing to be shown.
bool Experiment::take_health(const Arrival& arrival) {
  drawn_figures_ = arrival.codec_figures.get();
  const auto& health = drawn_figures_.health;
  if (!health) return true;
  run_.health = health;
  if (health->bad()) failure_ = divergence(*health, drawn_.step);
  return !health->bad();
}

void Experiment::show_spare() {
  if (spare_) std::swap(reconstruction_, spare_);
  has_picture_ = true;
  picture_revision_ = next_revision();
}

void Experiment::take_picture(const Arrival& arrival) {
  show_spare();
  pixels_stale_ = true;
  if (!arrival.shown.whole) return;
  take_figures(arrival);
  if (!trains()) count_file();  // what a file says of its steps has a length
  if (arrival.artifact) take_artifact(arrival.artifact.get(), arrival.progress.step);
}

void Experiment::take_figures(const Arrival& arrival) {
  run_.figures = arrival.figures.get();
  run_.psnr_relaxed_db = drawn_figures_.psnr_relaxed_db;
  run_.loss = drawn_figures_.loss;
  run_.learning_rate = drawn_figures_.learning_rate;
  if (!run_.first_figures) {
    run_.first_figures = run_.figures;
    run_.first_psnr_relaxed_db = drawn_figures_.psnr_relaxed_db;
  }
  append(run_.history, {arrival.shown.step, drawn_seconds_, run_.figures->psnr_db, drawn_figures_.loss,
                        drawn_figures_.learning_rate, drawn_figures_.hamming});
}

/// The bytes that saving it now would write, first as if its grids were not to be coded.
void Experiment::take_artifact(codec::Encoded&& encoded, std::uint64_t step) {
  auto network = std::make_shared<codec::EncodedNetwork>(std::get<codec::EncodedNetwork>(std::move(encoded)));
  network->provenance = provenance_of(run_, device_, step);
  const codec::Stage2 wanted = std::exchange(network->stage2, codec::Stage2::none);
  take_parts(artifact::network_parts(*network));
  network->stage2 = wanted;
  coding_.offer(std::move(network), step);
}

namespace {

/// The file of blocks that is wanted, or that a shown file is; else the first that the codec has, with room for levels.
std::string_view container_of(const codec::CodecKind& kind, const std::string& wanted, bool levels) {
  const auto endings = artifact::container_endings(kind.formats);
  const auto found = std::ranges::find(endings, std::string_view(wanted));
  if (found != endings.end()) return *found;
  const auto first = std::ranges::find_if(endings, [&](std::string_view ending) { return !levels || artifact::holds_levels(ending); });
  return first != endings.end() ? *first : endings.front();
}

/// One of those with blocks of this size: they differ in nothing that a file's size depends on.
codec::TextureFormat format_of(const codec::CodecKind& kind, const codec::BlockSize& block) {
  return *std::ranges::find_if(kind.formats, [&](codec::TextureFormat format) {
    return codec::BlockSize{codec::traits(format).block_width, codec::traits(format).block_height} == block;
  });
}

}  // namespace

/// What saving the blocks now would write.
void Experiment::count_file() {
  const bool from_file = !run_.artifact_name.empty();
  const bool levels = from_file ? file_levels_ > 1 : kept_as_.mips.has_value();
  const std::string ending = from_file ? std::filesystem::path(run_.artifact_name).extension().string() : kept_as_.container;
  run_.container = container_of(*run_.kind, ending, levels);
  shape_.format = format_of(*run_.kind, run_.block);
  shape_.width = source_.texture->width();
  shape_.height = source_.texture->height();
  shape_.provenance = provenance_of(run_, device_, run_.progress.step);

  std::vector<codec::BitPart> parts = encode_->bits();
  parts.push_back({std::string(artifact::header_name(run_.container)), artifact::header_bytes(run_.container, shape_) * 8});
  take_parts(std::move(parts));
  run_.mips.reset();
  if (!levels) return;
  const std::uint32_t count = from_file ? file_levels_ : codec::full_level_count(shape_.width, shape_.height);
  const std::string filter = from_file ? "" : *kept_as_.mips == MipFilter::box ? "box" : "kaiser";
  run_.mips = {filter, int(count), artifact::file_bytes(run_.container, shape_, count)};
}

void Experiment::take_parts(std::vector<codec::BitPart> parts) {
  run_.parts = std::move(parts);
  run_.artifact_bytes = (total_bits(run_.parts) + 7) / 8;
  const double pixels = static_cast<double>(source_.texture->width()) * source_.texture->height();
  run_.bits_per_pixel = static_cast<double>(run_.artifact_bytes) * 8 / pixels;
  const double raw = pixels * artifact::raw_bytes_per_texel(measure(), source_.alpha == Alpha::none ? 3 : 4);
  run_.compression_ratio = run_.artifact_bytes == 0 ? 0 : raw / static_cast<double>(run_.artifact_bytes);
}

}  // namespace txs::session
