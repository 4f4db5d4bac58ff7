// DDS and KTX2: what is written is read back, and damage is named.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "artifact_container_support.h"
#include "core/files.h"

namespace txs::artifact {
namespace {

TEST(Container, RoundTripsEverySize) {
  for (const auto format : {codec::TextureFormat::bc7_unorm, codec::TextureFormat::bc7_srgb}) {
    for (std::uint32_t width = 1; width <= 17; ++width) {
      for (std::uint32_t height = 1; height <= 33; ++height) {
        SCOPED_TRACE(fmt::format("{} x {}", width, height));
        codec::EncodedTexture texture = make_texture(format, width, height);
        texture.opaque = (width + height) % 2 == 0;
        expect_same_picture(read(write_dds(texture)), texture);
        expect_same_picture(read(write_ktx2(texture)), texture);
      }
    }
  }
}

TEST(Container, RoundTripsEveryFormatAndNumberOfLevels) {
  for (const auto format : test::all_formats) {
    for (const auto& [width, height] : {std::pair{1u, 1u}, {4u, 2u}, {17u, 33u}, {64u, 5u}}) {
      for (std::uint32_t levels = 1; levels <= codec::full_level_count(width, height); ++levels) {
        SCOPED_TRACE(fmt::format("{} {} x {}, {} levels", codec::traits(format).name, width, height, levels));
        const codec::EncodedTexture texture = make_texture(format, width, height, levels);
        if (!codec::is_astc(format)) expect_same_picture(read(write_dds(texture)), texture);
        expect_same_picture(read(write_ktx2(texture)), texture);
      }
    }
  }
}

TEST(Container, RoundTripsAstcFiles) {
  for (const auto format : test::all_formats) {
    if (!codec::is_astc(format)) continue;
    auto texture = make_texture(format, 27, 13);
    const codec::EncodedTexture back = read(write_astc(texture));
    EXPECT_EQ(codec::traits(back.format).block_width, codec::traits(format).block_width);
    EXPECT_EQ(codec::traits(back.format).block_height, codec::traits(format).block_height);
    EXPECT_TRUE(codec::traits(back.format).srgb) << "what a file without a colour space is taken as";
    texture.format = back.format;
    expect_same_picture(back, texture);
  }
}

TEST(Container, SaysWhatAFileTakes) {
  for (const auto format : test::all_formats) {
    for (const auto& [width, height] : {std::pair{1u, 1u}, {17u, 33u}, {64u, 5u}}) {
      for (const std::uint32_t levels : {1u, 2u, codec::full_level_count(width, height)}) {
        if (levels > codec::full_level_count(width, height)) continue;
        SCOPED_TRACE(fmt::format("{} {} x {}, {} levels", codec::traits(format).name, width, height, levels));
        const codec::EncodedTexture texture = make_texture(format, width, height, levels);
        codec::EncodedTexture shape = texture;
        shape.blocks.clear();
        shape.mips.clear();
        EXPECT_EQ(file_bytes(".ktx2", shape, levels), write_ktx2(texture).size());
        if (!codec::is_astc(format)) {
          EXPECT_EQ(file_bytes(".dds", shape, levels), write_dds(texture).size());
        } else if (levels == 1 && !codec::traits(format).hdr) {
          EXPECT_EQ(file_bytes(".astc", shape, levels), write_astc(texture).size());
        }
        const std::string_view usual = container_endings(std::array{format}).front();
        EXPECT_EQ(usual, codec::is_astc(format) ? ".astc" : ".dds");
      }
    }
  }
  EXPECT_EQ(header_bytes(".astc", make_texture(codec::TextureFormat::astc_6x6_srgb, 8, 8)), 16u);
  EXPECT_EQ(container_endings({}).front(), ".txs");
  EXPECT_FALSE(holds_levels(".astc"));
}

TEST(Container, WritesAFormatOnlyWhereItBelongs) {
  EXPECT_THROW(write_dds(make_texture(codec::TextureFormat::astc_6x6_srgb, 8, 8)), Error);
  EXPECT_THROW(write_astc(make_texture(codec::TextureFormat::bc7_srgb, 8, 8)), Error);
  EXPECT_THROW(write_astc(make_texture(codec::TextureFormat::astc_6x6_srgb, 8, 8, 4)), Error);
}

TEST(Container, RefusesAstcFilesThatAreNone) {
  const Bytes file = write_astc(make_texture(codec::TextureFormat::astc_5x4_srgb, 9, 9));
  const auto refused = [&](std::size_t at, std::uint8_t value) {
    Bytes changed = file;
    changed[at] = std::byte(value);
    EXPECT_THROW(read(changed), Error) << "byte " << at << " as " << int(value);
  };
  refused(4, 7);    // blocks of 7 x 4
  refused(6, 3);    // of three slices
  refused(7, 0);    // no columns
  refused(9, 1);    // 65545 columns
  refused(13, 2);   // two slices
  refused(7, 200);  // more blocks than there are
  EXPECT_THROW(read(Bytes(file.begin(), file.begin() + 15)), Error);
}

TEST(Container, RoundTripsTheMeaningOfAlpha) {
  for (const auto format : {codec::TextureFormat::bc1_srgb, codec::TextureFormat::bc3_unorm}) {
    for (const auto& [opaque, premultiplied] : {std::pair{false, false}, {true, false}, {false, true}}) {
      codec::EncodedTexture texture = make_texture(format, 8, 8);
      texture.opaque = opaque;
      texture.premultiplied = premultiplied;
      expect_same_picture(read(write_dds(texture)), texture);
      expect_same_picture(read(write_ktx2(texture)), texture);
    }
  }
}

/// The same blocks behind the header that Direct3D 9 knew.
Bytes with_old_header(const codec::EncodedTexture& texture, std::string_view four_letters) {
  Bytes file = write_dds(texture);
  std::memcpy(file.data() + 84, four_letters.data(), 4);
  file.erase(file.begin() + 128, file.begin() + 148);
  return file;
}

TEST(Container, OldDdsHeadersAreRead) {
  using enum codec::TextureFormat;
  for (const auto& [name, format] : {std::pair{"DXT1", bc1_unorm}, {"DXT4", bc3_unorm}, {"DXT5", bc3_unorm},
                                     {"ATI1", bc4_unorm}, {"BC4U", bc4_unorm}, {"BC4S", bc4_snorm},
                                     {"ATI2", bc5_unorm}, {"BC5U", bc5_unorm}, {"BC5S", bc5_snorm}}) {
    SCOPED_TRACE(name);
    codec::EncodedTexture texture = make_texture(format, 19, 6, 5);
    texture.premultiplied = std::string_view(name) == "DXT4";
    const Bytes file = with_old_header(texture, name);
    expect_same_picture(read(file), texture);
    EXPECT_NE(refusal(Bytes(file.begin(), file.end() - 1)).find("cut off: its chain of 5 mip levels"), std::string::npos);
  }
  const auto texture = make_texture(bc3_unorm, 8, 8);
  for (const char* name : {"DXT2", "DXT3"})
    EXPECT_NE(refusal(with_old_header(texture, name)).find(fmt::format("format '{}' (BC2)", name)), std::string::npos);
  Bytes cube_map = with_old_header(texture, "DXT5");
  set_u32(cube_map, 112, 0x200);
  EXPECT_NE(refusal(cube_map).find("cube map"), std::string::npos);
}

TEST(Container, Ktx2KeepsProvenance) {
  const auto texture = make_texture(codec::TextureFormat::bc7_srgb, 5, 6);
  const codec::Provenance read = artifact::read(write_ktx2(texture)).provenance;
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
  const auto read = artifact::read(file);
  EXPECT_EQ(read.blocks, texture.blocks);
  EXPECT_EQ(read.provenance.codec, "");
  EXPECT_TRUE(read.provenance.parameters.empty());
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
      {dds, 0, 0x20534443, "is no DDS, KTX2, .astc or .txs file"},
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
      {dds, 84, 0x33545844, "format 'DXT3' (BC2), which is not read; BC1 and BC3 to BC7 are"},
      {dds, 84, 0x00000001, "format '....', which is not read"},
      {dds, 112, 0x200, "cube map"},
      {dds, 112, 0x200000, "volume"},
      {dds, 128, 28, "DXGI format 28 is not read; BC1 and BC3 to BC7 are"},
      {dds, 128, 74, "DXGI format 74 (BC2) is not read"},
      {dds, 128, 94, "DXGI format 94 (typeless: signed or not is left open) is not read"},
      {dds, 128, 0, "DXGI format 0 is not read"},
      {dds, 132, 4, "resource dimension 4"},
      {dds, 136, 4, "cube map"},
      {dds, 140, 6, "array of 6 textures"},
      {dds, 140, 0, "array of 0 textures"},
      {ktx2, 4, 0x31312058, "is no DDS, KTX2, .astc or .txs file"},
      {ktx2, 12, 37, "VkFormat 37 is not read; BC1, BC3 to BC7 and ASTC's 2D sizes are"},
      {ktx2, 12, 136, "VkFormat 136 (BC2) is not read"},
      {ktx2, 12, 138, "colour model 134, transfer function 2) contradicts BC3_UNORM_SRGB"},
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
      {ktx2, 48, 0xFFFFFFF0, "data format descriptor should fill 44 bytes"},
      {ktx2, 52, 43, "data format descriptor of 43 bytes"},
      {ktx2, 56, 0xFFFFFFF0, "key/value data should fill"},
      {ktx2, 60, 0xFFFFFFF0, "key/value data should fill"},
      {ktx2, 60, 3, "key/value data should fill 4 bytes"},
      {ktx2, 80, 0xFFFFFFF0, "picture should fill"},
      {ktx2, 84, 0xFFFFFFFF, "picture should fill"},
      {ktx2, 88, 95, "level 0 has 95 bytes; 9 x 7 texels take 96"},
      {ktx2, 96, 97, "level 0 has 96 bytes"},
      {ktx2, 116, 134 | 1 << 8 | 1 << 16, "transfer function 1) contradicts BC7_UNORM_SRGB"},
      {ktx2, 116, 128 | 1 << 8 | 2 << 16, "colour model 128"},
      {ktx2, 148, 0xFFFFFFF0, "key/value data should fill"},
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

TEST(Container, TruncatedChainsAreRefused) {
  const auto texture = make_texture(codec::TextureFormat::bc1_srgb, 9, 7, 4);
  for (const Bytes& file : {write_dds(texture), write_ktx2(texture)})
    for (std::size_t size = 0; size < file.size(); ++size)
      ASSERT_TRUE(refusal(Bytes(file.begin(), file.begin() + std::ptrdiff_t(size))).starts_with("folder/x.dds: ")) << size;
}

TEST(Container, TypelessIsReadAsStored) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 4, 4);
  Bytes file = write_dds(texture);
  set_u32(file, 128, 97);
  expect_same_picture(read(file), texture);
}

TEST(Container, Ktx2LevelsMayLieAnywhere) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 8, 8, 2);
  Bytes file = write_ktx2(texture);
  const std::uint64_t small = u64_at(file, 104);
  EXPECT_EQ(u64_at(file, 80), small + 16);  // level 0 behind level 1
  set_at<std::uint64_t>(file, 104, file.size());
  file.insert(file.end(), texture.mips[0].begin(), texture.mips[0].end());
  expect_same_picture(read(file), texture);
  set_at<std::uint64_t>(file, 112, 15);
  EXPECT_NE(refusal(file).find("level 1 has 15 bytes; 4 x 4 texels take 16"), std::string::npos);
}

TEST(Container, Ktx2WithoutLevelCountHasOne) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 8, 8);
  Bytes file = write_ktx2(texture);
  set_u32(file, 40, 0);  // "make the others of it"
  expect_same_picture(read(file), texture);
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
