#include "neural/parameters.h"

#include <array>
#include <string>

#include "core/error.h"

namespace txs::neural {
namespace {

using codec::Choice;
using codec::Effect;
using codec::Parameter;
using Type = codec::Parameter::Type;

// In the order of codec::Activation.
constexpr std::array activations{
    Choice{"siren", "Siren", "sin(omega0 (W x + b)), Sitzmann et al. 2020: fine detail, if omega0 suits the picture."},
    Choice{"gelu", "GELU", "x Phi(x), Hendrycks and Gimpel 2016."},
    Choice{"silu", "SiLU", "x sigmoid(x)."},
    Choice{"relu", "ReLU", "max(x, 0): the cheapest to decode."},
};
// In the order of neural::Sampling.
constexpr std::array samplings{
    Choice{"stratified", "Stratified",
           "One random pixel of each cell of a regular grid: the whole image in every step, with less noise."},
    Choice{"independent", "Independent", "Every sample is any pixel. The samples are sorted by cell, which costs a little."},
};
// In the order of neural::Kernels.
constexpr std::array kernel_choices{
    Choice{"auto", "Automatic", "The fastest that costs no quality on this device."},
    Choice{"portable", "Portable", "An invocation a few samples, single precision: any device, and the one for CPUs."},
    Choice{"shared", "Shared memory", "Workgroups carry samples together, single precision: GPUs."},
    Choice{"matrix", "Matrix units", "Products of binary16 matrices summed in single precision: VK_NV_cooperative_matrix."},
};
constexpr std::array qat_levels{
    Choice{"0", "Off", "The grids are kept as binary16."}, Choice{"2", "2 bits", "4 levels a channel."},
    Choice{"3", "3 bits", "8 levels a channel."},          Choice{"4", "4 bits", "16 levels a channel."},
    Choice{"5", "5 bits", "32 levels a channel."},         Choice{"6", "6 bits", "64 levels a channel."},
    Choice{"7", "7 bits", "128 levels a channel."},        Choice{"8", "8 bits", "256 levels a channel."},
};
// In the order of codec::Stage2.
constexpr std::array stage2s{
    Choice{"none", "None", "Raw arrays: any texel decodes from a handful of values."},
    Choice{"jpeg", "JPEG", "Three channels a picture, 8 bits each. Loses quality: the second PSNR says how much."},
    Choice{"png", "PNG", "A channel a picture, without loss."},
    Choice{"zstd", "Zstd", "The arrays through Zstandard, without loss."},
};

constexpr const char *decoder = "Decoder", *training = "Training", *quantisation = "Quantisation", *stage2 = "Stage 2",
                     *device = "Device";

}  // namespace

void append_decoder_parameters(std::vector<Parameter>& parameters) {
  parameters.insert(
      parameters.end(),
      {Parameter{.key = "hidden", .title = "Hidden units",
                 .help = "Units of each hidden layer. The time of a step grows with the square.",
                 .group = decoder, .type = Type::integer, .fallback = 64, .minimum = 16, .maximum = 128},
       Parameter{.key = "depth", .title = "Hidden layers", .help = "Layers between the features and the linear output.",
                 .group = decoder, .type = Type::integer, .fallback = 2, .minimum = 1, .maximum = 4},
       Parameter{.key = "activation", .title = "Activation", .help = "What follows each hidden layer's sums.",
                 .group = decoder, .type = Type::choice, .choices = activations},
       Parameter{.key = "omega0", .title = "omega0",
                 .help = "Frequency of siren's sine. Higher fits finer detail and learns less steadily.",
                 .group = decoder, .fallback = 30, .minimum = 1, .maximum = 120, .scale = codec::Scale::logarithmic,
                 .effect = Effect::live}});
}

void append_training_parameters(std::vector<Parameter>& parameters, const TrainingDefaults& defaults) {
  const auto rate = [&](std::string_view key, std::string_view title, std::string_view help, double value) {
    return Parameter{.key = key, .title = title, .help = help, .group = training, .fallback = value, .minimum = 1e-6,
                     .maximum = 1, .scale = codec::Scale::logarithmic, .effect = Effect::live};
  };
  parameters.insert(
      parameters.end(),
      {Parameter{.key = "steps", .title = "Steps",
                 .help = "Planned steps: the learning rates fall to zero over them, by half a cosine.",
                 .group = training, .type = Type::integer, .fallback = 5000, .minimum = 1, .maximum = 100000,
                 .scale = codec::Scale::logarithmic, .effect = Effect::live},
       Parameter{.key = "batch", .title = "Batch", .help = "Pixels a step. More than the image has: every pixel once.",
                 .group = training, .type = Type::integer, .fallback = 65536, .minimum = 256, .maximum = 1048576,
                 .unit = "px", .scale = codec::Scale::logarithmic, .effect = Effect::live},
       Parameter{.key = "ramp", .title = "Batch ramp",
                 .help = "Steps over which the batch grows from 4096 pixels to what it is, by doublings: the first steps learn as "
                         "much from few pixels, and are over sooner. 0: whole batches from the first step on.",
                 .group = training, .type = Type::integer, .fallback = 24, .minimum = 0, .maximum = 100000,
                 .unit = "steps", .effect = Effect::live},
       Parameter{.key = "sampling", .title = "Sampling", .help = "How the pixels of a step are drawn.", .group = training,
                 .type = Type::choice, .choices = samplings},
       rate("lr_grid", "Rate, grids", "Adam's learning rate for the feature grids, before the schedule.",
            defaults.grid_rate),
       rate("lr_decoder", "Rate, decoder", "Adam's learning rate for weights and biases, before the schedule.",
            defaults.decoder_rate),
       Parameter{.key = "qat_bits", .title = "Grid bits",
                 .help = "Quantisation-aware training: the grids are rounded to so many levels in the forward pass, and the "
                         "artifact holds the integers.",
                 .group = quantisation, .type = Type::choice, .effect = Effect::live, .choices = qat_levels},
       Parameter{.key = "qat_start", .title = "From step", .help = "Rounding begins here; before, the grids settle.",
                 .group = quantisation, .type = Type::integer, .fallback = 500, .minimum = 0, .maximum = 100000,
                 .scale = codec::Scale::logarithmic, .effect = Effect::live},
       Parameter{.key = "stage2", .title = "Grid coding",
                 .help = "How the grids are coded in the file. Both sizes and both PSNRs are measured.", .group = stage2,
                 .type = Type::choice, .effect = Effect::live, .choices = stage2s},
       Parameter{.key = "jpeg_quality", .title = "JPEG quality", .help = "Of the grids' JPEG pictures.", .group = stage2,
                 .type = Type::integer, .fallback = 85, .minimum = 1, .maximum = 100, .effect = Effect::live},
       Parameter{.key = "kernels", .title = "Kernels",
                 .help = "How the device computes a step. All compute the same, with other rounding; a device that lacks what "
                         "one needs refuses it.",
                 .group = device, .type = Type::choice, .choices = kernel_choices}});
}

void read_decoder(const codec::Parameters& parameters, ModelShape& shape) {
  shape.hidden = std::uint32_t(parameters.integer("hidden"));
  shape.depth = std::uint32_t(parameters.integer("depth"));
  shape.activation = codec::Activation(parameters.integer("activation"));
}

Settings read_settings(const codec::Parameters& parameters) {
  Settings settings;
  settings.steps = std::uint32_t(parameters.integer("steps"));
  settings.batch = std::uint32_t(parameters.integer("batch"));
  settings.ramp = std::uint32_t(parameters.integer("ramp"));
  settings.sampling = Sampling(parameters.integer("sampling"));
  settings.kernels = Kernels(parameters.integer("kernels"));
  settings.grid_rate = float(parameters.number("lr_grid"));
  settings.decoder_rate = float(parameters.number("lr_decoder"));
  settings.omega0 = float(parameters.number("omega0"));
  settings.qat_bits = std::uint32_t(std::stoul(std::string(parameters.choice("qat_bits"))));
  settings.qat_start = std::uint32_t(parameters.integer("qat_start"));
  settings.stage2 = codec::Stage2(parameters.integer("stage2"));
  settings.jpeg_quality = std::uint32_t(parameters.integer("jpeg_quality"));
  return settings;
}

codec::Parameters stored_parameters(std::span<const Parameter> declared, const codec::Provenance& provenance) {
  codec::Parameters parameters(declared);
  for (const auto& [key, text] : provenance.parameters) {
    if (key == "kernels") continue;  // of the device that trained it; this one goes on with its own
    try {
      parameters.set_text(key, text);
    } catch (const Error&) {
      continue;  // of another version
    }
  }
  return parameters;
}

}  // namespace txs::neural
