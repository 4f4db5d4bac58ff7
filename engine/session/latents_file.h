#pragma once
#include <filesystem>

#include "codec/encoded_network.h"

namespace txs::session {

/// The feature grids alone, by the extension: .npy (binary16, of a network of one grid) or .npz (8 bits a value). Throws
/// Error(usage) for another extension, or more grids than .npy has room for.
void save_latents_file(const std::filesystem::path& path, const codec::EncodedNetwork& network);

/// Takes the values of such a file into the network's grids. Also throws Error(input) for a file that does not fit them.
void load_latents_file(const std::filesystem::path& path, codec::EncodedNetwork& network);

bool has_latents_extension(const std::filesystem::path& path);  ///< .npy or .npz, in any case

}  // namespace txs::session
