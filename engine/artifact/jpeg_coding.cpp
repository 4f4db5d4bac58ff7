#include <fmt/format.h>
#include <turbojpeg.h>

#include <cassert>
#include <memory>

#include "artifact/container_parts.h"
#include "artifact/plane_coding.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;

struct Free {
  void operator()(unsigned char* buffer) const { tjFree(buffer); }
};

[[noreturn]] void refuse_jpeg(const Handle& handle, std::string_view name) {
  refuse(name, fmt::format("holds a JPEG picture of features that does not decode ({})", tjGetErrorStr2(handle.get())));
}

}  // namespace

std::vector<std::byte> write_jpeg(std::span<const std::uint8_t> rgb, PlaneSize size, std::uint32_t quality) {
  assert(rgb.size() == std::size_t(3) * size.width * size.height);
  const Handle handle(tjInitCompress());
  unsigned char* coded = nullptr;
  unsigned long coded_size = 0;
  const int failed =
      tjCompress2(handle.get(), rgb.data(), static_cast<int>(size.width), 0, static_cast<int>(size.height), TJPF_RGB,
                  &coded, &coded_size, TJSAMP_444, static_cast<int>(quality), TJFLAG_ACCURATEDCT);
  const std::unique_ptr<unsigned char, Free> owner(coded);
  if (failed != 0)
    throw Error(Fault::internal, fmt::format("features cannot be coded as JPEG: {}", tjGetErrorStr2(handle.get())));
  const auto* first = reinterpret_cast<const std::byte*>(coded);
  return {first, first + coded_size};
}

void read_jpeg(std::span<const std::byte> file, PlaneSize size, std::span<std::uint8_t> rgb, std::string_view name) {
  assert(rgb.size() == std::size_t(3) * size.width * size.height);
  const Handle handle(tjInitDecompress());
  const auto* data = reinterpret_cast<const unsigned char*>(file.data());
  int width = 0, height = 0, sampling = 0, colour_space = 0;
  if (tjDecompressHeader3(handle.get(), data, file.size(), &width, &height, &sampling, &colour_space) != 0)
    refuse_jpeg(handle, name);
  const bool fits = width == static_cast<int>(size.width) && height == static_cast<int>(size.height);
  if (!fits || sampling != TJSAMP_444 || colour_space != TJCS_YCbCr) {
    refuse(name, fmt::format("holds a JPEG picture of {} x {} where its features need {} x {} in YCbCr 4:4:4", width,
                             height, size.width, size.height));
  }
  // A damaged picture decodes with warnings, to values that nobody meant; many scans would take long.
  constexpr int flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
  if (tjDecompress2(handle.get(), data, file.size(), rgb.data(), width, 0, height, TJPF_RGB, flags) != 0)
    refuse_jpeg(handle, name);
}

}  // namespace txs::artifact
