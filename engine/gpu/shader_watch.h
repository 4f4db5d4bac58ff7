#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace txs::gpu {

/// The sources below shaders/, watched and compiled anew in developer builds.
class ShaderWatch {
 public:
  /// An empty folder: nothing is watched.
  ShaderWatch(std::filesystem::path folder, std::string glslc);

  bool watching() const { return !folder_.empty(); }
  /// True once after any file below the folder was changed, added or removed.
  bool changed();
  /// SPIR-V of a stage by its path below the folder. Throws Error(input) with glslc's first complaint.
  std::vector<std::uint32_t> compile(const std::string& stage) const;

 private:
  /// Changes with each change of a file: any included file may concern any stage.
  std::uint64_t fingerprint() const;

  std::filesystem::path folder_;
  std::string glslc_;
  std::uint64_t seen_ = 0;
};

}  // namespace txs::gpu
