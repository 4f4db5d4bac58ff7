#include "cli/bench_peer.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "image/load.h"
#include "image/save.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

/// A folder for the peer's files that goes with its object.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("texelscope-peer-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string quoted(const fs::path& path) {
  std::string text("'");
  for (const char letter : path.string()) letter == '\'' ? text += "'\\''" : text += letter;
  return text + "'";
}

/// The command with its files in place, and the file that it is to write.
struct Call {
  std::string command;
  fs::path out;
};
Call fill_in(const std::string& command, const fs::path& in, const fs::path& folder) {
  Call call{command, {}};
  const std::size_t in_at = call.command.find("{in}");
  if (in_at == std::string::npos) throw Error(Fault::usage, "--peer " + command + ": has no {in} for the picture");
  call.command.replace(in_at, 4, quoted(in));
  const std::size_t out_at = call.command.find("{out"), end = call.command.find('}', out_at);
  const bool named = out_at != std::string::npos && end != std::string::npos;
  const std::string extension = named ? call.command.substr(out_at + 4, end - out_at - 4) : "";
  if (!named || (!extension.empty() && extension.front() != '.'))
    throw Error(Fault::usage, "--peer " + command + ": has no {out} or {out.EXT} for the file that it writes");
  call.out = folder / ("out" + (extension.empty() ? std::string(".dds") : extension));
  call.command.replace(out_at, end + 1 - out_at, quoted(call.out));
  return call;
}

void run(const Call& call) {
  const int status = std::system(("{ " + call.command + "\n} 1>&2").c_str());
  if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw Error(Fault::internal, "--peer: '" + call.command + "' failed");
  if (!fs::is_regular_file(call.out))
    throw Error(Fault::internal, "--peer: '" + call.command + "' wrote no " + call.out.string());
}

/// The PSNR of what the peer wrote, of the channels that its format has; none of light, which a PNG has not.
void take_quality(const fs::path& file, const Rgba8Image& picture, BenchRow& row) {
  if (artifact::has_container_extension(file)) {
    codec::Encoded encoded = artifact::load_container(file);
    codec::settle(encoded);
    const codec::CodecKind* reader = codec::find_reader(encoded);
    if (reader == nullptr || reader->hdr) return;
    row.measure = metrics::measure_of(reader->channels, reader->hdr);
    row.psnr_db = metrics::compare(picture, reader->decode_on_cpu(encoded), false, row.measure).psnr_db;
  } else if (has_image_extension(file)) {
    row.psnr_db = metrics::compare(picture, to_rgba8(load_image(file)), false).psnr_db;
  }
}
}  // namespace

BenchRow measure_peer(const std::string& command, const BenchSource& picture) {
  const Folder folder;
  const fs::path in = folder.path() / "in.png";
  save_png(in, *picture.source.picture);
  const Call call = fill_in(command, in, folder.path());

  const auto began = std::chrono::steady_clock::now();
  const double cpu_before = children_cpu_milliseconds();
  run(call);
  BenchRow row;
  row.wall_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  row.cpu_ms = children_cpu_milliseconds() - cpu_before;
  row.picture = picture.name;
  row.codec = row.setting = "peer";
  row.width = picture.source.picture->width;
  row.height = picture.source.picture->height;
  take_quality(call.out, *picture.source.picture, row);
  return row;
}

}  // namespace txs::app
