// The device, its resources and its recorders, on whatever device is at hand.
#include "gpu/device.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <memory>
#include <random>
#include <set>
#include <span>
#include <string_view>
#include <thread>

#include "core/error.h"
#include "core/files.h"
#include "core/log.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "gpu_test.h"

namespace txs {
std::span<const std::uint32_t> device_test_shader(std::string_view path);

namespace {
using gpu::Binding;
using gpu::Buffer;
using gpu::Format;
using gpu::Kernel;
using gpu::Recorder;
using gpu::Texture;

class DeviceTest : public GpuTest {};

struct FillPush {
  std::uint64_t target;
  std::uint32_t count, rounds;
};

Kernel fill_kernel(gpu::Device& device, std::uint32_t factor) {
  Kernel kernel(device, {"device_fill.comp", sizeof(FillPush), {}, {factor}, device_test_shader("device_fill.comp")});
  kernel.wait();
  return kernel;
}

std::vector<std::byte> random_bytes(std::size_t count, std::uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(count);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
  return bytes;
}

TEST_F(DeviceTest, NewBuffersAreZero) {
  for (const std::uint64_t size : {1u, 3u, 4u, 1001u, (20u << 20) + 5u}) {
    const Buffer buffer(device(), size, "zeros");
    const auto bytes = device().download(buffer);
    ASSERT_EQ(bytes.size(), size);
    EXPECT_TRUE(std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte(0); })) << size;
  }
}

TEST_F(DeviceTest, EmptyBufferHasNoAddress) {
  const Buffer buffer(device(), 0, "empty");
  EXPECT_EQ(buffer.address(), 0u);
  EXPECT_TRUE(device().download(buffer).empty());
}

TEST_F(DeviceTest, BufferRoundTripAcrossStagingChunks) {
  Buffer buffer(device(), (33u << 20) + 7u, "round trip");
  const auto sent = random_bytes(buffer.size());
  device().upload(buffer, sent);
  EXPECT_EQ(device().download(buffer), sent);
}

TEST_F(DeviceTest, UploadAtAnOffsetLeavesTheRest) {
  Buffer buffer(device(), 100, "offset");
  const auto sent = random_bytes(13);
  device().upload(buffer, sent, 50);
  auto expected = std::vector<std::byte>(100);
  std::ranges::copy(sent, expected.begin() + 50);
  EXPECT_EQ(device().download(buffer), expected);
  EXPECT_THROW(device().upload(buffer, sent, 88), std::logic_error);
}

struct TextureCase {
  Format format;
  std::uint32_t width, height;
  std::uint64_t bytes;
};

class TextureRoundTrip : public GpuTest, public ::testing::WithParamInterface<TextureCase> {};

TEST_P(TextureRoundTrip, ZeroThenWhatWasUploaded) {
  const TextureCase& given = GetParam();
  if (given.format == Format::bc7 && !device().samples_bc()) GTEST_SKIP() << "no BC textures";
  Texture texture(device(), given.format, given.width, given.height, "round trip");
  ASSERT_EQ(texture.byte_size(), given.bytes);
  EXPECT_EQ(device().download(texture), std::vector<std::byte>(given.bytes));
  const auto sent = random_bytes(given.bytes);
  device().upload(texture, sent);
  EXPECT_EQ(device().download(texture), sent);

  Recorder recorder(device());
  const gpu::PendingRead read = recorder.read(texture);
  device().submit(std::move(recorder));
  read.wait();
  EXPECT_TRUE(std::ranges::equal(read.bytes(), sent));
}

INSTANTIATE_TEST_SUITE_P(
    Formats, TextureRoundTrip,
    ::testing::Values(TextureCase{Format::rgba8, 1, 1, 4}, TextureCase{Format::rgba8, 13, 7, 13 * 7 * 4},
                      TextureCase{Format::rgba8, 2049, 2053, 2049ull * 2053 * 4},
                      TextureCase{Format::rgba16f, 5, 3, 5 * 3 * 8}, TextureCase{Format::r32f, 31, 1, 31 * 4},
                      TextureCase{Format::rgba32f, 3, 17, 3 * 17 * 16}, TextureCase{Format::r8, 1, 9, 9},
                      TextureCase{Format::r8, 257, 3, 257 * 3}, TextureCase{Format::bc7, 1, 1, 16},
                      TextureCase{Format::bc7, 13, 7, 4 * 2 * 16}, TextureCase{Format::bc7, 64, 64, 16 * 16 * 16},
                      TextureCase{Format::bc7, 4099, 4097, 1025ull * 1025 * 16}));

TEST_F(DeviceTest, KernelWritesByAddressAndCommandsAreOrdered) {
  const std::uint32_t count = 1000;
  const Buffer buffer(device(), count * 4, "values");
  const Kernel kernel = fill_kernel(device(), 3);
  Recorder recorder(device());
  recorder.fill(buffer, 7);
  for (int repeat = 0; repeat < 2; ++repeat)
    recorder.dispatch(kernel, FillPush{buffer.address(), count, 1}, {}, {gpu::divide_up(count, 64)});
  const gpu::PendingRead read = recorder.read(buffer, 4 * 10, 4 * 5);
  const gpu::Ticket ticket = device().submit(std::move(recorder));
  device().wait(ticket);
  ASSERT_TRUE(read.ready());
  const auto values = read.as<std::uint32_t>();
  ASSERT_EQ(values.size(), 5u);
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(values[i], (7 * 3 + i + 10) * 3 + i + 10);
}

TEST_F(DeviceTest, SubmissionsSeeEachOther) {
  const std::uint32_t count = 4096, submissions = 50;
  const Buffer buffer(device(), count * 4, "values");
  const Kernel kernel = fill_kernel(device(), 1);
  for (std::uint32_t i = 0; i < submissions; ++i) {
    Recorder recorder(device());
    recorder.dispatch(kernel, FillPush{buffer.address(), count, 1}, {}, {gpu::divide_up(count, 64)});
    device().submit(std::move(recorder));
  }
  const auto values = values_of<std::uint32_t>(device().download(buffer));
  for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(values[i], i * submissions) << i;
}

TEST_F(DeviceTest, ImagesAreStoredToAndSampled) {
  Texture source(device(), Format::rgba8, 2, 1, "black and white");
  device().upload(source, bytes_of(std::vector<std::uint32_t>{0x00000000, 0xffffffff}));
  const Texture target(device(), Format::rgba8, 4, 2, "target");
  Kernel kernel(device(), {"device_image.comp",
                           8,
                           {Binding::storage, Binding::nearest, Binding::linear},
                           {},
                           device_test_shader("device_image.comp")});
  kernel.wait();
  Recorder recorder(device());
  struct {
    float u, v;
  } const at{0.5f + 1e-3f, 0.5f};
  recorder.dispatch(kernel, at, {&target, &source, &source}, {1, 1});
  device().submit(std::move(recorder));
  const auto texels = values_of<std::uint32_t>(device().download(target));
  for (const int left : {0, 1, 4, 5}) EXPECT_EQ(texels[left], 0xffffffffu);
  for (const int right : {2, 3, 6, 7}) EXPECT_NEAR(texels[right] & 255, 128, 2);
}

TEST_F(DeviceTest, Bc7IsSampled) {
  if (!device().samples_bc()) GTEST_SKIP() << "no BC textures";
  // Mode 5, rotation 0, endpoints of colour 127/127 (7 bits) and alpha 255/255, all indices zero: opaque white.
  std::uint64_t low = 1u << 5;
  for (int channel = 0; channel < 3; ++channel) low |= std::uint64_t(0x3fff) << (8 + 14 * channel);
  low |= std::uint64_t(0x3fff) << 50;  // 16 bits of alpha, 14 of them here
  const std::vector<std::uint64_t> block{low, 3};
  Texture source(device(), Format::bc7, 3, 2, "white");
  device().upload(source, bytes_of(block));
  const Texture target(device(), Format::rgba8, 2, 1, "target");
  Kernel kernel(device(), {"device_image.comp",
                           8,
                           {Binding::storage, Binding::nearest, Binding::linear},
                           {},
                           device_test_shader("device_image.comp")});
  kernel.wait();
  Recorder recorder(device());
  recorder.dispatch(kernel, std::array{0.5f, 0.5f}, {&target, &source, &source}, {1, 1});
  device().submit(std::move(recorder));
  EXPECT_EQ(values_of<std::uint32_t>(device().download(target)), (std::vector<std::uint32_t>{0xffffffff, 0xffffffff}));
}

TEST_F(DeviceTest, CopiesAndWritesGoWhereTheyAreTold) {
  Buffer from(device(), 64, "from");
  const Buffer to(device(), 64, "to");
  Texture texture(device(), Format::rgba8, 2, 2, "texels");
  const auto sent = random_bytes(64);
  device().upload(from, sent);
  Recorder recorder(device());
  recorder.copy(from, 8, to, 16, 24);
  recorder.write(to, 4, std::span(sent).first(8));
  recorder.copy(from, 32, texture);
  EXPECT_THROW(recorder.copy(from, 50, to, 0, 24), std::logic_error);
  EXPECT_THROW(recorder.write(to, 2, std::span(sent).first(8)), std::logic_error);
  device().submit(std::move(recorder));
  std::vector<std::byte> expected(64);
  std::copy_n(sent.begin() + 8, 24, expected.begin() + 16);
  std::copy_n(sent.begin(), 8, expected.begin() + 4);
  EXPECT_EQ(device().download(to), expected);
  EXPECT_TRUE(std::ranges::equal(device().download(texture), std::span(sent).subspan(32, 16)));
}

TEST_F(DeviceTest, WrongDispatchesAreRefused) {
  const Buffer buffer(device(), 256, "values");
  const Kernel kernel = fill_kernel(device(), 1);
  const FillPush push{buffer.address(), 64, 1};
  const Texture texture(device(), Format::rgba8, 1, 1, "texture");
  Recorder recorder(device());
  EXPECT_THROW(recorder.dispatch(kernel, push, {}, {~0u, 1, 1}), std::logic_error);
  EXPECT_THROW(recorder.dispatch(kernel, push, {&texture}, {1}), std::logic_error);
  EXPECT_THROW(recorder.dispatch(kernel, 1.0f, {}, {1}), std::logic_error);
  recorder.dispatch(kernel, push, {}, {0, 1, 1});
  device().submit(std::move(recorder));
  EXPECT_EQ(values_of<std::uint32_t>(device().download(buffer))[5], 0u);
  EXPECT_THROW(Kernel(device(), {"no/such.comp", 0, {}, {}}), std::logic_error);
}

TEST_F(DeviceTest, PassTimesArePlausible) {
  const std::uint32_t count = 1 << 16;
  const Buffer buffer(device(), count * 4, "values");
  const Kernel kernel = fill_kernel(device(), 3);
  const auto run = [&](gpu::PendingTimes& times) {
    Recorder recorder(device());
    times = recorder.times();
    recorder.begin_pass("short");
    recorder.dispatch(kernel, FillPush{buffer.address(), count, 1}, {}, {count / 64});
    recorder.begin_pass("long");
    recorder.dispatch(kernel, FillPush{buffer.address(), count, 500}, {}, {count / 64});
    recorder.end_pass();
    EXPECT_FALSE(times.ready());
    return device().submit(std::move(recorder));
  };
  gpu::PendingTimes times;
  device().wait(run(times));  // a first run pays for the driver's late compilation
  const auto start = std::chrono::steady_clock::now();
  device().wait(run(times));
  const double wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  ASSERT_TRUE(times.ready());
  ASSERT_EQ(times.times().size(), 2u);
  EXPECT_EQ(times.times()[0].name, "short");
  EXPECT_EQ(times.times()[1].name, "long");
  EXPECT_GT(times.times()[1].milliseconds, times.times()[0].milliseconds);
  EXPECT_GT(times.times()[1].milliseconds, 0);
  EXPECT_LE(times.times()[0].milliseconds + times.times()[1].milliseconds, wall);
}

TEST_F(DeviceTest, MorePassesThanAreTimed) {
  Recorder recorder(device());
  const gpu::PendingTimes times = recorder.times();
  const Buffer buffer(device(), 16, "values");
  for (int i = 0; i < 80; ++i) {
    recorder.begin_pass("pass " + std::to_string(i));
    recorder.fill(buffer, 1);
    if (i % 2 == 0) recorder.end_pass();
  }
  device().wait(device().submit(std::move(recorder)));
  ASSERT_TRUE(times.ready());
  EXPECT_EQ(times.times().size(), 64u);
}

TEST_F(DeviceTest, ResourcesMayGoWhileInUse) {
  const std::uint32_t count = 1 << 14;
  const Kernel kernel = fill_kernel(device(), 5);
  const std::uint64_t before = device().allocated_bytes();
  gpu::Ticket ticket;
  {
    const Buffer submitted(device(), count * 4, "submitted");
    auto recorded = std::make_unique<Buffer>(device(), count * 4, "recorded");
    EXPECT_GE(device().allocated_bytes(), before + 2 * count * 4);
    Recorder open(device());
    open.dispatch(kernel, FillPush{recorded->address(), count, 50}, {}, {count / 64});
    open.fill(*recorded, 1);
    recorded.reset();  // an open recording uses it still
    Recorder recorder(device());
    recorder.dispatch(kernel, FillPush{submitted.address(), count, 50}, {}, {count / 64});
    device().submit(std::move(recorder));
    ticket = device().submit(std::move(open));
  }  // `submitted` goes while in flight
  EXPECT_GT(device().allocated_bytes(), before);
  device().wait(ticket);
  device().wait_idle();
  EXPECT_EQ(device().allocated_bytes(), before);
}

TEST_F(DeviceTest, DroppedRecordingsDoNothing) {
  const Buffer buffer(device(), 16, "values");
  gpu::PendingRead read;
  gpu::PendingTimes times;
  {
    Recorder recorder(device());
    recorder.begin_pass("dropped");
    recorder.fill(buffer, 1);
    read = recorder.read(buffer, 0, 16);
    times = recorder.times();
    EXPECT_FALSE(read.ready());
    EXPECT_THROW(read.wait(), std::logic_error);
  }
  EXPECT_FALSE(read.ready());
  EXPECT_THROW(read.wait(), std::logic_error);
  EXPECT_THROW(read.bytes(), std::logic_error);
  EXPECT_FALSE(times.ready());
  EXPECT_EQ(device().download(buffer), std::vector<std::byte>(16));
}

TEST_F(DeviceTest, ReadsKeepTheirBytesWhileLaterOnesRun) {
  const Buffer buffer(device(), 1024, "values");
  std::vector<gpu::PendingRead> reads;
  for (std::uint32_t i = 0; i < 200; ++i) {
    Recorder recorder(device());
    recorder.fill(buffer, i);
    reads.push_back(recorder.read(buffer, 0, 1024));
    device().submit(std::move(recorder));
  }
  for (std::uint32_t i = 0; i < reads.size(); ++i) {
    reads[i].wait();
    EXPECT_EQ(reads[i].as<std::uint32_t>()[255], i);
  }
}

TEST_F(DeviceTest, CommandBuffersAreUsedAgain) {
  std::set<VkCommandBuffer> handles;
  for (int i = 0; i < 500; ++i) {
    Recorder recorder(device());
    handles.insert(recorder.handle());
    device().wait(device().submit(std::move(recorder)));
  }
  EXPECT_LE(handles.size(), 4u);
}

TEST_F(DeviceTest, RecordersOnSeveralThreads) {
  const std::uint32_t count = 256, repeats = 40;
  const Kernel kernel = fill_kernel(device(), 1);
  std::vector<Buffer> buffers;
  for (int i = 0; i < 4; ++i) buffers.emplace_back(device(), count * 4, "a thread's");
  std::vector<std::thread> threads;
  for (const Buffer& buffer : buffers)
    threads.emplace_back([&] {
      for (std::uint32_t i = 0; i < repeats; ++i) {
        Recorder recorder(device());
        recorder.dispatch(kernel, FillPush{buffer.address(), count, 1}, {}, {count / 64});
        const Buffer passing(device(), 100, "passing");
        device().submit(std::move(recorder));
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const Buffer& buffer : buffers)
    EXPECT_EQ(values_of<std::uint32_t>(device().download(buffer))[255], 255 * repeats);
}

TEST_F(DeviceTest, EqualKernelsShareTheirPipeline) {
  const Kernel one = fill_kernel(device(), 11), same = fill_kernel(device(), 11), other = fill_kernel(device(), 12);
  EXPECT_EQ(&one.state(), &same.state());
  EXPECT_NE(&one.state(), &other.state());
  EXPECT_EQ(gpu::kernel_status(device()).compiling, 0);
}

TEST_F(DeviceTest, TooLargeIsAnErrorThatNamesIt) {
  try {
    const Buffer buffer(device(), std::uint64_t(1) << 50, "monster");
    FAIL() << "a petabyte was allocated";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::device);
    EXPECT_NE(std::string(error.what()).find("monster"), std::string::npos) << error.what();
  }
  EXPECT_THROW(Texture(device(), Format::rgba8, 1 << 20, 1, "wide"), Error);
}

TEST_F(DeviceTest, UnknownDeviceNamesThoseThereAre) {
  gpu::DeviceOptions options;
  options.wanted = "Voodoo";
  try {
    const gpu::Device none(options);
    FAIL() << "there is a Voodoo in this machine";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::device);
    EXPECT_NE(std::string(error.what()).find("Voodoo"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find(device().info().name), std::string::npos) << error.what();
  }
}

TEST_F(DeviceTest, DevicesAreFoundByIndexAndByPartOfTheirName) {
  const auto devices = gpu::list_devices();
  ASSERT_FALSE(devices.empty());
  for (const gpu::DeviceInfo& info : devices) {
    if (!info.lacks.empty()) continue;
    gpu::DeviceOptions options;
    options.wanted = std::to_string(info.index);
    EXPECT_EQ(gpu::Device(options).info().name, info.name);
    options.wanted = info.name.substr(1, 5);
    std::ranges::transform(options.wanted, options.wanted.begin(), [](unsigned char c) { return std::toupper(c); });
    EXPECT_NO_THROW(gpu::Device{options});
  }
}

TEST_F(DeviceTest, PipelineCacheIsKeptAndDamageIgnored) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "texelscope-pipelines";
  std::filesystem::remove_all(folder);
  gpu::DeviceOptions options;
  options.wanted = std::to_string(device().info().index);
  options.pipeline_cache = folder;
  const auto notes_of_a_start = [&] {
    const auto before = messages_since(0);
    gpu::Device fresh(options);
    fill_kernel(fresh, 2);
    std::string notes;
    for (const Message& message : messages_since(before.empty() ? 0 : before.back().id)) notes += message.text + "\n";
    return notes;
  };
  EXPECT_EQ(notes_of_a_start(), "");
  ASSERT_TRUE(std::filesystem::exists(folder));
  const auto file = std::filesystem::directory_iterator(folder)->path();
  const auto whole = read_file(file);
  EXPECT_GT(whole.size(), 32u);
  EXPECT_EQ(notes_of_a_start(), "");
  auto flipped = whole;
  flipped.back() ^= std::byte(1);
  for (const auto& damaged :
       {std::vector<std::byte>(), std::vector<std::byte>(whole.begin(), whole.end() - 1), flipped}) {
    write_file(file, damaged);
    EXPECT_NE(notes_of_a_start().find("ignored"), std::string::npos) << damaged.size();
    EXPECT_EQ(read_file(file).size(), whole.size());  // made anew
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace txs
