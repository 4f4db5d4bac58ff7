#include <fmt/format.h>
#include <zstd.h>

#include "artifact/container_parts.h"
#include "artifact/plane_coding.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

/// The highest that needs no more memory to decode than the frame's own content.
constexpr int level = 19;

}  // namespace

std::vector<std::byte> write_zstd(std::span<const std::byte> bytes) {
  std::vector<std::byte> frame(ZSTD_compressBound(bytes.size()));
  const std::size_t size = ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size))
    throw Error(Fault::internal, fmt::format("features cannot be coded with zstd: {}", ZSTD_getErrorName(size)));
  frame.resize(size);
  return frame;
}

void read_zstd(std::span<const std::byte> frame, std::span<std::byte> bytes, std::string_view name) {
  const unsigned long long content = ZSTD_getFrameContentSize(frame.data(), frame.size());
  const bool one_frame = ZSTD_findFrameCompressedSize(frame.data(), frame.size()) == frame.size();
  if (content != bytes.size() || !one_frame)
    refuse(name, fmt::format("holds features that are no zstd frame of {} bytes", bytes.size()));
  const std::size_t size = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(size) || size != bytes.size()) refuse(name, "holds a zstd frame of features that does not decode");
}

}  // namespace txs::artifact
