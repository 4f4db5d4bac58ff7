// A training as the session would describe it, made up.
#pragma once
#include <cmath>
#include <string>

#include "codec/codec.h"
#include "session/snapshot.h"

namespace txs::app {

inline constexpr codec::Choice activations[] = {
    {"siren", "SIREN", "sin(omega0 x)"}, {"gelu", "GELU", ""}, {"silu", "SiLU", ""}, {"relu", "ReLU", ""}};
inline constexpr codec::Choice codings[] = {
    {"none", "none", ""}, {"jpeg", "JPEG", ""}, {"png", "PNG", ""}, {"zstd", "zstd", ""}};
inline constexpr codec::Parameter network_parameters[] = {
    {.key = "levels", .title = "Levels", .group = "Grids", .type = codec::Parameter::Type::integer, .fallback = 16, .minimum = 1, .maximum = 16},
    {.key = "table", .title = "Table size", .group = "Grids", .type = codec::Parameter::Type::integer, .fallback = 12, .minimum = 6, .maximum = 18, .unit = "bits"},
    {.key = "hidden", .title = "Hidden units", .group = "Decoder", .type = codec::Parameter::Type::integer, .fallback = 64, .minimum = 1, .maximum = 128},
    {.key = "activation", .title = "Activation", .group = "Decoder", .type = codec::Parameter::Type::choice, .choices = activations},
    {.key = "rate", .title = "Learning rate", .group = "Training", .fallback = 1e-3, .minimum = 1e-6, .maximum = 1, .scale = codec::Scale::logarithmic, .effect = codec::Effect::live},
    {.key = "stage2", .title = "Grid coding", .group = "File", .type = codec::Parameter::Type::choice, .effect = codec::Effect::live, .choices = codings},
};

inline const codec::CodecKind& network_kind() {
  static const codec::CodecKind kind = [] {
    codec::CodecKind made;
    made.id = "hash_grid";
    made.title = "Hash grid";
    made.family = codec::Family::neural;
    made.parameters = network_parameters;
    made.presets = {{"tinymlp", "Small network", "", {}}, {"tinymlp-tiny", "Tiny", "", {{"hidden", "32"}}}};
    made.step_name = "steps";
    return made;
  }();
  return kind;
}

/// A run of `steps` of 5000 whose loss falls as losses do.
inline session::RunRecord training(std::uint64_t id, std::uint64_t steps, double first_loss = 0.05) {
  session::RunRecord run;
  run.id = id;
  run.source_name = "made_up.png";
  run.kind = &network_kind();
  run.preset = "tinymlp";
  run.parameters = codec::Parameters(network_parameters);
  run.progress = {.step = steps, .planned_steps = 5000, .fraction = double(steps) / 5000};
  for (std::uint64_t step = 0; step <= steps; step += 20) {
    const double loss = first_loss / (1 + double(step) / 40) * (1 + 0.15 * std::sin(double(step)));
    const double rate = 1e-3 * 0.5 * (1 + std::cos(3.14159265 * double(step) / 5000));
    run.history.push_back({step, double(step) * 0.02, -10 * std::log10(loss), loss, rate});
  }
  metrics::Figures figures;
  figures.psnr_db = run.history.back().psnr_db;
  run.figures = run.first_figures = figures;
  run.loss = run.history.back().loss;
  run.learning_rate = run.history.back().learning_rate;
  run.health = codec::Health{0, 0, 3.21, 1.1e-3};
  run.steps_per_second = 21.3;
  run.parts = {{"grid", 1471248}, {"decoder", 151136}, {"header", 4096}};
  run.artifact_bytes = 203310;
  run.bits_per_pixel = 6.204;
  run.compression_ratio = 3.87;
  return run;
}

inline session::Snapshot training_snapshot() {
  session::Snapshot snapshot;
  snapshot.a.state = session::State::running;
  session::SourceInfo source;
  source.name = "made_up.png";
  source.path = "/tmp/made_up.png";
  source.width = source.height = 512;
  source.channels = 3;
  source.meaning = "8-bit sRGB";
  snapshot.source = source;
  snapshot.a.run = training(4, 1240);
  return snapshot;
}

/// A texel of `grids` grids of `channels` channels and a decoder of two hidden layers.
inline codec::TexelInspection texel(std::size_t grids, std::size_t channels, std::size_t hidden) {
  codec::TexelInspection made;
  made.x = 203;
  made.y = 77;
  made.original = {181, 92, 40, 255};
  made.decoded = {180, 93, 44, 255};
  for (std::size_t g = 0; g < grids; ++g) {
    codec::GridSample grid;
    grid.name = grids > 2 ? "level " + std::to_string(g) : g == 0 ? "lo" : "hi";
    grid.width = grid.height = std::uint32_t(16 * (g + 1));
    grid.hashed = g > 4;
    grid.x = 4.37f * float(g + 1);
    grid.y = 9.81f;
    for (std::size_t c = 0; c < 4; ++c) {
      auto& corner = grid.corners[c];
      corner = {std::uint32_t(grid.x) + std::uint32_t(c % 2), 9 + std::uint32_t(c / 2), std::uint32_t(1000 * c + g),
                c == 0 ? 0.4f : 0.2f, {}};
      for (std::size_t i = 0; i < channels; ++i)
        corner.values.push_back(float(std::sin(double(7 * i + 3 * c + g))) * 0.4f);
    }
    for (std::size_t i = 0; i < channels; ++i)
      grid.features.push_back(float(std::sin(double(7 * i + g))) * (i == 0 ? 0.6f : 0.3f));
    made.grids.push_back(grid);
  }
  for (std::size_t l = 0; l < 2; ++l) {
    codec::TexelInspection::Layer layer;
    for (std::size_t i = 0; i < hidden; ++i) {
      layer.sums.push_back(float(std::sin(double(i * (l + 1)) * 0.7)) * 2.5f);
      layer.outputs.push_back(std::sin(layer.sums.back()));
    }
    made.layers.push_back(layer);
  }
  made.layers.push_back({{0.85f, -0.55f, -1.57f}, {0.706f, 0.365f, 0.172f}});
  return made;
}

}  // namespace txs::app
