// For network.py: writes networks as NAME.txs and their first grids as NAME.npy and all of them as NAME.npz; or reads
// grids that NumPy wrote, and writes them again, by our writer, for the script to compare.
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "../support/random_network.h"
#include "artifact/container.h"
#include "artifact/network_file.h"
#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

void write_samples(const std::filesystem::path& folder) {
  const std::pair<codec::Stage2, const char*> stages[] = {{codec::Stage2::none, "none"},
                                                          {codec::Stage2::jpeg, "jpeg"},
                                                          {codec::Stage2::png, "png"},
                                                          {codec::Stage2::zstd, "zstd"}};
  for (const auto& [stage2, stage_name] : stages) {
    for (const std::uint32_t bits : {16u, 8u, 5u, 2u}) {
      for (const bool hash : {false, true}) {
        const auto network =
            hash ? test::random_hash_network(bits, true, stage2) : test::random_latent_network(bits, false, stage2);
        const auto path = folder / (std::string(hash ? "hash-" : "latent-") + std::to_string(bits) + "-" + stage_name);
        artifact::save_container(path.string() + ".txs", network);
        write_file(path.string() + ".npy", artifact::write_npy(network.grids[0]));
        write_file(path.string() + ".npz", artifact::write_npz(network.grids));
      }
    }
  }
}

/// The grids of random_latent_network, whose values are taken from the file.
void copy_arrays(const std::filesystem::path& from, const std::filesystem::path& to) {
  codec::EncodedNetwork network = test::random_latent_network(16, false, codec::Stage2::none);
  const auto bytes = read_file(from);
  if (from.extension() == ".npy") {
    artifact::read_npy(bytes, from.filename().string(), network.grids[0]);
    write_file(to, artifact::write_npy(network.grids[0]));
  } else {
    artifact::read_npz(bytes, from.filename().string(), network.grids);
    write_file(to, artifact::write_npz(network.grids));
  }
}

}  // namespace
}  // namespace txs

int main(int argc, char** argv) {
  try {
    if (argc == 3 && std::string_view(argv[1]) == "write") {
      txs::write_samples(argv[2]);
    } else if (argc == 4 && std::string_view(argv[1]) == "copy") {
      txs::copy_arrays(argv[2], argv[3]);
    } else {
      std::fprintf(stderr, "usage: network_samples write FOLDER | copy FROM TO\n");
      return 2;
    }
  } catch (const txs::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.fault());
  }
}
