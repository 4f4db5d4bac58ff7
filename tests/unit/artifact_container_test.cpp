// DDS and KTX2: what is written is read back, stands where the specifications say, and damage is named.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <random>

#include "artifact/container.h"
#include "core/error.h"
#include "core/files.h"

namespace txs::artifact {
namespace {

using Bytes = std::vector<std::byte>;

codec::EncodedTexture make_texture(codec::TextureFormat format, std::uint32_t width, std::uint32_t height) {
  codec::EncodedTexture texture;
  texture.format = format;
  texture.width = width;
  texture.height = height;
  texture.blocks.resize(codec::payload_bytes(format, width, height));
  std::mt19937 random(width * 1000 + height);
  for (std::byte& byte : texture.blocks) byte = static_cast<std::byte>(random());
  texture.provenance = {"bc7",
                        "tinybc",
                        "9.8.7",
                        "some \"device\" \xC3\xA9",
                        {{"init", "principal"}, {"shrink", "0.45"}},
                        18446744073709551615u,
                        64};
  return texture;
}

template <typename Value>
Value value_at(const Bytes& bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}
std::uint32_t u32_at(const Bytes& bytes, std::size_t offset) { return value_at<std::uint32_t>(bytes, offset); }
std::uint64_t u64_at(const Bytes& bytes, std::size_t offset) { return value_at<std::uint64_t>(bytes, offset); }

template <typename Value>
void set_at(Bytes& bytes, std::size_t offset, Value value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}
void set_u32(Bytes& bytes, std::size_t offset, std::uint32_t value) { set_at(bytes, offset, value); }

void expect_same_picture(const codec::EncodedTexture& read, const codec::EncodedTexture& written) {
  EXPECT_EQ(read.format, written.format);
  EXPECT_EQ(read.width, written.width);
  EXPECT_EQ(read.height, written.height);
  EXPECT_EQ(read.opaque, written.opaque);
  EXPECT_EQ(read.blocks, written.blocks);
}

/// The line with which `bytes` is refused, or nothing if it is not, or not as an input.
std::string refusal(const Bytes& bytes) {
  try {
    std::get<codec::EncodedTexture>(read_container(bytes, "folder/x.dds"));
  } catch (const Error& error) {
    if (error.fault() == Fault::input) return error.what();
  }
  return {};
}

TEST(Container, RoundTripsEverySize) {
  for (const auto format : {codec::TextureFormat::bc7_unorm, codec::TextureFormat::bc7_srgb}) {
    for (std::uint32_t width = 1; width <= 17; ++width) {
      for (std::uint32_t height = 1; height <= 33; ++height) {
        SCOPED_TRACE(fmt::format("{} x {}", width, height));
        codec::EncodedTexture texture = make_texture(format, width, height);
        texture.opaque = (width + height) % 2 == 0;
        expect_same_picture(std::get<codec::EncodedTexture>(read_container(write_dds(texture), "x.dds")), texture);
        expect_same_picture(std::get<codec::EncodedTexture>(read_container(write_ktx2(texture), "x.ktx2")), texture);
      }
    }
  }
}

TEST(Container, Ktx2KeepsProvenance) {
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 5, 6);
  const codec::Provenance read = std::get<codec::EncodedTexture>(read_container(write_ktx2(texture), "x")).provenance;
  EXPECT_EQ(read.codec, "bc7");
  EXPECT_EQ(read.preset, "tinybc");
  EXPECT_EQ(read.version, "9.8.7");
  EXPECT_EQ(read.device, texture.provenance.device);
  EXPECT_EQ(read.parameters, texture.provenance.parameters);
  EXPECT_EQ(read.seed, 18446744073709551615u);
  EXPECT_EQ(read.steps, 64u);
}

TEST(Container, Ktx2OfAnotherProgramHasNoProvenance) {
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 5, 6);
  Bytes file = write_ktx2(texture);
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  const std::size_t brace = text.find("{\"codec\"");
  ASSERT_NE(brace, text.npos);
  file[brace] = std::byte{'['};
  const auto read = std::get<codec::EncodedTexture>(read_container(file, "x"));
  EXPECT_EQ(read.blocks, texture.blocks);
  EXPECT_EQ(read.provenance.codec, "");
  EXPECT_TRUE(read.provenance.parameters.empty());
}

TEST(Container, DdsHeaderIsWhereTheSpecificationPutsIt) {
  auto texture = make_texture(codec::TextureFormat::bc7_srgb, 17, 33);
  const Bytes file = write_dds(texture);
  ASSERT_EQ(file.size(), dds_header_bytes() + 5 * 9 * 16);
  EXPECT_EQ(dds_header_bytes(), 148u);
  EXPECT_EQ(std::memcmp(file.data(), "DDS ", 4), 0);
  EXPECT_EQ(u32_at(file, 4), 124u);
  EXPECT_EQ(u32_at(file, 8), 0x81007u);  // caps, height, width, pixel format, linear size
  EXPECT_EQ(u32_at(file, 12), 33u);
  EXPECT_EQ(u32_at(file, 16), 17u);
  EXPECT_EQ(u32_at(file, 20), 5u * 9 * 16);
  EXPECT_EQ(u32_at(file, 28), 1u);
  EXPECT_EQ(std::memcmp(file.data() + 68, "TXSC", 4), 0);
  EXPECT_EQ(u32_at(file, 76), 32u);
  EXPECT_EQ(u32_at(file, 80), 4u);
  EXPECT_EQ(std::memcmp(file.data() + 84, "DX10", 4), 0);
  EXPECT_EQ(u32_at(file, 108), 0x1000u);
  EXPECT_EQ(u32_at(file, 112), 0u);
  EXPECT_EQ(u32_at(file, 128), 99u);
  EXPECT_EQ(u32_at(file, 132), 3u);
  EXPECT_EQ(u32_at(file, 136), 0u);
  EXPECT_EQ(u32_at(file, 140), 1u);
  EXPECT_EQ(u32_at(file, 144), 1u);  // straight alpha
  EXPECT_EQ(file[148], texture.blocks[0]);

  texture.opaque = true;
  EXPECT_EQ(u32_at(write_dds(texture), 144), 3u);
  EXPECT_EQ(u32_at(write_dds(make_texture(codec::TextureFormat::bc7_unorm, 1, 1)), 128), 98u);
}

TEST(Container, Ktx2HeaderIsWhereTheSpecificationPutsIt) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 17, 33);
  const Bytes file = write_ktx2(texture);
  EXPECT_EQ(std::memcmp(file.data(), "\xABKTX 20\xBB\r\n\x1A\n", 12), 0);
  const std::array<std::uint32_t, 9> expected{145, 1, 17, 33, 0, 0, 1, 1, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(u32_at(file, 12 + 4 * i), expected[i]) << i;
  EXPECT_EQ(u32_at(file, 48), 104u);  // descriptor behind the header and one level
  EXPECT_EQ(u32_at(file, 52), 44u);
  EXPECT_EQ(u32_at(file, 56), 148u);
  EXPECT_EQ(u32_at(file, 60) % 4, 0u);
  EXPECT_EQ(u64_at(file, 64), 0u);
  EXPECT_EQ(u64_at(file, 72), 0u);
  const std::uint64_t level = u64_at(file, 80);
  EXPECT_EQ(level % 16, 0u);
  EXPECT_LT(level - (148 + u32_at(file, 60)), 16u);
  EXPECT_EQ(u64_at(file, 88), 5u * 9 * 16);
  EXPECT_EQ(u64_at(file, 96), 5u * 9 * 16);
  EXPECT_EQ(file.size(), level + 5 * 9 * 16);
  EXPECT_EQ(file[level], texture.blocks[0]);

  const std::array<std::uint32_t, 11> descriptor{
      44, 0, 2 | 40 << 16, 134 | 1 << 8 | 1 << 16, 3 | 3 << 8, 16, 0, 127 << 16, 0, 0, 0xFFFFFFFF};
  for (std::size_t i = 0; i < descriptor.size(); ++i) EXPECT_EQ(u32_at(file, 104 + 4 * i), descriptor[i]) << i;

  const Bytes srgb = write_ktx2(make_texture(codec::TextureFormat::bc7_srgb, 1, 1));
  EXPECT_EQ(u32_at(srgb, 12), 146u);
  EXPECT_EQ(srgb[104 + 14], std::byte{2});
}

TEST(Container, TruncationAtEveryLengthIsRefused) {
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 9, 7);
  for (const Bytes& file : {write_dds(texture), write_ktx2(texture)}) {
    for (std::size_t size = 0; size < file.size(); ++size) {
      const std::string line = refusal(Bytes(file.begin(), file.begin() + std::ptrdiff_t(size)));
      ASSERT_TRUE(line.starts_with("folder/x.dds: ")) << size << ": " << line;
      ASSERT_EQ(line.find('\n'), line.npos);
    }
  }
}

TEST(Container, DamageIsNamed) {
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 9, 7);
  const Bytes dds = write_dds(texture), ktx2 = write_ktx2(texture);
  struct Case {
    const Bytes& file;
    std::size_t offset;
    std::uint32_t value;
    std::string says;
  };
  const std::vector<Case> cases{
      {dds, 0, 0x20534443, "is no DDS, KTX2 or .txs file"},
      {dds, 4, 125, "header size 125 instead of 124"},
      {dds, 12, 0, "is 9 x 0 texels; at least 1 x 1"},
      {dds, 12, 16385, "is 9 x 16385 texels; at most 16384 a side"},
      {dds, 16, 0xFFFFFFFF, "is 4294967295 x 7 texels"},
      {dds, 12, 16384, "cut off"},
      {dds, 28, 5, "claims 5 mip levels; 9 x 7 texels have at most 4"},
      {dds, 28, 0xFFFFFFFF, "claims 4294967295 mip levels"},
      {dds, 28, 4, "chain of 4 mip levels"},
      {dds, 76, 31, "pixel format size 31 instead of 32"},
      {dds, 80, 0x40, "uncompressed DDS"},
      {dds, 84, 0x31545844, "format 'DXT1'"},
      {dds, 84, 0x00000001, "format '....'"},
      {dds, 112, 0x200, "cube map"},
      {dds, 112, 0x200000, "volume"},
      {dds, 128, 71, "DXGI format 71 is not read; 97, 98 and 99 (BC7) are"},
      {dds, 132, 4, "resource dimension 4"},
      {dds, 136, 4, "cube map"},
      {dds, 140, 6, "array of 6 textures"},
      {dds, 140, 0, "array of 0 textures"},
      {ktx2, 4, 0x31312058, "is no DDS, KTX2 or .txs file"},
      {ktx2, 12, 37, "VkFormat 37 is not read; 145 and 146 (BC7) are"},
      {ktx2, 16, 4, "type size 4"},
      {ktx2, 20, 0, "is 0 x 7 texels"},
      {ktx2, 20, 20000, "is 20000 x 7 texels; at most"},
      {ktx2, 24, 0, "1D texture"},
      {ktx2, 28, 1, "volume"},
      {ktx2, 32, 2, "array of 2 textures"},
      {ktx2, 36, 6, "cube map"},
      {ktx2, 36, 0, "0 faces"},
      {ktx2, 40, 5, "claims 5 mip levels"},
      {ktx2, 44, 2, "supercompressed (scheme 2)"},
      {ktx2, 48, 0xFFFFFFF0, "data format descriptor takes 44 bytes"},
      {ktx2, 52, 43, "data format descriptor of 43 bytes"},
      {ktx2, 56, 0xFFFFFFF0, "key/value data takes"},
      {ktx2, 60, 0xFFFFFFF0, "key/value data takes"},
      {ktx2, 60, 3, "key/value data takes 4 bytes"},
      {ktx2, 80, 0xFFFFFFF0, "picture takes"},
      {ktx2, 84, 0xFFFFFFFF, "picture takes"},
      {ktx2, 88, 95, "level 0 has 95 bytes; 9 x 7 texels take 96"},
      {ktx2, 96, 97, "level 0 has 96 bytes"},
      {ktx2, 116, 134 | 1 << 8 | 1 << 16, "transfer function 1) contradicts VkFormat 146"},
      {ktx2, 116, 128 | 1 << 8 | 2 << 16, "colour model 128"},
      {ktx2, 148, 0xFFFFFFF0, "key/value data takes"},
      {ktx2, 152, 0, "an entry without a key"},
      {ktx2, 167, 'r' | 'u' << 8, "KTXorientation is not 'rd'"},
  };
  for (const Case& damage : cases) {
    Bytes file = damage.file;
    set_u32(file, damage.offset, damage.value);
    const std::string line = refusal(file);
    EXPECT_TRUE(line.starts_with("folder/x.dds: ")) << line;
    EXPECT_NE(line.find(damage.says), line.npos) << "said: " << line << "\nexpected: " << damage.says;
    EXPECT_EQ(line.find('\n'), line.npos);
  }
}

TEST(Container, TypelessIsReadAsStored) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 4, 4);
  Bytes file = write_dds(texture);
  set_u32(file, 128, 97);
  expect_same_picture(std::get<codec::EncodedTexture>(read_container(file, "x")), texture);
}

TEST(Container, OfSeveralDdsLevelsTheFirstIsRead) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 8, 8);
  Bytes file = write_dds(texture);
  set_u32(file, 28, 4);
  EXPECT_NE(refusal(file).find("chain of 4 mip levels"), std::string::npos);
  file.resize(file.size() + 3 * 16, std::byte{0x55});  // 4x4, 2x2, 1x1: a block each
  expect_same_picture(std::get<codec::EncodedTexture>(read_container(file, "x")), texture);
}

TEST(Container, OfSeveralKtx2LevelsTheFirstIsRead) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 8, 8);
  const Bytes one = write_ktx2(texture);
  constexpr std::size_t entry = 24;
  Bytes file(one.begin(), one.begin() + 80 + entry);
  file.resize(file.size() + entry);  // the second level's index entry
  file.insert(file.end(), one.begin() + 80 + entry, one.begin() + std::ptrdiff_t(u64_at(one, 80)));
  set_u32(file, 40, 2);
  set_u32(file, 48, u32_at(one, 48) + entry);
  set_u32(file, 56, u32_at(one, 56) + entry);
  set_at<std::uint64_t>(file, 104, file.size());  // the smaller level stands first
  set_at<std::uint64_t>(file, 112, 16);
  set_at<std::uint64_t>(file, 120, 16);
  file.resize(file.size() + 16, std::byte{0x55});
  set_at<std::uint64_t>(file, 80, file.size());
  file.insert(file.end(), texture.blocks.begin(), texture.blocks.end());
  expect_same_picture(std::get<codec::EncodedTexture>(read_container(file, "x")), texture);
}

TEST(Container, FilesAreChosenByExtension) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("texelscope-container-{}", ::getpid());
  std::filesystem::create_directories(folder);
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 9, 7);
  for (const char* name : {"a.dds", "b.ktx2", "c.DDS"}) {
    save_container(folder / name, texture);
    expect_same_picture(std::get<codec::EncodedTexture>(load_container(folder / name)), texture);
    EXPECT_TRUE(has_container_extension(folder / name));
  }
  EXPECT_EQ(read_file(folder / "a.dds"), write_dds(texture));
  EXPECT_EQ(read_file(folder / "b.ktx2"), write_ktx2(texture));

  EXPECT_FALSE(has_container_extension("dds"));
  EXPECT_FALSE(has_container_extension("a.png"));
  try {
    save_container(folder / "d.png", texture);
    ADD_FAILURE() << "a .png container was written";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::usage);
    EXPECT_NE(std::string(error.what()).find("d.png: no container is called '.png'; give .dds or .ktx2"),
              std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "d.png"));
  try {
    std::get<codec::EncodedTexture>(load_container(folder / "missing.dds"));
    ADD_FAILURE() << "a missing file was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace txs::artifact
