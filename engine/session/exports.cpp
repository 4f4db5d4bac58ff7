#include "session/exports.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "core/log.h"
#include "session/sheet_legend.h"

namespace txs::session {

using Kind = ExportRequest::Kind;

Exports::Exports(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : device_(device), comparison_(comparison), worker_(worker), panels_(device) {}

bool Exports::busy() const { return !waiting_.empty() || !reading_.empty() || at_worker_ > 0; }

std::string Exports::activity() const {
  if (!busy()) return {};
  if (!waiting_.empty()) return std::string(activity_of(waiting_.front().kind));
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

void Exports::record(gpu::Recorder& recorder, Experiment& experiment, const SourceInfo& source) {
  if (waiting_.empty() || !panels_.ready()) return;
  recorder.begin_pass("export");
  experiment.record_reconstruction(recorder);
  while (!waiting_.empty()) {
    auto job = std::make_shared<ExportJob>();
    job->request = std::move(waiting_.front());
    waiting_.pop_front();
    job->run = experiment.run();
    job->provenance = provenance_of(job->run, device_, job->run.progress.step);
    job->source = source;
    job->device = device_.info().name;
    std::string problem = refusal(job->request, *job->run.kind);
    if (!problem.empty()) {
      ++at_worker_;
      finished(std::move(job), std::move(problem));
      continue;
    }
    record_job(recorder, experiment, *job);
    reading_.push_back(std::move(job));
  }
  recorder.end_pass();
}

void Exports::record_job(gpu::Recorder& recorder, Experiment& experiment, ExportJob& job) {
  const gpu::Texture& decoded = *experiment.reconstruction();
  switch (job.request.kind) {
    case Kind::artifact:
    case Kind::latents:
    case Kind::import: job.encoded = experiment.encode().artifact(recorder); break;
    case Kind::checkpoint:
      job.encoded = experiment.encode().artifact(recorder, codec::Encode::Keep::result_and_training);
      break;
    case Kind::decoded: job.pictures.push_back({"", recorder.read(decoded), decoded.width(), decoded.height()}); break;
    case Kind::sheet: record_sheet(recorder, experiment, job); [[fallthrough]];
    case Kind::report:
    case Kind::measure:
      job.figures = comparison_.record(recorder, *job.source.texture, decoded, true);
      job.codec_figures = experiment.encode().figures(recorder);
      break;
    case Kind::curves: job.curves = job.request.curves(); break;
  }
}

void Exports::record_sheet(gpu::Recorder& recorder, Experiment& experiment, ExportJob& job) {
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
  panel.a = job.source.texture;
  panel.b = experiment.reconstruction();
  panel.error_scale = settings.error_scale;
  add("Original", panel);

  display::Panel reconstruction = panel;
  reconstruction.a = experiment.reconstruction();
  add("Reconstruction", reconstruction);

  const std::vector<codec::View>& views = experiment.views();
  auto view = settings.view.empty() ? views.begin() : std::ranges::find(views, settings.view, &codec::View::id);
  if (view != views.end()) {
    experiment.encode().fill_view(recorder, view->id);
    display::Panel shown = panel;
    shown.content = display::Content::view;
    shown.view = *view;
    shown.features = display::fitted(settings.features, view->channels);
    add(view->title, shown, view_legend(*view, shown.features));
  }

  panel.content = display::Content::error;
  add("Error, largest channel difference", panel, error_legend(panel.error_scale));
}

// --- answers

void Exports::fail_waiting(const std::string& why) {
  while (!waiting_.empty()) {
    ExportRequest request = std::move(waiting_.front());
    waiting_.pop_front();
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
