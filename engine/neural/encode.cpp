#include "neural/encode.h"

#include <cstring>
#include <optional>
#include <utility>

#include "core/error.h"
#include "neural/batch.h"
#include "neural/decode.h"
#include "neural/parameters.h"
#include "neural/stored_network.h"
#include "neural/trainer.h"

namespace txs::neural {
namespace {

std::uint32_t outputs_for(const codec::Source& source) { return source.alpha == Alpha::none ? 3 : 4; }

/// Everything of an artifact but its values.
codec::EncodedNetwork frame_of(const codec::Source& source, const ModelShape& shape, const Settings& settings) {
  codec::EncodedNetwork network;
  network.width = source.texture->width();
  network.height = source.texture->height();
  network.channels = shape.outputs;
  network.srgb = source.colour_space == ColourSpace::srgb;
  network.activation = shape.activation;
  network.omega0 = settings.omega0;
  network.stage2 = settings.stage2;
  network.jpeg_quality = settings.jpeg_quality;
  return network;
}

class TrainingEncode : public codec::Encode {
 public:
  template <typename State>
  TrainingEncode(gpu::Device& device, const codec::Source& source, const Recipe& recipe,
                 const codec::Parameters& parameters, std::uint64_t seed, const ModelShape& shape, const State& state)
      : device_(device),
        source_(source),
        recipe_(recipe),
        parameters_(parameters),
        seed_(seed),
        network_(device, shape, source.texture->width(), source.texture->height()),
        trainer_(device, network_, source, settings(), state),
        stored_(device, network_, source) {}

  bool ready() const override {
    const bool trains = trainer_.ready();
    return stored_.ready() && trains;
  }

  codec::Progress advance(gpu::Recorder& recorder, const codec::Budget& budget) override {
    const std::uint64_t work = trainer_.record(recorder, budget.work, budget.stop_at_step);
    codec::Progress now = progress();
    now.work = work;
    return now;
  }
  codec::Progress progress() const override {
    codec::Progress progress;
    progress.step = trainer_.step();
    progress.planned_steps = trainer_.settings().steps;
    progress.fraction = trainer_.fraction();
    progress.done = trainer_.done();
    return progress;
  }
  void set_live(const codec::Parameters& parameters) override {
    parameters_ = parameters;
    trainer_.set(settings());
  }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    store(recorder);
    stored_.decode(recorder, target, trainer_.settings().omega0);
  }
  std::uint32_t decode_parts() const override { return stored_.decode_parts(); }
  void decode_part(gpu::Recorder& recorder, const gpu::Texture& target, std::uint32_t part) override {
    if (part == 0) {
      store(recorder);
      decoded_omega0_ = trainer_.settings().omega0;
    }
    stored_.decode_part(recorder, target, decoded_omega0_, part);
  }
  std::vector<codec::View> views() const override { return stored_.views(); }
  void fill_view(gpu::Recorder& recorder, std::string_view id) override { stored_.fill_view(recorder, id); }
  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override { return trainer_.figures(recorder); }
  std::vector<codec::BitPart> bits() const override { return stored_.bits(); }

  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep keep) override {
    store(recorder);
    codec::EncodedNetwork frame = frame_of(source_, network_.shape(), trainer_.settings());
    frame.provenance.codec = recipe_.codec;
    frame.provenance.parameters = parameters_.texts();
    frame.provenance.seed = seed_;
    frame.provenance.steps = trainer_.step();
    const ModelLayout& layout = network_.layout();
    if (keep == Keep::result)
      return {stored_.read(recorder), [frame, layout, bits = stored_.quantised_bits()](std::span<const std::byte> bytes) {
                codec::EncodedNetwork network = frame;
                fill_network(network, layout, bits, bytes);
                return codec::Encoded(std::move(network));
              }};
    return with_training(recorder, std::move(frame));
  }

  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    store(recorder);
    return stored_.inspect(recorder, x, y, trainer_.settings().omega0);
  }

 private:
  Settings settings() const {
    Settings settings = recipe_.settings(parameters_);
    settings.seed = seed_;
    return settings;
  }

  void store(gpu::Recorder& recorder) { stored_.store(recorder, trainer_.parameters(), trainer_.quantised_bits()); }

  /// A training state belongs between two steps: what a begun step has done so far is done again after it.
  codec::Pending<codec::Encoded> with_training(gpu::Recorder& recorder, codec::EncodedNetwork frame) {
    const ModelLayout& layout = network_.layout();
    const std::uint64_t stored_bytes = stored_.read_bytes(), part = std::uint64_t(layout.floats) * 4;
    const gpu::Buffer whole(device_, stored_bytes + 3 * part, "checkpoint");
    stored_.copy_to(recorder, whole);
    trainer_.copy_state(recorder, whole, stored_bytes);
    return {recorder.read(whole, 0, whole.size()),
            [frame = std::move(frame), layout, stored_bytes, bits = stored_.quantised_bits()](
                std::span<const std::byte> bytes) {
              codec::EncodedNetwork network = frame;
              fill_network(network, layout, bits, bytes);
              const auto* floats = reinterpret_cast<const float*>(bytes.data() + stored_bytes);
              const auto next = [&] {
                const float* first = std::exchange(floats, floats + layout.floats);
                return std::vector<float>(first, first + layout.floats);
              };
              codec::TrainingState state;
              state.step = frame.provenance.steps;
              state.parameters = next();
              state.first_moments = next();
              state.second_moments = next();
              network.training = std::move(state);
              return codec::Encoded(std::move(network));
            }};
  }

  gpu::Device& device_;
  codec::Source source_;
  Recipe recipe_;
  codec::Parameters parameters_;
  std::uint64_t seed_;
  Network network_;
  Trainer trainer_;
  StoredNetwork stored_;
  float decoded_omega0_ = 0;  ///< of the picture that is being decoded in parts
};

/// What a file holds, without a training to go on with.
class StoredEncode : public codec::Encode {
 public:
  StoredEncode(gpu::Device& device, const codec::Source& source, const codec::EncodedNetwork& encoded)
      : encoded_(encoded),
        network_(device, shape_of(encoded), source.texture->width(), source.texture->height()),
        stored_(device, network_, source) {
    stored_.upload(encoded);
  }

  bool ready() const override { return stored_.ready(); }
  codec::Progress advance(gpu::Recorder&, const codec::Budget&) override { return progress(); }
  codec::Progress progress() const override {
    codec::Progress progress;
    progress.step = progress.planned_steps = encoded_.provenance.steps;
    progress.fraction = 1;
    progress.done = true;
    return progress;
  }
  void set_live(const codec::Parameters&) override {}

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    stored_.decode(recorder, target, encoded_.omega0);
  }
  std::vector<codec::View> views() const override { return stored_.views(); }
  void fill_view(gpu::Recorder& recorder, std::string_view id) override { stored_.fill_view(recorder, id); }
  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override {
    return {stored_.read(recorder), [](std::span<const std::byte>) { return codec::CodecFigures{}; }};
  }
  std::vector<codec::BitPart> bits() const override { return stored_.bits(); }
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep) override {
    return {stored_.read(recorder), [encoded = encoded_](std::span<const std::byte>) { return codec::Encoded(encoded); }};
  }
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    return stored_.inspect(recorder, x, y, encoded_.omega0);
  }

 private:
  codec::EncodedNetwork encoded_;
  Network network_;
  StoredNetwork stored_;
};

/// By the convention of CodecKind::step_flops.
double step_flops(const Recipe& recipe, const codec::Parameters& parameters, std::uint32_t width, std::uint32_t height) {
  constexpr std::uint32_t rgb = 3;
  double multiply_adds = 0;
  for (const LayerLayout& layer : ModelLayout(recipe.shape(parameters, width, height, rgb)).layers)
    multiply_adds += double(layer.inputs) * layer.outputs;
  return 6 * multiply_adds * plan_whole_batch(recipe.settings(parameters), width, height).samples;
}

}  // namespace

void complete(codec::CodecKind& kind, const Recipe& recipe) {
  kind.family = codec::Family::neural;
  kind.work_unit = "pixels";
  kind.step_name = "steps";
  kind.step_flops = [&recipe](const codec::Parameters& parameters, std::uint32_t width, std::uint32_t height) {
    return step_flops(recipe, parameters, width, height);
  };
  kind.start = [&recipe](gpu::Device& device, const codec::Source& source, const codec::Parameters& parameters,
                         std::uint64_t seed) { return start_encode(device, source, recipe, parameters, seed); };
  kind.reads = [&recipe](const codec::Encoded& encoded) {
    const auto* network = std::get_if<codec::EncodedNetwork>(&encoded);
    return network != nullptr && network->provenance.codec == recipe.codec;
  };
  kind.adopt = [&recipe, declared = kind.parameters](gpu::Device& device, const codec::Source& source,
                                                     const codec::Encoded& encoded) {
    const auto& network = std::get<codec::EncodedNetwork>(encoded);
    return adopt_network(device, source, recipe, stored_parameters(declared, network.provenance), network);
  };
  kind.decode_on_cpu = [](const codec::Encoded& encoded) {
    return neural::decode_on_cpu(std::get<codec::EncodedNetwork>(encoded));
  };
}

std::unique_ptr<codec::Encode> start_encode(gpu::Device& device, const codec::Source& source, const Recipe& recipe,
                                            const codec::Parameters& parameters, std::uint64_t seed) {
  const ModelShape shape =
      recipe.shape(parameters, source.texture->width(), source.texture->height(), outputs_for(source));
  const std::vector<float> first = initial_parameters(shape, recipe.start, recipe.settings(parameters).omega0, seed);
  return std::make_unique<TrainingEncode>(device, source, recipe, parameters, seed, shape, std::span<const float>(first));
}

std::unique_ptr<codec::Encode> adopt_network(gpu::Device& device, const codec::Source& source, const Recipe& recipe,
                                             const codec::Parameters& parameters, const codec::EncodedNetwork& network) {
  if (network.width != source.texture->width() || network.height != source.texture->height())
    throw Error(Fault::input, "the model is of a picture of another size");
  if (!network.training) return std::make_unique<StoredEncode>(device, source, network);
  return std::make_unique<TrainingEncode>(device, source, recipe, parameters, network.provenance.seed, shape_of(network),
                                          *network.training);
}

}  // namespace txs::neural
