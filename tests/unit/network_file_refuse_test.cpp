// Damaged network files, and networks that are none: each is named in one line.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "../support/network_bytes.h"
#include "../support/random_network.h"
#include "artifact/container.h"
#include "artifact/network_file.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

using codec::EncodedNetwork;
using codec::Stage2;
using test::Bytes;

EncodedNetwork sample(Stage2 stage2 = Stage2::none) {
  EncodedNetwork network = test::random_latent_network(16, false, stage2);
  test::add_training(network);
  return network;
}

/// The line with which `file` is refused, or nothing if it is not, or not as an input.
std::string refusal(const Bytes& file) {
  try {
    read_network(file, "folder/x.txs");
  } catch (const Error& error) {
    if (error.fault() == Fault::input) return error.what();
  }
  return {};
}

void expect_refused(const Bytes& file, const std::string& says) { EXPECT_EQ(refusal(file), "folder/x.txs: " + says); }

TEST(NetworkRefusal, NoSoundFrame) {
  const Bytes file = write_network(sample());
  expect_refused({}, "is no network file (.txs): its magic bytes are not at its start");
  Bytes other = file;
  other[1] = std::byte{'t'};
  expect_refused(other, "is no network file (.txs): its magic bytes are not at its start");

  Bytes newer = file;
  test::set_number<std::uint32_t>(newer, 8, 2);
  test::repair_checksum(newer);
  expect_refused(newer, "is a network file of version 2; version 1 is read");

  Bytes wrong_tag = file;
  test::set_number<std::uint32_t>(wrong_tag, 12, 0);
  expect_refused(wrong_tag, "is no sound network file: no section 'JSON' where its description should be");

  Bytes damaged = file;
  damaged[file.size() / 2] ^= std::byte{1};
  EXPECT_NE(refusal(damaged).find("is damaged: its CRC-32 is "), std::string::npos) << refusal(damaged);

  Bytes longer = file;
  longer.push_back(std::byte{0});
  expect_refused(longer, "has 1 bytes behind its checksum");
}

TEST(NetworkRefusal, CutOffAnywhere) {
  for (const Stage2 stage2 : {Stage2::none, Stage2::zstd}) {
    const Bytes file = write_network(sample(stage2));
    for (std::size_t size = 0; size < file.size(); size += size < 700 ? 1 : 97) {
      const std::string line = refusal(Bytes(file.begin(), file.begin() + std::ptrdiff_t(size)));
      EXPECT_TRUE(line.starts_with("folder/x.txs: is ")) << size << ": " << line;
    }
  }
}

TEST(NetworkRefusal, SizesBeyondTheFileAllocateNothing) {
  const Bytes file = write_network(sample());
  for (int number = 0; number < 4; ++number) {
    for (const std::uint64_t size : {~std::uint64_t(0), std::uint64_t(1) << 63, std::uint64_t(file.size())}) {
      Bytes claims = file;
      test::set_number(claims, test::section_size_at(file, number), size);
      EXPECT_NE(refusal(claims).find("is cut off: its "), std::string::npos) << number << ": " << refusal(claims);
    }
  }
  Bytes training = test::section(file, 3);
  for (const std::uint64_t count : {~std::uint64_t(0), std::uint64_t(1) << 62, std::uint64_t(training.size())}) {
    test::set_number(training, 8, count);
    EXPECT_NE(refusal(test::with_section(file, 3, training)).find("is cut off: its training state"), std::string::npos);
  }
}

TEST(NetworkRefusal, DescriptionsThatAreNone) {
  const Bytes file = write_network(sample());
  const struct {
    std::string_view from, to, says;
  } changes[] = {
      {"{\"width\"", "[\"width\"", "is no sound network file: its description is no JSON from byte 9 on"},
      {"\"width\"", "\"wide\"", "is no sound network file: its description has no 'width'"},
      {"\"width\":93", "\"width\":-3",
       "is no sound network file: its description has a 'width' that is no whole number below 2^32"},
      {"\"width\":93", "\"width\":4294967296",
       "is no sound network file: its description has a 'width' that is no whole number below 2^32"},
      {"\"siren\"", "\"tanh\"",
       "is no sound network file: its description has a 'activation' that is none of siren, gelu, silu, relu"},
      {"\"none\"", "0",
       "is no sound network file: its description has a 'stage2' that is none of none, jpeg, png, zstd"},
      {"\"omega0\":30.0", "\"omega0\":1e300",
       "is no sound network file: its description has a 'omega0' that is no number of a float's range"},
      {"[12,7,5,84,16]", "[12,7,5,84]",
       "is no sound network file: its description has a grid of other than five sizes"},
      {"\"layers\":[16,16,3]", "\"layers\":3",
       "is no sound network file: its description has a 'layers' that is no list"},
      {"\"preset\"", "\"preselect\"",
       "is no sound network file: its description lacks provenance, or has values of other types"},
      {"\"srgb\":true", "\"srgb\":1",
       "is no sound network file: its description lacks provenance, or has values of other types"},
  };
  for (const auto& [from, to, says] : changes)
    expect_refused(test::with_description(file, from, to), std::string(says));
  expect_refused(test::with_section(file, 0, Bytes(65537, std::byte{' '})),
                 "has a description of 65537 bytes; at most 65536 are read");
}

TEST(NetworkRefusal, ShapesThatDoNotFit) {
  const Bytes file = write_network(sample());
  const struct {
    std::string_view from, to, says;
  } changes[] = {
      {"\"width\":93", "\"width\":0",
       "is a picture of 0 x 53 texels; 1 to 16384 a side and at most 268435456 in all can be"},
      {"\"height\":53", "\"height\":16385",
       "is a picture of 93 x 16385 texels; 1 to 16384 a side and at most 268435456 in all can be"},
      {"\"channels\":3", "\"channels\":2", "has 2 channels; 3 (RGB) or 4 (RGBA) can be"},
      {"\"channels\":3", "\"channels\":4", "has 3 outputs for a picture of 4 channels"},
      {"\"jpeg_quality\":85", "\"jpeg_quality\":101", "has a JPEG quality of 101; 1 to 100 can be"},
      {"[[12,7,5,84,16],[23,13,2,299,16]]", "[]", "has 0 grids; 1 to 16 can be"},
      {"[12,7,5,84,16]", "[0,7,5,0,16]", "has a grid 0 of 0 x 7; 1 to 16384 a side can be"},
      {"[12,7,5,84,16]", "[12,7,0,84,16]", "has a grid 0 of 0 channels; 1 to 256 can be"},
      {"[12,7,5,84,16]", "[12,7,5,83,16]",
       "has a grid 0 of 83 entries; 12 x 7 of them, or a power of two below that, can be"},
      {"[12,7,5,84,16]", "[12,7,5,128,16]",
       "has a grid 0 of 128 entries; 12 x 7 of them, or a power of two below that, can be"},
      {"[12,7,5,84,16]", "[12,7,5,84,9]", "has a grid 0 of 9 bits; 16, or 2 to 8, can be"},
      {"[16,16,3]", "[3]", "has 1 layers; 1 to 4 hidden ones and the last can be"},
      {"[16,16,3]", "[16,16,16,16,16,3]", "has 6 layers; 1 to 4 hidden ones and the last can be"},
      {"[16,16,3]", "[129,129,3]", "has hidden layers of 129 units; 1 to 128 can be"},
      {"[16,16,3]", "[16,15,3]", "has hidden layers of 16 and 15 units; all must be the same"},
      {"[16,16,3]", "[16,16,4]", "has 4 outputs for a picture of 3 channels"},
      // Sound, but not what the other sections hold.
      {"[16,16,3]", "[16,3]", "has 902 bytes of decoder; its layers ask for 358"},
      {"[12,7,5,84,16]", "[12,7,5,64,16]", "has 200 bytes behind its grids"},
      {"[12,7,5,84,16]", "[16384,16384,5,268435456,16]",
       "has 2036 bytes of grids; its shape asks for 10485765 or more"},
      {"\"none\"", "\"jpeg\"", "has JPEG pictures of grids of 16 bits; 8 can be"},
  };
  for (const auto& [from, to, says] : changes)
    expect_refused(test::with_description(file, from, to), std::string(says));
}

TEST(NetworkRefusal, ValuesThatAreNoNumbers) {
  const Bytes file = write_network(sample());
  const auto with_half = [&](int number, std::size_t at, std::uint16_t half) {
    Bytes section = test::section(file, number);
    test::set_number(section, at, half);
    return test::with_section(file, number, section);
  };
  for (const std::uint16_t half : std::initializer_list<std::uint16_t>{0x7C00, 0xFC00, 0x7E00, 0x7C01}) {
    expect_refused(with_half(1, 10, half), "has a grid 0 with values that are NaN or infinite");
    expect_refused(with_half(2, 0, half), "has a layer 0 with weights or biases that are NaN or infinite");
    expect_refused(with_half(2, 900, half), "has a layer 2 with weights or biases that are NaN or infinite");
  }
  Bytes training = test::section(file, 3);
  test::set_number(training, training.size() - 4, NAN);
  expect_refused(test::with_section(file, 3, training), "has a training state with values that are NaN or infinite");

  EncodedNetwork integers = test::random_latent_network(5, false, Stage2::none);
  const Bytes integer_file = write_network(integers);
  Bytes grids = test::section(integer_file, 1);
  test::set_number(grids, 4, INFINITY);
  expect_refused(test::with_section(integer_file, 1, grids), "has a grid 0 whose channel 1 has no finite range");
  test::set_number(grids, 4, -3e38f);
  test::set_number(grids, 4 + 5 * 4, 3e38f);
  expect_refused(test::with_section(integer_file, 1, grids), "has a grid 0 whose channel 1 has no finite range");
}

TEST(NetworkRefusal, TrainingThatDoesNotFit) {
  const Bytes file = write_network(sample());
  Bytes training = test::section(file, 3);
  training.resize(16);
  test::set_number<std::uint64_t>(training, 8, 0);
  expect_refused(test::with_section(file, 3, training),
                 "has a training state whose arrays do not fit its 1469 parameters");
  training.push_back(std::byte{});
  expect_refused(test::with_section(file, 3, training), "has 1 bytes behind the 0 parameters of its training state");
}

TEST(NetworkRefusal, IntegersBeyondTheirBits) {
  const Bytes file = write_network(test::random_latent_network(8, false, Stage2::zstd));
  const Bytes narrower = test::with_description(file, "[12,7,5,84,8]", "[12,7,5,84,3]");
  expect_refused(narrower, "has a grid 0 of 3 bits with integers beyond 7");
}

TEST(NetworkRefusal, CodedGridsOfOtherSizes) {
  const auto swapped = [](Stage2 stage2) {
    const Bytes file = write_network(test::random_latent_network(8, false, stage2));
    return refusal(test::with_description(file, "[12,7,5,84,8],[23,13,2,299,8]", "[11,7,5,77,8],[23,13,2,299,8]"));
  };
  EXPECT_EQ(swapped(Stage2::png),
            "folder/x.txs: holds a PNG picture of 12 x 35 where its features need 11 x 35 in 8 bits of grey");
  EXPECT_EQ(swapped(Stage2::jpeg),
            "folder/x.txs: holds a JPEG picture of 12 x 7 where its features need 11 x 7 in YCbCr 4:4:4");
  EXPECT_EQ(swapped(Stage2::zstd), "folder/x.txs: holds features that are no zstd frame of 385 bytes");
}

TEST(NetworkRefusal, WhatCouldNotBeReadIsNotWritten) {
  const auto refused = [](auto change) -> std::string {
    EncodedNetwork network = sample();
    change(network);
    try {
      write_network(network);
    } catch (const Error& error) {
      if (error.fault() == Fault::internal) return error.what();
    }
    return {};
  };
  EXPECT_EQ(refused([](EncodedNetwork& network) { network.grids[1].values[7] = 0x7C00; }),
            "the network cannot be saved: it has a grid 1 with values that are NaN or infinite");
  EXPECT_EQ(refused([](EncodedNetwork& network) { network.grids[1].values.pop_back(); }),
            "the network cannot be saved: it has a grid 1 whose arrays do not have its size");
  EXPECT_EQ(refused([](EncodedNetwork& network) { network.layers[1].inputs = 17; }),
            "the network cannot be saved: it has a layer 1 of 17 inputs where 16 come in");
  EXPECT_EQ(refused([](EncodedNetwork& network) { network.training->first_moments[0] = NAN; }),
            "the network cannot be saved: it has a training state with values that are NaN or infinite");
  const std::string line = refused([](EncodedNetwork& network) { network.provenance.device.assign(70000, 'x'); });
  EXPECT_TRUE(line.starts_with("the network cannot be saved: its description has 70")) << line;
}

TEST(NetworkContainer, FilesAreChosenByExtension) {
  const auto folder = std::filesystem::temp_directory_path() / ("texelscope-network-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const codec::Encoded network = sample();
  for (const char* name : {"a.txs", "b.TXS"}) {
    save_container(folder / name, network);
    EXPECT_TRUE(has_container_extension(folder / name));
    EXPECT_EQ(std::get<EncodedNetwork>(load_container(folder / name)).layers[0].weights,
              std::get<EncodedNetwork>(network).layers[0].weights);
  }
  const auto usage = [&](const char* name, const codec::Encoded& encoded) -> std::string {
    try {
      save_container(folder / name, encoded);
    } catch (const Error& error) {
      if (error.fault() == Fault::usage) return error.what();
    }
    return {};
  };
  EXPECT_TRUE(usage("c.dds", network).ends_with("c.dds: no container is called '.dds'; give .txs"));
  EXPECT_TRUE(usage("d.txs", codec::EncodedTexture{}).ends_with("no container is called '.txs'; give .dds or .ktx2"));
  EXPECT_FALSE(std::filesystem::exists(folder / "c.dds"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace txs::artifact
