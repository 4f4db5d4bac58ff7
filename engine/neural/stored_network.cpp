#include "neural/stored_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "neural/decode.h"
#include "neural/inspection.h"
#include "shaders/interop/neural_train.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;
using interop::neural_block;

// Blocks of pixels that are decoded by one dispatch: on a software device so few that several fit between frames (9472
// pixels of two hidden layers of 64 units are about 5 ms of two cores; seven parts make a pass of 512 x 512 pixels, which
// are over within a quarter of a second at 30 frames), elsewhere far below any driver's watchdog.
constexpr std::uint32_t software_part = 37, part_of_others = 4096;
constexpr std::uint32_t pass_side = 2, passes = pass_side * pass_side;
constexpr std::uint32_t show_group_side = 8;
constexpr std::uint32_t feature_group_side = 8;

}  // namespace

StoredNetwork::StoredNetwork(gpu::Device& device, const Network& network, const codec::Source& source)
    : device_(device),
      network_(network),
      picture_(source.picture),
      blocks_a_part_(device.is_cpu() ? software_part : part_of_others),
      drawn_(device, gpu::Format::rgba8, decode_passes() > 1 ? network.image_width() : 1,
             decode_passes() > 1 ? network.image_height() : 1, "drawn so far"),
      stored_(device, network.layout().floats, "stored values", Texels::Words::integers),
      decoded_(device, network.layout().floats, "decoded values"),
      trace_(device, trace_floats(network), "texel inspection"),
      ranges_(device, network),
      values_(device, value_works(network.layout(), true), "stored value works"),
      export_(device, stored_.buffer.size() + ranges_.texels().buffer.size(), "artifact"),
      views_(make_views(device, network)),
      store_(device,
             {"neural/store.comp", sizeof(interop::QuantisePush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels, Binding::stored_texels}, {}},
             {values_.texels(), &decoded_.single, &ranges_.texels().quads, &stored_.single, &decoded_.single}),
      decode_(device,
              {"neural/decode.comp", sizeof(interop::NeuralDecodePush),
               {Binding::texels, Binding::texels, Binding::texels, Binding::storage}, network.portable_constants()},
              {&decoded_.quads, &decoded_.single, &network.grids().quads, source.texture.get()}),
      inspect_(device,
               {"neural/inspect.comp", sizeof(interop::NeuralInspectPush),
                {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, network.portable_constants()},
               {&decoded_.quads, &decoded_.single, &network.grids().quads, &trace_.single}),
      features_(device, {"neural/features.comp", sizeof(interop::FeaturesPush),
                         {Binding::texels, Binding::texels, Binding::texels, Binding::storage, Binding::storage}, {}},
                {&decoded_.single, &network.grids().quads, &ranges_.texels().quads, views_.front().planes.get(),
                 views_.front().ranges.get()}),
      show_(device, {"neural/show.comp", 0, {Binding::nearest, Binding::storage}, {}},
            {source.texture.get(), source.texture.get()}) {}

StoredNetwork::GridView StoredNetwork::make_view(gpu::Device& device, const Network& network, std::size_t index) {
  const std::size_t grid_count = network.layout().grids.size();
  const GridShape& grid = network.layout().grids[index].shape;
  // Planes stand one below the other; what a texture has no room for is not shown.
  const std::uint32_t channels =
      std::min(grid.channels, std::max<std::uint32_t>(device.largest_texture_side() / grid.height, 1));
  GridView added;
  const bool levels = grid_count > 2;
  added.id = levels ? fmt::format("level_{}", index) : grid_count == 1 ? "latent" : index == 0 ? "latent_lo" : "latent_hi";
  added.planes = std::make_unique<gpu::Texture>(device, gpu::Format::r32f, grid.width, grid.height * channels, added.id);
  added.ranges = std::make_unique<gpu::Texture>(device, gpu::Format::r32f, 2, grid.channels, added.id + " ranges");
  codec::View& view = added.view;
  view.id = added.id;
  view.title = levels ? fmt::format("Level {} ({}x{}{})", index, grid.width, grid.height, grid.hashed() ? ", hashed" : "")
                      : fmt::format("Latents {}x{}x{}", grid.width, grid.height, grid.channels);
  view.help = grid.hashed() ? "What each texel of this level reads from the table that many of them share by a hash."
                            : "The feature vectors that the network decodes, as the artifact holds them.";
  view.kind = codec::View::Kind::features;
  view.texture = added.planes.get();
  view.ranges = added.ranges.get();
  view.channels = channels;
  view.corner_aligned = true;
  return added;
}

std::vector<StoredNetwork::GridView> StoredNetwork::make_views(gpu::Device& device, const Network& network) {
  std::vector<GridView> views;
  for (std::size_t i = 0; i < network.layout().grids.size(); ++i) views.push_back(make_view(device, network, i));
  return views;
}

bool StoredNetwork::ready() const {
  bool all = ranges_.ready();
  for (const gpu::Kernel* kernel : {&store_, &decode_, &inspect_, &features_, &show_}) all &= kernel->ready();
  return all;
}

void StoredNetwork::store(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t quantised_bits) {
  quantised_bits_ = quantised_bits;
  ranges_.record(recorder, parameters);
  const float steps = quantised_bits == 0 ? 0.0f : float((1u << quantised_bits) - 1);
  const interop::QuantisePush push{steps, quantised_bits == 0 ? 0.0f : 1 / steps};
  recorder.dispatch(store_, push,
                    {values_.texels(), &parameters.single, &ranges_.texels().quads, &stored_.single, &decoded_.single},
                    values_.groups());
}

void StoredNetwork::upload(const codec::EncodedNetwork& encoded) {
  quantised_bits_ = encoded.grids.front().bits == 16 ? 0 : encoded.grids.front().bits;
  const std::vector<float> values = parameters_of(encoded);
  device_.upload(decoded_.buffer, std::as_bytes(std::span(values)));
  ranges_.wait();
  gpu::Recorder recorder(device_);
  ranges_.record(recorder, decoded_);
  device_.submit(std::move(recorder));
}

void StoredNetwork::decode(gpu::Recorder& recorder, const gpu::Texture& target, float omega0) {
  const Pixels all{0, 0, 1};
  for (std::uint32_t first = 0; first < blocks_of(all); first += blocks_a_part_)
    decode_blocks(recorder, target, omega0, all, first, 1);
}

std::uint32_t StoredNetwork::decode_passes() const {
  return blocks_of({0, 0, 1}) > passes * blocks_a_part_ ? passes : 1;
}

std::uint32_t StoredNetwork::parts_a_pass() const {
  const Pixels first{0, 0, decode_passes() > 1 ? pass_side : 1};  // has the most
  return divide_up(blocks_of(first), blocks_a_part_);
}

std::uint32_t StoredNetwork::decode_parts() const { return decode_passes() * parts_a_pass(); }

void StoredNetwork::decode_part(gpu::Recorder& recorder, const gpu::Texture& target, float omega0, std::uint32_t part) {
  const std::uint32_t pass = part / parts_a_pass(), first = part % parts_a_pass() * blocks_a_part_;
  if (decode_passes() == 1) return decode_blocks(recorder, target, omega0, {0, 0, 1}, first, 1);
  const bool coarse = !has_drawn_ && pass == 0;
  const Pixels pixels{pass % pass_side, pass / pass_side, pass_side};
  decode_blocks(recorder, drawn_, omega0, pixels, first, coarse ? pass_side : 1);
  if ((part + 1) % parts_a_pass() != 0) return;
  recorder.dispatch(show_, {&drawn_, &target},
                    {divide_up(target.width(), show_group_side), divide_up(target.height(), show_group_side)});
  has_drawn_ = true;
}

std::uint32_t StoredNetwork::columns_of(const Pixels& of) const {
  return divide_up(network_.image_width() - of.x, of.stride);
}

std::uint32_t StoredNetwork::count_of(const Pixels& of) const {
  return columns_of(of) * divide_up(network_.image_height() - of.y, of.stride);
}

std::uint32_t StoredNetwork::blocks_of(const Pixels& of) const { return divide_up(count_of(of), neural_block); }

void StoredNetwork::decode_blocks(gpu::Recorder& recorder, const gpu::Texture& target, float omega0, const Pixels& of,
                                  std::uint32_t first, std::uint32_t spread) {
  if (first >= blocks_of(of)) return;
  const interop::NeuralDecodePush push{.first = {of.x, of.y},
                                       .stride = of.stride,
                                       .columns = columns_of(of),
                                       .pixels = count_of(of),
                                       .spread = spread,
                                       .grids = network_.grid_count(),
                                       .layers_quad = network_.layers_quad(),
                                       .omega0 = omega0,
                                       .first_block = first,
                                       .widths = network_.widths()};
  recorder.dispatch(decode_, push, {&decoded_.quads, &decoded_.single, &network_.grids().quads, &target},
                    {std::min(blocks_a_part_, blocks_of(of) - first)});
}

std::vector<codec::View> StoredNetwork::views() const {
  std::vector<codec::View> views;
  for (const GridView& view : views_) views.push_back(view.view);
  return views;
}

void StoredNetwork::fill_view(gpu::Recorder& recorder, std::string_view id) {
  const auto found = std::ranges::find(views_, id, &GridView::id);
  if (found == views_.end()) return;
  const auto index = std::uint32_t(found - views_.begin());
  const GridLayout& grid = network_.layout().grids[index];
  const std::uint32_t wide = std::max(grid.shape.width, grid.shape.channels);
  recorder.dispatch(features_, interop::FeaturesPush{index, grid.first_input},
                    {&decoded_.single, &network_.grids().quads, &ranges_.texels().quads, found->planes.get(), found->ranges.get()},
                    {divide_up(wide, feature_group_side), divide_up(grid.shape.height, feature_group_side)});
}

codec::Pending<codec::Inspection> StoredNetwork::inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y,
                                                         float omega0) {
  const interop::NeuralInspectPush push{{x, y}, network_.grid_count(), network_.layers_quad(), omega0, network_.widths()};
  recorder.dispatch(inspect_, push, {&decoded_.quads, &decoded_.single, &network_.grids().quads, &trace_.single}, {});
  return {recorder.read(trace_.buffer, 0, trace_.buffer.size()),
          [shape = network_.shape(), picture = picture_, x, y](std::span<const std::byte> bytes) {
            return codec::Inspection(texel_inspection(shape, *picture, x, y, bytes));
          }};
}

gpu::PendingRead StoredNetwork::read(gpu::Recorder& recorder) {
  copy_to(recorder, export_);
  return recorder.read(export_, 0, export_.size());
}

void StoredNetwork::copy_to(gpu::Recorder& recorder, const gpu::Buffer& target) const {
  recorder.copy(stored_.buffer, 0, target, 0, stored_.buffer.size());
  const gpu::Buffer& ranges = ranges_.texels().buffer;
  recorder.copy(ranges, 0, target, stored_.buffer.size(), ranges.size());
}

std::vector<codec::BitPart> StoredNetwork::bits() const {
  std::uint64_t values = 0, decoder = 0;
  for (const GridShape& grid : network_.shape().grids) values += std::uint64_t(grid.entries) * grid.channels;
  decoder = network_.shape().parameter_count() - values;
  const std::uint64_t ranges = quantised_bits_ == 0 ? 0 : std::uint64_t(network_.channel_count()) * 2 * 32;
  return {{"grids", values * (quantised_bits_ == 0 ? 16 : quantised_bits_) + ranges}, {"decoder", decoder * 16}};
}

void fill_network(codec::EncodedNetwork& network, const ModelLayout& layout, std::uint32_t quantised_bits,
                  std::span<const std::byte> read) {
  const auto* words = reinterpret_cast<const std::uint32_t*>(read.data());
  const auto* ranges = reinterpret_cast<const float*>(read.data() + std::uint64_t(layout.floats + 3) / 4 * 16);
  for (const GridLayout& from : layout.grids) {
    codec::FeatureGrid grid;
    grid.width = from.shape.width;
    grid.height = from.shape.height;
    grid.channels = from.shape.channels;
    grid.entries = from.shape.entries;
    grid.bits = quantised_bits == 0 ? 16 : quantised_bits;
    const std::uint32_t* first = words + from.values;
    grid.values.assign(first, first + std::uint64_t(grid.entries) * grid.channels);
    for (std::uint32_t c = 0; quantised_bits > 0 && c < grid.channels; ++c) {
      grid.low.push_back(ranges[4 * (from.first_input + c)]);
      grid.high.push_back(ranges[4 * (from.first_input + c) + 1]);
    }
    network.grids.push_back(std::move(grid));
  }
  for (const LayerLayout& from : layout.layers) {
    codec::DenseLayer layer{.inputs = from.inputs, .outputs = from.outputs};
    for (std::uint32_t o = 0; o < from.outputs; ++o) {
      const std::uint32_t* row = words + from.weights + std::uint64_t(o) * from.padded_inputs;
      layer.weights.insert(layer.weights.end(), row, row + from.inputs);
    }
    layer.biases.assign(words + from.biases, words + from.biases + from.outputs);
    network.layers.push_back(std::move(layer));
  }
}

}  // namespace txs::neural
