#include "image/stb_decode.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

namespace txs {
namespace {

/// What stb_image allocates for one decode: bounded, zeroed (it reads tables that a damaged file never filled), and
/// given back when the decode ends in whatever way, so that exceptions may pass through its C code.
class DecodeMemory {
 public:
  explicit DecodeMemory(std::size_t limit) : limit_(limit) { current = this; }
  ~DecodeMemory() {
    for (const Block& block : blocks_) std::free(block.address);
    current = nullptr;
  }
  DecodeMemory(const DecodeMemory&) = delete;
  DecodeMemory& operator=(const DecodeMemory&) = delete;

  void* allocate(std::size_t size) {
    if (size > limit_ - used_) return nullptr;
    blocks_.push_back({std::calloc(std::max<std::size_t>(size, 1), 1), size});
    if (blocks_.back().address == nullptr) throw std::bad_alloc();
    used_ += size;
    return blocks_.back().address;
  }

  /// Called to grow only. Null leaves the old block as it was.
  void* reallocate(void* address, std::size_t size) {
    const auto block = find(address);
    if (block == blocks_.end()) return allocate(size);
    if (size - block->size > limit_ - used_) return nullptr;
    void* grown = std::realloc(address, size);
    if (grown == nullptr) throw std::bad_alloc();
    used_ += size - block->size;
    *block = {grown, size};
    return grown;
  }

  void release(void* address) {
    const auto block = find(address);
    if (block == blocks_.end()) return;  // a null pointer
    used_ -= block->size;
    std::free(address);
    blocks_.erase(block);
  }

  static thread_local DecodeMemory* current;

 private:
  struct Block {
    void* address;
    std::size_t size;
  };
  std::vector<Block>::iterator find(const void* address) {
    return std::find_if(blocks_.begin(), blocks_.end(), [=](const Block& block) { return block.address == address; });
  }

  std::vector<Block> blocks_;  // a dozen at most
  std::size_t limit_;
  std::size_t used_ = 0;
};

thread_local DecodeMemory* DecodeMemory::current = nullptr;

}  // namespace
}  // namespace txs

#define STBI_MALLOC(size) txs::DecodeMemory::current->allocate(size)
#define STBI_REALLOC(address, size) txs::DecodeMemory::current->reallocate(address, size)
#define STBI_FREE(address) txs::DecodeMemory::current->release(address)
#define STBI_ASSERT(condition) ((condition) ? void() : throw txs::Unreadable("is damaged"))
#define STBI_MAX_DIMENSIONS txs::max_image_side
#define STBI_NO_STDIO
#define STBI_NO_FAILURE_STRINGS
#define STBI_NO_GIF
#define STBI_NO_PIC
#define STBI_NO_PNM
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>

namespace txs {
namespace {

/// The file as stb_image reads it. From memory it would take zeros past the end and return half a picture; here the
/// first byte that it wants and that is not there ends the decode.
struct Source {
  std::span<const std::byte> left;

  int read(char* target, int size) {
    const int count = static_cast<int>(std::min(left.size(), static_cast<std::size_t>(size)));
    const bool refill =
        size == sizeof(stbi__context::buffer_start);  // reads ahead; others are of bytes that are needed
    if (count < (refill ? 1 : size)) throw Unreadable("is truncated");
    std::memcpy(target, left.data(), static_cast<std::size_t>(count));
    left = left.subspan(static_cast<std::size_t>(count));
    return count;
  }

  void skip(int size) {
    if (static_cast<std::size_t>(size) > left.size()) throw Unreadable("is truncated");
    left = left.subspan(static_cast<std::size_t>(size));
  }
};

constexpr stbi_io_callbacks source_callbacks = {
    [](void* source, char* target, int size) { return static_cast<Source*>(source)->read(target, size); },
    [](void* source, int size) { static_cast<Source*>(source)->skip(size); },
    [](void* source) { return static_cast<Source*>(source)->left.empty() ? 1 : 0; },
};

const void* decode_samples(Source& source, const ImageHeader& header, int* width, int* height, int* channels) {
  switch (header.samples) {
    case SampleType::u8:
      return stbi_load_from_callbacks(&source_callbacks, &source, width, height, channels, header.channels);
    case SampleType::u16:
      return stbi_load_16_from_callbacks(&source_callbacks, &source, width, height, channels, header.channels);
    case SampleType::f32:
      return stbi_loadf_from_callbacks(&source_callbacks, &source, width, height, channels, header.channels);
  }
  return nullptr;
}

}  // namespace

Image decode_with_stb(std::span<const std::byte> file, const ImageHeader& header) {
  // JPEG decodes whole units of up to 32x32 texels.
  const std::size_t texels = static_cast<std::size_t>((header.width + 32) * (header.height + 32));
  DecodeMemory memory(32 * texels + 2 * file.size() + (std::size_t(1) << 20));

  Source source{file};
  Image image;
  image.samples = header.samples;
  const void* samples = decode_samples(source, header, &image.width, &image.height, &image.channels);
  if (samples == nullptr || image.width != header.width || image.height != header.height)
    throw Unreadable("is damaged");
  if (header.channels != 0) image.channels = header.channels;
  const auto* bytes = static_cast<const std::byte*>(samples);
  image.pixels.assign(bytes, bytes + image.pixel_count() * std::size_t(image.channels) * sample_size(image.samples));
  return image;
}

}  // namespace txs
