#include "gpu/shader_watch.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <utility>

#include "core/error.h"
#include "core/files.h"

namespace txs::gpu {
namespace {
namespace fs = std::filesystem;
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// glslc's first complaint; it begins with the file and the line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

struct Outcome {
  int status = -1;
  std::string said;
};

Outcome run(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, command + ": cannot be started"};
  std::array<char, 512> line;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) outcome.said += line.data();
  outcome.status = ::pclose(pipe);
  return outcome;
}

/// A folder of our own below the system's folder for temporary files, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((fs::temp_directory_path() / "texelscope-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw Error(Fault::internal, path_ + ": cannot be made");
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  fs::path path() const { return path_; }

 private:
  std::string path_;
};
}  // namespace

ShaderWatch::ShaderWatch(fs::path folder, std::string glslc) : folder_(std::move(folder)), glslc_(std::move(glslc)) {
  if (watching()) seen_ = fingerprint();
}

bool ShaderWatch::changed() {
  if (!watching()) return false;
  const std::uint64_t before = std::exchange(seen_, fingerprint());
  return before != seen_;
}

std::uint64_t ShaderWatch::fingerprint() const {
  std::uint64_t sum = 0;  // a sum, since the order of a folder's files is nobody's promise
  try {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      const auto time = static_cast<std::uint64_t>(entry.last_write_time().time_since_epoch().count());
      sum += (std::hash<std::string>()(entry.path().string()) ^ time) * 0x9e3779b97f4a7c15u;
    }
  } catch (const fs::filesystem_error&) {
    return seen_;  // a file went while we looked; the next look tells
  }
  return sum;
}

std::vector<std::uint32_t> ShaderWatch::compile(const std::string& stage) const {
  const TemporaryFolder folder;
  const fs::path output = folder.path() / "stage.spv";
  const Outcome outcome = run(quoted(glslc_) + " --target-env=vulkan1.3 -Werror -I " + quoted(folder_.string()) +
                              " -o " + quoted(output.string()) + " " + quoted((folder_ / stage).string()));
  if (outcome.status != 0) throw Error(Fault::input, first_line(outcome.said));
  const std::vector<std::byte> bytes = read_file(output);
  std::vector<std::uint32_t> words(bytes.size() / 4);
  std::memcpy(words.data(), bytes.data(), words.size() * 4);
  return words;
}

}  // namespace txs::gpu
