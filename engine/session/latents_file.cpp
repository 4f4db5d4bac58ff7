#include "session/latents_file.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "artifact/network_file.h"
#include "core/error.h"
#include "core/files.h"

namespace txs::session {
namespace {
std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

/// Throws for what the extension cannot hold. True: .npy, which has no place for a second grid.
bool is_npy(const std::filesystem::path& path, const codec::EncodedNetwork& network) {
  const std::string extension = extension_of(path);
  if (extension == ".npz") return false;
  if (extension != ".npy") throw Error(Fault::usage, path.string() + ": latents are kept as .npy or .npz");
  if (network.grids.size() != 1)
    throw Error(Fault::usage, path.string() + ": holds one grid, and this network has " +
                                  std::to_string(network.grids.size()) + "; use .npz");
  return true;
}
}  // namespace

bool has_latents_extension(const std::filesystem::path& path) {
  const std::string extension = extension_of(path);
  return extension == ".npy" || extension == ".npz";
}

void save_latents_file(const std::filesystem::path& path, const codec::EncodedNetwork& network) {
  const bool npy = is_npy(path, network);
  write_file(path, npy ? artifact::write_npy(network.grids.front()) : artifact::write_npz(network.grids));
}

void load_latents_file(const std::filesystem::path& path, codec::EncodedNetwork& network) {
  const bool npy = is_npy(path, network);
  const std::vector<std::byte> bytes = read_file(path);
  if (npy)
    artifact::read_npy(bytes, path.string(), network.grids.front());
  else
    artifact::read_npz(bytes, path.string(), network.grids);
}

}  // namespace txs::session
