// What the tests of DDS and KTX2 files share.
#pragma once
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "../support/random_texture.h"
#include "artifact/container.h"
#include "core/error.h"

namespace txs::artifact {

using Bytes = std::vector<std::byte>;

inline codec::EncodedTexture make_texture(codec::TextureFormat format, std::uint32_t width, std::uint32_t height,
                                          std::uint32_t levels = 1) {
  codec::EncodedTexture texture = test::random_texture(format, width, height, levels);
  texture.provenance = {"bc7",
                        "tinybc",
                        "9.8.7",
                        "some \"device\" \xC3\xA9",
                        {{"init", "principal"}, {"shrink", "0.45"}},
                        18446744073709551615u,
                        64};
  return texture;
}

inline codec::EncodedTexture read(const Bytes& file) { return std::get<codec::EncodedTexture>(read_container(file, "x")); }

template <typename Value>
Value value_at(const Bytes& bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}
inline std::uint32_t u32_at(const Bytes& bytes, std::size_t offset) { return value_at<std::uint32_t>(bytes, offset); }
inline std::uint64_t u64_at(const Bytes& bytes, std::size_t offset) { return value_at<std::uint64_t>(bytes, offset); }

template <typename Value>
void set_at(Bytes& bytes, std::size_t offset, Value value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}
inline void set_u32(Bytes& bytes, std::size_t offset, std::uint32_t value) { set_at(bytes, offset, value); }

inline void expect_same_picture(const codec::EncodedTexture& read, const codec::EncodedTexture& written) {
  EXPECT_EQ(read.format, written.format);
  EXPECT_EQ(read.width, written.width);
  EXPECT_EQ(read.height, written.height);
  EXPECT_EQ(read.opaque, written.opaque);
  EXPECT_EQ(read.premultiplied, written.premultiplied);
  EXPECT_EQ(read.blocks, written.blocks);
  EXPECT_EQ(read.mips, written.mips);
}

/// The line with which `bytes` is refused, or nothing if it is not, or not as an input.
inline std::string refusal(const Bytes& bytes) {
  try {
    std::get<codec::EncodedTexture>(read_container(bytes, "folder/x.dds"));
  } catch (const Error& error) {
    if (error.fault() == Fault::input) return error.what();
  }
  return {};
}

}  // namespace txs::artifact
