#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "core/error.h"

namespace txs {
namespace {
namespace fs = std::filesystem;

[[noreturn]] void fail(Fault fault, const fs::path& path, const std::string& what) {
  throw Error(fault, path.string() + ": " + what);
}

/// A file being written beside its target; removed again unless it was renamed into place.
class PartialFile {
 public:
  explicit PartialFile(const fs::path& target) : target_(target) {
    std::string name = target.string() + ".part-XXXXXX";
    descriptor_ = mkstemp(name.data());
    if (descriptor_ < 0) fail(Fault::internal, target, std::string("cannot be written: ") + std::strerror(errno));
    name_ = name;
  }
  ~PartialFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(Fault::internal, target_, std::string("cannot be written: ") + std::strerror(errno));
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
  }

  void commit() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    ::fchmod(descriptor_, 0666 & ~mask);
    const bool flushed = ::fsync(descriptor_) == 0;
    const bool closed = ::close(descriptor_) == 0;
    descriptor_ = -1;
    if (!flushed || !closed || ::rename(name_.c_str(), target_.c_str()) != 0)
      fail(Fault::internal, target_, std::string("cannot be written: ") + std::strerror(errno));
    name_.clear();
  }

 private:
  fs::path target_;
  std::string name_;
  int descriptor_ = -1;
};

fs::path xdg_folder(const char* variable, const char* below_home) {
  const char* folder = std::getenv(variable);
  if (folder != nullptr && folder[0] == '/') return fs::path(folder) / "texelscope";
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : "/tmp") / below_home / "texelscope";
}
}  // namespace

std::vector<std::byte> read_file(const fs::path& path, std::uint64_t max_bytes) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) fail(Fault::input, path, "no such file");
  if (!fs::is_regular_file(status)) fail(Fault::input, path, "is not a regular file");
  const std::uint64_t size = fs::file_size(path, error);
  if (error) fail(Fault::input, path, error.message());
  if (size > max_bytes)
    fail(Fault::input, path, "is " + std::to_string(size) + " bytes; at most " + std::to_string(max_bytes) + " are read");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) fail(Fault::input, path, std::string("cannot be opened: ") + std::strerror(errno));
  std::vector<std::byte> bytes(size);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (static_cast<std::uint64_t>(stream.gcount()) != size) fail(Fault::input, path, "changed while it was read");
  return bytes;
}

void write_file(const fs::path& path, std::span<const std::byte> bytes) {
  PartialFile file(path);
  file.write(bytes);
  file.commit();
}

void write_file(const fs::path& path, std::string_view text) { write_file(path, std::as_bytes(std::span(text))); }

fs::path unused_path(const fs::path& path) {
  std::error_code error;
  fs::path candidate = path;
  for (int number = 2; fs::exists(fs::symlink_status(candidate, error)); ++number)
    candidate = path.parent_path() / (path.stem().string() + "-" + std::to_string(number) + path.extension().string());
  return candidate;
}

fs::path config_folder() { return xdg_folder("XDG_CONFIG_HOME", ".config"); }
fs::path cache_folder() { return xdg_folder("XDG_CACHE_HOME", ".cache"); }

}  // namespace txs
