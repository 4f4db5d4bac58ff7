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
  const std::uint64_t number = ++load_number;
  loading = true;
  load_problem.clear();
  worker.run([this, number, read = std::move(read)] {
    Loaded result{number, {}, {}};
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
    if (result.file) {
      show(std::move(*result.file));
    } else {
      snapshot.files.erase(snapshot.files.begin() + static_cast<std::ptrdiff_t>(snapshot.current_file));
      const auto shown = file ? std::ranges::find(snapshot.files, file->info.path) : snapshot.files.end();
      snapshot.current_file = shown == snapshot.files.end() ? 0 : static_cast<std::size_t>(shown - snapshot.files.begin());
    }
  }
}

/// An image becomes the source and is encoded. An artifact is shown over the present source where it fits it, so that the
/// two can be compared, and over its own pixels otherwise.
void Session::Impl::show(LoadedFile&& next) {
  keep_run();
  paused = false;
  std::optional<codec::Encoded> encoded = std::exchange(next.encoded, std::nullopt);
  const std::string encoded_name = next.encoded_name;
  if (next.source.texture) {
    if (next.info.hdr && !kind->hdr)
      say(Severity::note, next.info.name + ": is HDR, and " + std::string(kind->title) +
                              " takes LDR: its tone-mapped picture is the source");
    file = std::move(next);
  }
  if (encoded)
    adopt(std::move(*encoded), encoded_name);
  else
    start();
}

/// A network's parameters become the present ones, so that its training goes on by them and live ones act on it.
void Session::Impl::adopt(codec::Encoded&& encoded, const std::string& name) {
  step_target.reset();
  const codec::CodecKind& reader = *codec::find_reader(encoded);
  Adopted adopted{std::move(encoded), name, codec::Parameters(reader.parameters), {}};
  if (reader.family == codec::Family::neural) {
    const codec::Provenance& provenance = codec::provenance(adopted.encoded);
    kind = &reader;
    parameters = adopted.parameters = parameters_from(reader, provenance, name);
    preset = adopted.preset = matching_preset(reader, parameters);
    seed = provenance.seed;
    last_changed_key.clear();
  }
  experiment.adopt(*file, reader, adopted, ++last_run_id);
  snapshot.a.selected_block = experiment.selected_block();
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
