#include "gpu_test.h"

#include <cstdlib>
#include <memory>
#include <string>

#include "core/log.h"

namespace txs {
namespace {
std::unique_ptr<gpu::Device> the_device;

/// Ends the device within the tests' run, so that what the layer says about its end (objects left over) counts too.
class DeviceEnd : public ::testing::Environment {
  void TearDown() override {
    const auto before = messages_since(0);
    the_device.reset();
    for (const Message& message : messages_since(before.empty() ? 0 : before.back().id))
      if (message.severity != Severity::note) ADD_FAILURE() << "while the device ended: " << message.text;
  }
};
const auto* const registered = ::testing::AddGlobalTestEnvironment(new DeviceEnd);
}  // namespace

gpu::DeviceOptions gpu_test_options() {
  const char* wanted = std::getenv("TEXELSCOPE_TEST_DEVICE");
  gpu::DeviceOptions options;
  options.wanted = wanted != nullptr ? wanted : "";
  options.validate = true;
  return options;
}

gpu::Device& GpuTest::device() {
  if (the_device == nullptr) the_device = std::make_unique<gpu::Device>(gpu_test_options());
  return *the_device;
}

void GpuTest::SetUp() { messages_before_ = device().validation_messages(); }

void GpuTest::TearDown() {
  device().wait_idle();
  std::string said;
  for (const std::string& text : device().validation_texts()) said += "\n" + text;
  EXPECT_EQ(device().validation_messages(), messages_before_) << "the validation layer said:" << said;
}

}  // namespace txs
