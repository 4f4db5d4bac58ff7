#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace txs {

/// Reads a whole regular file. Throws Error(input) when it is missing, no regular file, unreadable, or over `max_bytes`.
std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t max_bytes = std::uint64_t(1) << 31);

/// Writes a file so that it is either whole or not there: into a file beside it, flushed, then renamed.
/// An existing file is replaced. Throws Error(internal) with the system's reason; nothing is left behind then.
void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_file(const std::filesystem::path& path, std::string_view text);

/// `path` itself if nothing is there, else the first free of "name-2.ext", "name-3.ext", ...
std::filesystem::path unused_path(const std::filesystem::path& path);

/// $XDG_CONFIG_HOME/texelscope or ~/.config/texelscope; $XDG_CACHE_HOME/texelscope or ~/.cache/texelscope. Not created.
std::filesystem::path config_folder();
std::filesystem::path cache_folder();

}  // namespace txs
