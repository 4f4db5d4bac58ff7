#pragma once
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gpu/device.h"

namespace txs {

/// Validation on; the device is the default one, or what TEXELSCOPE_TEST_DEVICE names (index or part of a name).
gpu::DeviceOptions gpu_test_options();

/// The fixture of every test on the GPU: one device of gpu_test_options() for the process; a test that makes the
/// validation layer say anything fails.
class GpuTest : public ::testing::Test {
 protected:
  static gpu::Device& device();

  void SetUp() override;
  void TearDown() override;

 private:
  std::uint64_t messages_before_ = 0;
};

/// The bytes of a vector of plain data, and back.
template <typename T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}
template <typename T>
std::vector<T> values_of(std::span<const std::byte> bytes) {
  const T* first = reinterpret_cast<const T*>(bytes.data());
  return {first, first + bytes.size() / sizeof(T)};
}

}  // namespace txs
