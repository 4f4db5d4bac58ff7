// Opening images and artifacts.
#include <algorithm>
#include <exception>
#include <utility>

#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "session/session_impl.h"

namespace txs::session {
namespace fs = std::filesystem;

namespace {
/// The parameters that an artifact says it was made with, as far as the codec has them.
codec::Parameters parameters_from(const codec::CodecKind& kind, const codec::Provenance& provenance,
                                  const std::string& name) {
  codec::Parameters parameters(kind.parameters);
  for (const auto& [key, text] : provenance.parameters) {
    try {
      parameters.set_text(key, text);
    } catch (const Error& error) {
      say(Severity::warning, name + ": says what this codec does not take: " + error.what());
    }
  }
  return parameters;
}
}  // namespace

/// The file's place in the list, at whose end it is put if it is new.
std::size_t Session::Impl::list(const fs::path& path) {
  std::vector<fs::path>& files = snapshot.files;
  const auto found = std::ranges::find(files, path);
  if (found != files.end()) return static_cast<std::size_t>(found - files.begin());
  files.push_back(path);
  return files.size() - 1;
}

void Session::Impl::load(std::size_t index) {
  // The source cannot change until this file arrives: of two on their way the first is dropped.
  std::optional<PictureSize> present;
  if (file && !file->own_pixels) present = PictureSize(file->info.width, file->info.height);
  load(index, [this, path = snapshot.files[index], present] { return load_file(device, path, present); });
}

void Session::Impl::load(std::size_t index, std::function<LoadedFile()> read) {
  snapshot.current_file = index;
  read_file(snapshot.files[index], false, std::move(read));
}

void Session::Impl::read_file(const fs::path& path, bool as_b, std::function<LoadedFile()> read) {
  const std::uint64_t number = ++load_number;
  loading = true;
  loading_name = path.filename().string();
  load_problem.clear();
  worker.run([this, number, as_b, read = std::move(read)] {
    Loaded result{number, as_b, {}, {}};
    try {
      result.file = read();
    } catch (const std::exception& error) {
      result.problem = error.what();
    }
    const std::scoped_lock lock(loaded_mutex);
    loaded.push_back(std::move(result));
  });
}

void Session::Impl::take_loaded() {
  std::vector<Loaded> arrived;
  {
    const std::scoped_lock lock(loaded_mutex);
    arrived.swap(loaded);
  }
  for (Loaded& result : arrived) {
    if (!result.problem.empty()) say(Severity::error, result.problem);
    if (result.number != load_number) continue;
    loading = false;
    load_problem = result.problem;
    if (result.file && result.as_b) {
      if (has_b) keep_run(side(Slot::b));
      has_b = true;
      adopt(side(Slot::b), std::move(*result.file->encoded), result.file->encoded_name);
    } else if (result.file) {
      show(std::move(*result.file));
    } else if (!result.as_b) {
      forget_failed_file();
    }
  }
}

void Session::Impl::forget_failed_file() {
  snapshot.files.erase(snapshot.files.begin() + static_cast<std::ptrdiff_t>(snapshot.current_file));
  const auto shown = file ? std::ranges::find(snapshot.files, file->info.path) : snapshot.files.end();
  snapshot.current_file = shown == snapshot.files.end() ? 0 : static_cast<std::size_t>(shown - snapshot.files.begin());
}

/// An image becomes the source of both experiments. An artifact is shown over the present source where it fits it, so
/// that the two can be compared, and over its own pixels otherwise: in the focused experiment.
void Session::Impl::show(LoadedFile&& next) {
  paused = false;
  std::optional<codec::Encoded> encoded = std::exchange(next.encoded, std::nullopt);
  const std::string encoded_name = next.encoded_name;
  Side& target = focused();
  const bool new_source = next.source.texture != nullptr;
  for (const auto& side : used())
    if (new_source || side.get() == &target) keep_run(*side);
  if (new_source) {
    if (next.info.hdr && !target.kind->hdr && !encoded)
      say(Severity::note, next.info.name + ": is HDR, and " + std::string(target.kind->title) +
                              " takes LDR: its tone-mapped picture is the source");
    file = std::move(next);
    place.reset();
    between.forget();
    for (const auto& side : used())
      if (!encoded || side.get() != &target) start(*side);
  }
  if (encoded) adopt(target, std::move(*encoded), encoded_name);
}

/// The file's codec becomes the experiment's. Its parameters do too, where it says them: a training goes on by them, and
/// what is encoded anew begins with them.
void Session::Impl::adopt(Side& into, codec::Encoded&& encoded, const std::string& name) {
  into.step_target.reset();
  const codec::CodecKind& reader = *codec::find_reader(encoded);
  Adopted adopted{std::move(encoded), name, codec::Parameters(reader.parameters), {}};
  if (into.kind != &reader) into.set_preset(reader, reader.presets.front());
  const codec::Provenance& provenance = codec::provenance(adopted.encoded);
  if (reader.family == codec::Family::neural || (provenance.codec == reader.id && !provenance.parameters.empty())) {
    into.parameters = adopted.parameters = parameters_from(reader, provenance, name);
    into.preset = adopted.preset = matching_preset(reader, into.parameters);
    into.seed = provenance.seed;
    into.last_changed_key.clear();
  } else if (reader.told_by) {
    adopted.parameters = into.parameters;
    for (const auto& [key, value] : reader.told_by(adopted.encoded)) adopted.parameters.set_text(key, value);
    into.parameters = adopted.parameters;
    into.preset = adopted.preset = matching_preset(reader, into.parameters);
    into.last_changed_key.clear();
  }
  into.experiment.adopt(*file, reader, adopted, ++last_run_id);
  inspect(place);
}

void Session::open(const std::vector<fs::path>& paths) {
  try {
    const std::vector<fs::path> files = expand_paths(paths);
    if (files.empty()) return;
    for (const fs::path& path : files) impl_->list(path);
    impl_->load(impl_->list(files.front()));
  } catch (const Error& error) {
    impl_->load_problem = error.what();
    say(Severity::error, error.what());
  }
}

void Session::open_over(const fs::path& image, const fs::path& artifact) {
  impl_->load(impl_->list(image),
              [&device = impl_->device, image, artifact] { return load_file_over(device, image, artifact); });
}

void Session::select_file(std::size_t index) {
  if (index < impl_->snapshot.files.size()) impl_->load(index);
}

bool Session::loading() const { return impl_->loading; }
const std::string& Session::load_problem() const { return impl_->load_problem; }

}  // namespace txs::session
