#include "session_fake.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "codec/registry.h"
#include "codecs/bc7/bc7.h"
#include "core/error.h"
#include "core/half.h"

namespace txs {
namespace {
using codec::Effect;
using Type = codec::Parameter::Type;

constexpr std::array<codec::Choice, 4> codings{{{"none", "none", ""}, {"jpeg", "JPEG", ""}, {"png", "PNG", ""}, {"zstd", "Zstandard", ""}}};
constexpr std::array<codec::Parameter, 5> declared{{
    {.key = "steps", .title = "steps", .type = Type::integer, .fallback = 20, .minimum = 1, .maximum = 100000, .effect = Effect::live},
    {.key = "learning_rate", .title = "learning rate", .fallback = 0.25, .minimum = 0, .maximum = 10, .effect = Effect::live},
    {.key = "hidden", .title = "hidden", .type = Type::integer, .fallback = 3, .minimum = 1, .maximum = 128},
    {.key = "stage2", .title = "stage 2", .type = Type::choice, .effect = Effect::live, .choices = codings},
    {.key = "jpeg_quality", .title = "quality", .type = Type::integer, .fallback = 85, .minimum = 1, .maximum = 100, .effect = Effect::live},
}};

class FakeEncode final : public codec::Encode {
 public:
  FakeEncode(gpu::Device& device, const codec::Source& source, const codec::Parameters& parameters)
      : parameters_(parameters), source_(source), pixels_(source.picture->pixel_count()),
        values_(pixels_ * 3, 0.0f), bytes_(device, pixels_ * 4, "fake pixels"), floats_(device, pixels_ * 4, "fake floats"),
        view_(device, gpu::Format::r32f, source.texture->width(), source.texture->height(), "fake view") {}

  void take(const codec::EncodedNetwork& network) {
    const codec::FeatureGrid& grid = network.grids[0];
    for (std::size_t i = 0; i < values_.size(); ++i)
      values_[i] = grid.bits == 16 ? half_to_float(grid.values[i])
                                   : grid.low[i % 3] + static_cast<float>(grid.values[i]) *
                                                           ((grid.high[i % 3] - grid.low[i % 3]) / static_cast<float>((1u << grid.bits) - 1));
    if (!network.training) {
      file_done_ = true;
      return;
    }
    step_ = network.training->step;
    std::copy_n(network.training->parameters.begin(), values_.size(), values_.begin());
  }

  bool ready() const override { return true; }

  codec::Progress advance(gpu::Recorder&, const codec::Budget& budget) override {
    const std::uint64_t left = std::clamp<std::uint64_t>(budget.work, 1, session::fake_calls().most_work);
    std::uint64_t work = 0;
    // A step an advance at most: it is too quick for the budget to matter, and tests want to see it grow.
    if (!done() && step_ < budget.stop_at_step) {
      work = std::min(left, pixels_ - pixels_done_);
      pixels_done_ += work;
      if (pixels_done_ == pixels_) train();
    }
    codec::Progress now = progress();
    now.work = work;
    return now;
  }
  codec::Progress progress() const override {
    const auto planned = static_cast<std::uint64_t>(parameters_.integer("steps"));
    return {step_, planned, std::min(1.0, double(step_) / double(planned)), true, done(), 0};
  }
  void set_live(const codec::Parameters& parameters) override { parameters_ = parameters; }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    std::vector<std::uint8_t> texels(pixels_ * 4, 255);
    for (std::size_t i = 0; i < pixels_; ++i)
      for (std::size_t c = 0; c < 3; ++c) {
        const float value = half_to_float(float_to_half(values_[i * 3 + c]));
        texels[i * 4 + c] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(std::isfinite(value) ? value : 0, 0.0f, 1.0f)));
      }
    write(recorder, bytes_, std::as_bytes(std::span(texels)));
    recorder.copy(bytes_, 0, target);
    ++session::fake_calls().decodes;
  }
  std::uint32_t decode_parts() const override { return session::fake_calls().decode_parts; }
  void decode_part(gpu::Recorder& recorder, const gpu::Texture& target, std::uint32_t part) override {
    if (part == 0) decode(recorder, target);
  }
  std::vector<codec::View> views() const override {
    codec::View view;
    view.id = "red";
    view.title = "red latents";
    view.texture = &view_;
    codec::View other = view;
    other.id = "same";
    return {view, other};
  }
  void fill_view(gpu::Recorder& recorder, std::string_view id) override {
    std::vector<float> red(pixels_);
    for (std::size_t i = 0; i < pixels_; ++i) red[i] = values_[i * 3];
    write(recorder, floats_, std::as_bytes(std::span(red)));
    recorder.copy(floats_, 0, view_);
    ++session::fake_calls().view_fills;
    session::fake_calls().filled_view = id;
  }

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    codec::CodecFigures figures;
    double squared = 0;
    codec::Health health;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double difference = double(values_[i]) - target(i);
      squared += difference * difference;
      health.bad_parameters += !std::isfinite(values_[i]);
    }
    figures.loss = squared / double(values_.size());
    figures.learning_rate = parameters_.number("learning_rate");
    figures.health = health;
    return {recorder.read(bytes_, 0, 4), [figures](std::span<const std::byte>) { return figures; }};
  }
  std::vector<codec::BitPart> bits() const override { return {}; }
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep keep) override {
    return {recorder.read(bytes_, 0, 4), [network = network(keep)](std::span<const std::byte>) { return codec::Encoded(network); }};
  }
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    codec::TexelInspection texel;
    texel.x = x, texel.y = y;
    return {recorder.read(bytes_, 0, 4), [texel](std::span<const std::byte>) { return codec::Inspection(texel); }};
  }

 private:
  bool done() const { return file_done_ || step_ >= static_cast<std::uint64_t>(parameters_.integer("steps")); }
  float target(std::size_t i) const { return static_cast<float>(source_.picture->texels[i / 3 * 4 + i % 3]) / 255.0f; }

  void train() {
    const auto rate = static_cast<float>(parameters_.number("learning_rate"));
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] += rate * (target(i) - values_[i]);
    if (rate > 2) values_[3] = values_[7] = std::numeric_limits<float>::quiet_NaN();
    pixels_done_ = 0;
    ++step_;
  }

  codec::EncodedNetwork network(Keep keep) const {
    codec::EncodedNetwork network;
    network.width = source_.texture->width();
    network.height = source_.texture->height();
    network.grids.push_back({network.width, network.height, 3, network.width * network.height, 16, {}, {}, {}});
    for (const float value : values_) network.grids[0].values.push_back(float_to_half(value));
    network.layers = {{3, 3, std::vector<std::uint16_t>(9), std::vector<std::uint16_t>(3)},
                      {3, 3, std::vector<std::uint16_t>(9), std::vector<std::uint16_t>(3)}};
    network.stage2 = static_cast<codec::Stage2>(parameters_.integer("stage2"));
    network.jpeg_quality = static_cast<std::uint32_t>(parameters_.integer("jpeg_quality"));
    if (keep == Keep::result_and_training) {
      std::vector<float> arena = values_;
      arena.resize(values_.size() + 24);  // of the layers
      network.training = codec::TrainingState{step_, arena, std::vector<float>(arena.size()), std::vector<float>(arena.size())};
    }
    return network;
  }

  static void write(gpu::Recorder& recorder, const gpu::Buffer& buffer, std::span<const std::byte> bytes) {
    constexpr std::size_t most = 65536;  // of one vkCmdUpdateBuffer
    for (std::size_t at = 0; at < bytes.size(); at += most)
      recorder.write(buffer, at, bytes.subspan(at, std::min(most, bytes.size() - at)));
  }

  codec::Parameters parameters_;
  codec::Source source_;
  std::size_t pixels_;
  std::vector<float> values_;
  gpu::Buffer bytes_, floats_;
  gpu::Texture view_;
  std::uint64_t step_ = 0, pixels_done_ = 0;
  bool file_done_ = false;
};

codec::Parameters parameters_of(const codec::EncodedNetwork& network) {
  codec::Parameters parameters(declared);
  for (const auto& [key, text] : network.provenance.parameters) parameters.set_text(key, text);
  return parameters;
}
}  // namespace

namespace session {
FakeCalls& fake_calls() {
  static FakeCalls calls;
  return calls;
}

codec::CodecKind fake_network() {
  codec::CodecKind kind;
  kind.id = "fake";
  kind.title = "Fake network";
  kind.family = codec::Family::neural;
  kind.parameters = declared;
  kind.presets = {{"fake", "fake", "", {}}, {"fake-jpeg", "fake with jpeg", "", {{"stage2", "jpeg"}}}};
  kind.work_unit = "pixels";
  kind.step_name = "steps";
  kind.start = [](gpu::Device& device, const codec::Source& source, const codec::Parameters& parameters, std::uint64_t) {
    return std::make_unique<FakeEncode>(device, source, parameters);
  };
  kind.reads = [](const codec::Encoded& encoded) {
    const auto* network = std::get_if<codec::EncodedNetwork>(&encoded);
    return network != nullptr && network->provenance.codec == "fake";
  };
  kind.adopt = [](gpu::Device& device, const codec::Source& source, const codec::Encoded& encoded) {
    const auto& network = std::get<codec::EncodedNetwork>(encoded);
    auto encode = std::make_unique<FakeEncode>(device, source, parameters_of(network));
    encode->take(network);
    return encode;
  };
  return kind;
}
}  // namespace session

/// The registry of these tests, in place of engine/codecs/registry.cpp: the block codec and the fake.
namespace codec {
std::span<const CodecKind> registry() {
  static const std::vector<CodecKind> kinds{session::fake_network(), bc7::kind()};
  return kinds;
}
const CodecKind& find_codec(std::string_view id) {
  for (const CodecKind& kind : registry())
    if (kind.id == id) return kind;
  throw Error(Fault::usage, "no such codec");
}
std::pair<const CodecKind*, const Preset*> find_preset(std::string_view id) {
  for (const CodecKind& kind : registry())
    for (const Preset& preset : kind.presets)
      if (preset.id == id) return {&kind, &preset};
  throw Error(Fault::usage, "no such preset");
}
void settle(Encoded&) {}
const CodecKind* find_reader(const Encoded& encoded) {
  for (const CodecKind& kind : registry())
    if (kind.reads(encoded)) return &kind;
  return nullptr;
}
Parameters preset_parameters(const CodecKind& kind, const Preset& preset) {
  Parameters parameters(kind.parameters);
  for (const auto& [key, value] : preset.values) parameters.set_text(key, value);
  return parameters;
}
}  // namespace codec
}  // namespace txs
