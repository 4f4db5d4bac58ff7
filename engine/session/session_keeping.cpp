// Saving what the session holds, and taking latents back.
#include <fmt/format.h>

#include <utility>

#include "core/log.h"
#include "session/run_label.h"
#include "session/session_impl.h"

namespace txs::session {
namespace fs = std::filesystem;
namespace {
using Kind = ExportRequest::Kind;

ExportRequest request_for(Kind kind, const fs::path& path, Session::Saved done) {
  ExportRequest request;
  request.kind = kind;
  request.path = path;
  request.done = std::move(done);
  return request;
}
}  // namespace

void Session::Impl::request(ExportRequest request) {
  request.slot = snapshot.focus;
  if (focused().kind->family == codec::Family::block) request.mips = snapshot.mips;
  exports.request(std::move(request));
}

void Session::set_mips(std::optional<MipFilter> filter) {
  impl_->snapshot.mips = filter;
  impl_->say_how_kept();
}

void Session::set_container(std::string_view ending) {
  impl_->container = ending;
  impl_->say_how_kept();
}

void Session::Impl::say_how_kept() {
  for (const auto& each : sides) each->experiment.keep_as({container, snapshot.mips});
}

void Session::save_artifact(const fs::path& path, Saved done) {
  impl_->request(request_for(Kind::artifact, path, std::move(done)));
}

void Session::save_checkpoint(const fs::path& path, Saved done) {
  impl_->request(request_for(Kind::checkpoint, path, std::move(done)));
}

void Session::save_latents(const fs::path& path, Saved done) {
  impl_->request(request_for(Kind::latents, path, std::move(done)));
}

void Session::import_latents(const fs::path& path, Saved done) {
  ExportRequest request = request_for(Kind::import, path, std::move(done));
  request.take_encoded = [impl = impl_.get(), path](codec::Encoded&& encoded, std::uint64_t of_run) {
    for (const auto& side : impl->used()) {
      if (side->experiment.run().id != of_run) continue;
      impl->keep_run(*side);
      return impl->adopt(*side, std::move(encoded), path.filename().string());
    }
    say(Severity::warning, path.string() + ": not shown, another run has begun since");
  };
  impl_->request(std::move(request));
}

void Session::save_decoded(const fs::path& path, Saved done) {
  impl_->request(request_for(Kind::decoded, path, std::move(done)));
}

void Session::save_sheet(const fs::path& path, const SheetSettings& settings, Saved done) {
  ExportRequest request = request_for(Kind::sheet, path, std::move(done));
  request.sheet = settings;
  impl_->request(std::move(request));
}

void Session::save_report(const fs::path& path, Saved done) {
  impl_->request(request_for(Kind::report, path, std::move(done)));
}

void Session::measure(std::function<void(const artifact::ResultRecord&)> take) {
  ExportRequest request = request_for(Kind::measure, {}, {});
  request.take = std::move(take);
  impl_->request(std::move(request));
}

void Session::save_curves(const fs::path& path, Saved done) {
  ExportRequest request = request_for(Kind::curves, path, std::move(done));
  request.curves = [impl = impl_.get()] {
    std::vector<artifact::Curve> curves;
    const auto add = [&](const RunRecord& run) {
      if (!run.history.empty()) curves.push_back({fmt::format("#{} {}", run.id, run_label(run)), run.history, measure_of(run)});
    };
    for (const RunRecord& run : impl->snapshot.runs) add(run);
    for (const auto& side : impl->used()) add(side->experiment.run());
    return curves;
  };
  const Experiment& experiment = impl_->focused().experiment;
  const bool goes_on = experiment.exists() && experiment.failure().empty();
  if (goes_on)
    impl_->request(std::move(request));  // the newest step is measured first
  else
    impl_->exports.write_curves(std::move(request));
}

bool Session::saving() const { return impl_->exports.busy(); }

}  // namespace txs::session
