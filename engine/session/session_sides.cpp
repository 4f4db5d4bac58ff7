// The second experiment beside the first.
#include <utility>

#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "session/session_impl.h"

namespace txs::session {
namespace fs = std::filesystem;

void Session::focus(Slot slot) {
  if (slot == Slot::b && !impl_->has_b)
    throw Error(Fault::usage, "there is no experiment B; give it a preset or a file first");
  impl_->snapshot.focus = slot;
}

void Session::Impl::begin_b(const codec::CodecKind& kind, const codec::Preset& preset) {
  Side& b = side(Slot::b);
  if (has_b) keep_run(b);
  has_b = true;
  b.set_preset(kind, preset);
  start(b);
}

void Session::set_b_codec(std::string_view id) {
  const codec::CodecKind& kind = codec::find_codec(id);
  impl_->begin_b(kind, kind.presets.front());
}

void Session::set_b_preset(std::string_view id) {
  const auto [kind, preset] = codec::find_preset(id);
  impl_->begin_b(*kind, *preset);
}

void Session::open_as_b(const fs::path& path) {
  if (!impl_->file) {
    impl_->load_problem = path.string() + ": cannot be B before there is a source; open an image first";
    return say(Severity::error, impl_->load_problem);
  }
  const SourceInfo& source = impl_->file->info;
  impl_->read_file(path, true, [&device = impl_->device, path, name = source.name,
                                size = PictureSize(source.width, source.height)] {
    return load_artifact_over(device, path, size, name);
  });
}

void Session::remove_b() {
  if (!impl_->has_b) return;
  Side& b = impl_->side(Slot::b);
  impl_->keep_run(b);
  b.experiment.clear();
  impl_->has_b = false;
  impl_->snapshot.focus = Slot::a;
  impl_->between.forget();
}

void Session::swap() {
  if (!impl_->has_b) throw Error(Fault::usage, "there is no experiment B to swap with; give it a preset or a file first");
  std::swap(impl_->sides[0], impl_->sides[1]);
  impl_->exports.swap_sides();
  impl_->between.forget();
}

}  // namespace txs::session
