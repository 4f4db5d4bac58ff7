#include "session/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "core/log.h"
#include "session/run_label.h"
#include "session/sheet_legend.h"

namespace txs::session {

using Kind = ExportRequest::Kind;

namespace {
/// How pictures are looked at, where a title should say it: ", +1.0 EV, Filmic".
std::string look_text(const Session::SheetSettings& settings, bool light) {
  std::string text;
  if (settings.exposure_stops != 0) text += fmt::format(", {:+.1f} EV", settings.exposure_stops);
  if (light) text += ", " + std::string(tone_curve_name(settings.tone_curve));
  return text;
}

bool shows_picture(const Experiment* experiment) {
  return experiment != nullptr && experiment->failure().empty() && experiment->reconstruction() != nullptr;
}

/// Of two results on one sheet: "B: bc1-slow, 36.68 dB, 4.000 bpp".
std::string result_title(const char* name, const RunRecord& run) {
  return fmt::format("{}: {}, {:.2f} dB, {:.3f} bpp", name, run_label(run), run.figures ? run.figures->psnr_db : 0,
                     run.bits_per_pixel);
}
/// A level has the parameters of level 0, and as many steps where that has not come to its end.
MipRequest mip_request(const Experiment& experiment, const ExportJob& job) {
  const codec::Progress& progress = job.run.progress;
  return {experiment.source(),  job.run.kind,     job.run.parameters,
          job.run.seed,         *job.request.mips, progress.done ? UINT64_MAX : progress.step};
}

bool encodes(const std::shared_ptr<ExportJob>& job) { return job->levels && !job->levels->finished(); }
}  // namespace

Exports::Exports(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : device_(device), comparison_(comparison), worker_(worker), panels_(device) {}

bool Exports::busy() const { return !waiting_.empty() || !reading_.empty() || at_worker_ > 0; }

std::string Exports::activity() const {
  if (!busy()) return {};
  if (!waiting_.empty()) return std::string(activity_of(waiting_.front().kind));
  if (encoding_levels()) return "encoding mip levels";
  if (!reading_.empty()) return std::string(activity_of(reading_.front()->request.kind));
  return "saving";
}

void Exports::write_curves(ExportRequest request) {
  auto job = std::make_shared<ExportJob>();
  job->curves = request.curves();
  job->request = std::move(request);
  to_worker(std::move(job));
}

// --- recording

void Exports::record(gpu::Recorder& recorder, const Sides& sides, const SourceInfo& source) {
  if (waiting_.empty() || !panels_.ready()) return;
  recorder.begin_pass("export");
  for (Experiment* experiment : {sides.a, sides.b})
    if (shows_picture(experiment)) experiment->record_reconstruction(recorder);
  while (!waiting_.empty()) {
    auto job = std::make_shared<ExportJob>();
    job->request = std::move(waiting_.front());
    waiting_.pop_front();
    job->run = sides.of(job->request.slot).run();
    job->provenance = provenance_of(job->run, device_, job->run.progress.step);
    job->source = source;
    job->device = device_.info().name;
    if (!job->run.artifact_name.empty()) job->request.mips.reset();  // a file's levels are kept as they are
    std::string problem = refusal(job->request, *job->run.kind);
    if (!problem.empty()) {
      ++at_worker_;
      finished(std::move(job), std::move(problem));
      continue;
    }
    record_job(recorder, sides, *job);
    reading_.push_back(std::move(job));
  }
  recorder.end_pass();
}

void Exports::record_job(gpu::Recorder& recorder, const Sides& sides, ExportJob& job) {
  Experiment& experiment = sides.of(job.request.slot);
  const gpu::Texture& decoded = *experiment.reconstruction();
  switch (job.request.kind) {
    case Kind::artifact:
      job.encoded = experiment.encode().artifact(recorder);
      if (job.request.mips) job.levels = std::make_unique<MipExport>(device_, worker_, mip_request(experiment, job));
      break;
    case Kind::latents:
    case Kind::import: job.encoded = experiment.encode().artifact(recorder); break;
    case Kind::checkpoint:
      job.encoded = experiment.encode().artifact(recorder, codec::Encode::Keep::result_and_training);
      break;
    case Kind::decoded: job.pictures.push_back({"", recorder.read(decoded), decoded.width(), decoded.height()}); break;
    case Kind::sheet: record_sheet(recorder, sides, job); [[fallthrough]];
    case Kind::report:
    case Kind::measure:
      job.figures = comparison_.record(recorder, experiment.original(), decoded, true, experiment.measure());
      job.codec_figures = experiment.encode().figures(recorder);
      if (job.request.kind != Kind::measure && shows_picture(sides.a) && shows_picture(sides.b))
        record_other(recorder, &experiment == sides.a ? *sides.b : *sides.a, sides, job);
      break;
    case Kind::curves: job.curves = job.request.curves(); break;
  }
}

void Exports::record_other(gpu::Recorder& recorder, Experiment& experiment, const Sides& sides, ExportJob& job) {
  job.other.emplace();
  job.other->run = experiment.run();
  job.other->between = sides.between;
  job.other->figures = comparison_.record(recorder, experiment.original(), *experiment.reconstruction(), true,
                                          experiment.measure());
  job.other->codec_figures = experiment.encode().figures(recorder);
}

void Exports::record_sheet(gpu::Recorder& recorder, const Sides& sides, ExportJob& job) {
  Experiment& experiment = sides.of(job.request.slot);
  const bool both = shows_picture(sides.a) && shows_picture(sides.b);
  const Session::SheetSettings& settings = job.request.sheet;
  const auto add = [&](const std::string& title, const display::Panel& panel, artifact::SheetLegend legend = {}) {
    auto texture = std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, job.source.texture->width(),
                                                  job.source.texture->height(), "sheet panel");
    panels_.render(recorder, panel, *texture);
    job.pictures.push_back({title, recorder.read(*texture), texture->width(), texture->height(), std::move(legend)});
    job.panels.push_back(std::move(texture));
  };
  display::Panel panel;
  panel.pixel_grid = false;
  panel.a = &experiment.original();
  panel.b = experiment.reconstruction();
  panel.error_scale = settings.error_scale;
  panel.exposure = job.source.exposure;
  panel.exposure_stops = settings.exposure_stops;
  panel.tone_curve = settings.tone_curve;
  const std::string look = look_text(settings, experiment.run().kind->hdr);
  add("Original" + look, panel);

  const auto add_reconstruction = [&](const Experiment& shown, const std::string& title) {
    display::Panel reconstruction = panel;
    reconstruction.a = shown.reconstruction();
    add(title + look, reconstruction);
  };
  if (both) {
    add_reconstruction(*sides.a, result_title("A", sides.a->run()));
    add_reconstruction(*sides.b, result_title("B", sides.b->run()));
  } else {
    add_reconstruction(experiment, "Reconstruction");
  }

  const std::vector<codec::View>& views = experiment.views();
  auto view = settings.view.empty() ? views.begin() : std::ranges::find(views, settings.view, &codec::View::id);
  if (view != views.end()) {
    experiment.encode().fill_view(recorder, view->id);
    display::Panel shown = panel;
    shown.content = display::Content::view;
    shown.view = *view;
    shown.features = display::fitted(settings.features, view->channels);
    const char* whose = !both ? "" : &experiment == sides.a ? ", A" : ", B";
    add(view->title + whose, shown, view_legend(*view, shown.features));
  }

  const auto add_error = [&](const Experiment& shown, const std::string& title) {
    display::Panel error = panel;
    error.content = display::Content::error;
    error.a = &shown.original();
    error.b = shown.reconstruction();
    error.compared_channels = shown.run().kind->channels;
    add(error_title(shown.measure()) + title, error, error_legend(error.error_scale, shown.measure()));
  };
  add_error(both ? *sides.a : experiment, both ? ", A" : "");
  if (both) add_error(*sides.b, ", B");
}

// --- mip levels

bool Exports::encoding_levels() const { return std::ranges::any_of(reading_, encodes); }

std::optional<gpu::Ticket> Exports::encode_levels(double milliseconds, codec::Budget::Pace pace) {
  const auto found = std::ranges::find_if(reading_, encodes);
  if (found == reading_.end()) return {};
  try {
    return (*found)->levels->update(milliseconds, pace);
  } catch (const std::exception& error) {
    std::shared_ptr<ExportJob> job = std::move(*found);
    reading_.erase(found);
    ++at_worker_;
    finished(job, job->request.path.string() + ": not saved, its mip levels cannot be encoded: " + error.what());
    return {};
  }
}

// --- answers

void Exports::swap_sides() {
  for (ExportRequest& request : waiting_) request.slot = request.slot == Slot::a ? Slot::b : Slot::a;
}

void Exports::fail_waiting(Slot slot, const std::string& why) {
  std::deque<ExportRequest> hopeless;
  for (ExportRequest& request : std::exchange(waiting_, {}))
    (request.slot == slot ? hopeless : waiting_).push_back(std::move(request));
  for (const ExportRequest& request : hopeless) {
    const std::string problem = request.path.string() + ": not saved, " + why;
    say(Severity::error, problem);
    if (request.done) request.done(problem);
  }
}

void Exports::to_worker(std::shared_ptr<ExportJob> job) {
  ++at_worker_;
  worker_.run([this, job = std::move(job)] {
    std::string problem;
    try {
      job->write();
    } catch (const std::exception& error) {
      problem = error.what();
    }
    finished(job, std::move(problem));
  });
}

void Exports::finished(std::shared_ptr<ExportJob> job, std::string problem) {
  const std::scoped_lock lock(finished_mutex_);
  finished_.emplace_back(std::move(job), std::move(problem));
}

void Exports::collect() {
  while (!reading_.empty() && reading_.front()->ready()) {
    std::shared_ptr<ExportJob> job = std::move(reading_.front());
    reading_.erase(reading_.begin());
    job->panels.clear();
    to_worker(std::move(job));
  }
  std::vector<std::pair<std::shared_ptr<ExportJob>, std::string>> done;
  {
    const std::scoped_lock lock(finished_mutex_);
    done.swap(finished_);
  }
  for (auto& [job, problem] : done) {
    --at_worker_;
    answer(*job, problem);
  }
}

void Exports::answer(ExportJob& job, const std::string& problem) {
  const ExportRequest& request = job.request;
  if (!problem.empty())
    say(Severity::error, problem);
  else if (request.kind == Kind::import)
    say(Severity::note, "took latents from " + request.path.string());
  else if (request.kind != Kind::measure)
    say(Severity::note, "saved " + std::string(activity_of(request.kind).substr(7)) + " " + request.path.string());
  if (problem.empty() && request.take) request.take(job.record);
  if (problem.empty() && request.take_encoded) request.take_encoded(std::move(*job.imported), job.run.id);
  if (request.done) request.done(problem);
}

}  // namespace txs::session
