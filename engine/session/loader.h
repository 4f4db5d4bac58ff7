#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "codec/codec.h"
#include "session/snapshot.h"

namespace txs::session {

/// A file, read, decoded and on the device.
struct LoadedFile {
  codec::Source source;
  SourceInfo info;
  std::optional<codec::Encoded> encoded;  ///< of an artifact: the bits that `source` was decoded from
};

/// Reads an image or a container of a codec's format. Slow: for the worker. Throws Error.
LoadedFile load_file(gpu::Device& device, const std::filesystem::path& path);

/// A picture and its texture; opaque sRGB, until the caller knows better.
codec::Source upload_source(gpu::Device& device, Rgba8Image&& pixels);

/// Files as they are; folders become the readable files in them, by name, without descending. Throws Error(input) for a
/// path that is not there, or when nothing readable is left.
std::vector<std::filesystem::path> expand_paths(const std::vector<std::filesystem::path>& paths);

}  // namespace txs::session
