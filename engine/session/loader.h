#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "session/snapshot.h"

namespace txs::session {

/// A file, read, decoded and on the device.
struct LoadedFile {
  codec::Source source;  ///< empty for an artifact that is to be shown over the present source
  SourceInfo info;       ///< of the source
  bool own_pixels = false;  ///< `source` was decoded from `encoded`: there is nothing else to compare it with
  std::optional<codec::Encoded> encoded;  ///< of an artifact
  std::string encoded_name;               ///< its file's name
};

/// Width and height in texels.
using PictureSize = std::pair<int, int>;

/// Reads an image or a container of a codec's format. An artifact of the size `present` comes without a source, any other
/// with its own pixels. Slow: for the worker. Throws Error.
LoadedFile load_file(gpu::Device& device, const std::filesystem::path& path, std::optional<PictureSize> present = {});

/// An artifact to be shown over a source of `size` that is called `of`; without a source. Throws Error(input) for an
/// image, and where the sizes differ.
LoadedFile load_artifact_over(gpu::Device& device, const std::filesystem::path& artifact, PictureSize size,
                              const std::string& of);

/// An image, and an artifact to be shown over it. Throws Error(input) if their sizes differ.
LoadedFile load_file_over(gpu::Device& device, const std::filesystem::path& image,
                          const std::filesystem::path& artifact);

/// A picture and its texture; opaque sRGB, until the caller knows better.
codec::Source upload_source(gpu::Device& device, Rgba8Image&& pixels);

/// Makes the light of a source of 8 bits, for a codec of light, where it is not there yet.
void ensure_light(gpu::Device& device, LoadedFile& file);

/// Files as they are; folders become the readable files in them, by name, without descending. Throws Error(input) for a
/// path that is not there, or when nothing readable is left.
std::vector<std::filesystem::path> expand_paths(const std::vector<std::filesystem::path>& paths);

}  // namespace txs::session
