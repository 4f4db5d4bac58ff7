#include "session/exports.h"

#include <exception>
#include <utility>

#include "artifact/container.h"
#include "artifact/sheet.h"
#include "core/files.h"
#include "core/log.h"
#include "core/version.h"
#include "image/save.h"
#include "session/pixels.h"
#include "session/sheet_legend.h"

namespace txs::session {
namespace {
std::string_view noun(Exports::Kind kind) {
  switch (kind) {
    case Exports::Kind::artifact: return "artifact";
    case Exports::Kind::checkpoint: return "checkpoint";
    case Exports::Kind::latents: return "latents";
    case Exports::Kind::decoded: return "decoded picture";
    case Exports::Kind::sheet: return "sheet";
    case Exports::Kind::report: return "report";
    case Exports::Kind::measure: return "measurement";
  }
  return "";
}

/// A texture on its way to the host.
struct PendingPicture {
  std::string title;
  gpu::PendingRead read;
  std::uint32_t width = 0, height = 0;
  artifact::SheetLegend legend = {};

  Rgba8Image get() const { return picture_from(read.bytes(), width, height); }
};
}  // namespace

artifact::ResultRecord result_record(const RunRecord& run, const SourceInfo& source, const std::string& device,
                                     const metrics::Figures& figures, const codec::CodecFigures& from_codec) {
  artifact::ResultRecord record;
  record.image_path = source.path.string();
  record.width = source.width;
  record.height = source.height;
  record.channels = source.channels;
  record.codec = run.kind->id;
  record.artifact = run.artifact_name;
  record.preset = run.artifact_name.empty() ? run.preset : run.provenance.preset;
  record.parameters = run.artifact_name.empty() ? run.parameters.texts() : run.provenance.parameters;
  record.seed = run.seed;
  record.device = device;
  record.steps = run.progress.step;
  record.seconds = run.seconds;
  record.parts = run.parts;
  record.figures = figures;
  record.psnr_relaxed_db = from_codec.psnr_relaxed_db;
  record.history = run.history;
  return record;
}

/// One export between its recording and its file.
struct Exports::Job {
  Request request;
  RunRecord run;
  SourceInfo source;
  std::string device;
  metrics::PendingFigures figures;
  codec::Pending<codec::CodecFigures> codec_figures;
  codec::Pending<codec::Encoded> encoded;
  std::vector<PendingPicture> pictures;
  std::vector<std::unique_ptr<gpu::Texture>> panels;  ///< kept until read
  artifact::ResultRecord record;

  bool ready() const {
    if (figures && !figures.ready()) return false;
    if (codec_figures && !codec_figures.ready()) return false;
    if (encoded && !encoded.ready()) return false;
    for (const PendingPicture& picture : pictures)
      if (!picture.read.ready()) return false;
    return true;
  }

  /// On the worker.
  void write() {
    if (figures) record = result_record(run, source, device, figures.get(), codec_figures.get());
    switch (request.kind) {
      case Kind::artifact:
      case Kind::checkpoint: return write_artifact();
      case Kind::latents: return;
      case Kind::decoded: return save_png(request.path, pictures.front().get());
      case Kind::sheet: return write_sheet();
      case Kind::report: return write_file(request.path, artifact::report_json(record));
      case Kind::measure: return;
    }
  }

 private:
  void write_artifact() const {
    codec::Encoded artifact = encoded.get();
    if (run.artifact_name.empty())
      codec::provenance(artifact) = {std::string(run.kind->id), run.preset, version, device, run.parameters.texts(), run.seed,
                          run.progress.step};
    artifact::save_container(request.path, artifact);
  }

  void write_sheet() const {
    std::vector<artifact::SheetPanel> sheet;
    for (const PendingPicture& picture : pictures) sheet.push_back({picture.title, picture.get(), picture.legend});
    save_png(request.path, artifact::compose_sheet(sheet, record));
  }
};

Exports::Exports(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : device_(device), comparison_(comparison), worker_(worker), panels_(device) {}

bool Exports::busy() const { return !waiting_.empty() || !reading_.empty() || at_worker_ > 0; }

std::string Exports::activity() const {
  if (!busy()) return {};
  if (!waiting_.empty()) return "saving " + std::string(noun(waiting_.front().kind));
  if (!reading_.empty()) return "saving " + std::string(noun(reading_.front()->request.kind));
  return "saving";
}

void Exports::record(gpu::Recorder& recorder, Experiment& experiment, const SourceInfo& source) {
  if (waiting_.empty() || !panels_.ready()) return;
  recorder.begin_pass("export");
  experiment.record_picture(recorder);
  const gpu::Texture& decoded = *experiment.reconstruction();
  while (!waiting_.empty()) {
    auto job = std::make_shared<Job>();
    job->request = std::move(waiting_.front());
    waiting_.pop_front();
    job->run = experiment.run();
    job->source = source;
    job->device = device_.info().name;
    const Kind kind = job->request.kind;
    if (kind == Kind::artifact) job->encoded = experiment.encode().artifact(recorder);
    if (kind == Kind::checkpoint)
      job->encoded = experiment.encode().artifact(recorder, codec::Encode::Keep::result_and_training);
    if (kind == Kind::decoded)
      job->pictures.push_back({"", recorder.read(decoded), decoded.width(), decoded.height()});
    if (kind == Kind::sheet) record_sheet(recorder, experiment, source, *job);
    if (kind == Kind::sheet || kind == Kind::report || kind == Kind::measure) {
      job->figures = comparison_.record(recorder, *source.texture, decoded, true);
      job->codec_figures = experiment.encode().figures(recorder);
    }
    reading_.push_back(std::move(job));
  }
  recorder.end_pass();
}

void Exports::record_sheet(gpu::Recorder& recorder, Experiment& experiment, const SourceInfo& source, Job& job) {
  const auto add = [&](const std::string& title, const display::Panel& panel, artifact::SheetLegend legend = {}) {
    auto texture = std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, source.texture->width(),
                                                  source.texture->height(), "sheet panel");
    panels_.render(recorder, panel, *texture);
    job.pictures.push_back({title, recorder.read(*texture), texture->width(), texture->height(), std::move(legend)});
    job.panels.push_back(std::move(texture));
  };
  display::Panel panel;
  panel.pixel_grid = false;
  panel.a = source.texture;
  panel.b = experiment.reconstruction();
  panel.error_scale = job.request.sheet.error_scale;
  add("Original", panel);

  display::Panel reconstruction = panel;
  reconstruction.a = experiment.reconstruction();
  add("Reconstruction", reconstruction);

  for (const codec::View& view : experiment.views()) {
    if (!job.request.sheet.view.empty() && view.id != job.request.sheet.view) continue;
    display::Panel shown = panel;
    shown.content = display::Content::view;
    shown.view = view;
    add(view.title, shown, view_legend(view));
    break;
  }

  panel.content = display::Content::error;
  add("Error, largest channel difference", panel, error_legend(panel.error_scale));
}

void Exports::fail_waiting(const std::string& why) {
  while (!waiting_.empty()) {
    Request request = std::move(waiting_.front());
    waiting_.pop_front();
    const std::string problem = request.path.string() + ": not saved, " + why;
    say(Severity::error, problem);
    if (request.done) request.done(problem);
  }
}

void Exports::collect() {
  while (!reading_.empty() && reading_.front()->ready()) {
    std::shared_ptr<Job> job = std::move(reading_.front());
    reading_.erase(reading_.begin());
    job->panels.clear();
    ++at_worker_;
    worker_.run([this, job] {
      std::string problem;
      try {
        job->write();
      } catch (const std::exception& error) {
        problem = error.what();
      }
      finished(job, std::move(problem));
    });
  }

  std::vector<std::pair<std::shared_ptr<Job>, std::string>> done;
  {
    const std::scoped_lock lock(finished_mutex_);
    done.swap(finished_);
  }
  for (auto& [job, problem] : done) {
    --at_worker_;
    const Request& request = job->request;
    if (!problem.empty())
      say(Severity::error, problem);
    else if (request.kind != Kind::measure)
      say(Severity::note, "saved " + std::string(noun(request.kind)) + " " + request.path.string());
    if (request.take && problem.empty()) request.take(job->record);
    if (request.done) request.done(problem);
  }
}

void Exports::finished(std::shared_ptr<Job> job, std::string problem) {
  const std::scoped_lock lock(finished_mutex_);
  finished_.emplace_back(std::move(job), std::move(problem));
}

}  // namespace txs::session
