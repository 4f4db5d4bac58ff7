#include "cli/bench_measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "codec/registry.h"
#include "gpu/kernel.h"
#include "session/pacer.h"
#include "shaders/interop/bench.h"

namespace txs::app {
namespace {
using Clock = std::chrono::steady_clock;
constexpr double slice_milliseconds = 200;  // as `run`
constexpr int decode_repeats = 5;
constexpr std::uint64_t warm_up_steps = 3;

constexpr std::uint32_t peak_invocations = 1u << 16;
constexpr double peak_milliseconds = 50;  // long beside what a submission costs
constexpr int peak_repeats = 5;

double cpu_milliseconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
  };
  return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

double run_recorded(gpu::Device& device, gpu::Recorder&& recorder) {
  recorder.end_pass();
  const gpu::PendingTimes times = recorder.times();
  device.wait(device.submit(std::move(recorder)));
  double milliseconds = 0;
  for (const gpu::PassTime& pass : times.times()) milliseconds += pass.milliseconds;
  return milliseconds;
}

/// What an encode took.
struct Times {
  double gpu_ms = 0, wall_ms = 0, cpu_ms = 0;
};

/// Advances to the end or to the step.
Times advance_to(gpu::Device& device, codec::Encode& encode, std::uint64_t stop, session::Pacer& pacer) {
  Times times;
  const auto began = Clock::now();
  const double cpu_before = own_cpu_milliseconds();
  while (!encode.progress().done && encode.progress().step < stop) {
    gpu::Recorder recorder(device);
    recorder.begin_pass("search");
    const codec::Progress progress =
        encode.advance(recorder, {pacer.work_for(slice_milliseconds), codec::Budget::Pace::rush, stop});
    const double milliseconds = run_recorded(device, std::move(recorder));
    pacer.observe(progress.work, milliseconds);
    times.gpu_ms += milliseconds;
  }
  times.wall_ms = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
  times.cpu_ms = own_cpu_milliseconds() - cpu_before;
  return times;
}

void decode(gpu::Device& device, codec::Encode& encode, const codec::Source& source, metrics::Comparison& comparison,
            BenchRow& row) {
  const bool light = row.measure == metrics::Measure::light;
  const gpu::Texture target(device, light ? gpu::Format::rgba16f : gpu::Format::rgba8, source.texture->width(),
                            source.texture->height(), "bench decode");
  for (int i = 0; i <= decode_repeats; ++i) {
    gpu::Recorder recorder(device);
    recorder.begin_pass("decode");
    encode.decode(recorder, target);
    const double milliseconds = run_recorded(device, std::move(recorder));
    if (i == 1 || (i > 1 && milliseconds < *row.decode_gpu_ms)) row.decode_gpu_ms = milliseconds;  // the first one warms up
  }
  gpu::Recorder recorder(device);
  const metrics::PendingFigures figures =
      comparison.record(recorder, light ? *source.light_texture : *source.texture, target, false, row.measure);
  device.wait(device.submit(std::move(recorder)));
  row.psnr_db = figures.get().psnr_db;
}

void take_rates(const codec::CodecKind& kind, const codec::Parameters& parameters, double peak_gflops, BenchRow& row) {
  if (!kind.step_flops || *row.gpu_ms <= 0) return;
  const double flops = kind.step_flops(parameters, static_cast<std::uint32_t>(row.width), static_cast<std::uint32_t>(row.height)) *
                       static_cast<double>(row.training->steps);
  row.training->gflops = flops / (*row.gpu_ms * 1e6);
  row.training->share_of_peak = *row.training->gflops / peak_gflops;
}
}  // namespace

BenchRow measure(gpu::Device& device, metrics::Comparison& comparison, const BenchSource& picture,
                 const BenchSetting& setting, std::uint64_t steps, double peak_gflops) {
  const codec::CodecKind& kind = *setting.kind;
  const bool trains = kind.family == codec::Family::neural;
  codec::Parameters parameters = setting.parameters;
  if (trains) parameters.set("ramp", 0);  // steps are compared by their whole batch
  const auto start = [&] {
    auto encode = kind.start(device, picture.source, parameters, 0);
    while (!encode->ready() || !comparison.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return encode;
  };
  session::Pacer pacer;
  auto encode = start();
  advance_to(device, *encode, trains ? warm_up_steps : UINT64_MAX, pacer);
  if (!trains) encode = start();
  const std::uint64_t first = encode->progress().step;
  const Times times = advance_to(device, *encode, trains ? first + steps : UINT64_MAX, pacer);

  BenchRow row;
  row.picture = picture.name;
  row.codec = kind.id;
  row.setting = setting.name;
  row.width = picture.source.picture->width;
  row.height = picture.source.picture->height;
  row.gpu_ms = times.gpu_ms;
  row.wall_ms = times.wall_ms;
  row.cpu_ms = times.cpu_ms;
  row.measure = metrics::measure_of(kind.channels, kind.hdr);
  if (trains) {
    row.training = BenchRow::Training{std::max<std::uint64_t>(1, encode->progress().step - first), {}, {}};
    take_rates(kind, setting.parameters, peak_gflops, row);
  }
  decode(device, *encode, picture.source, comparison, row);
  return row;
}

double own_cpu_milliseconds() { return cpu_milliseconds(RUSAGE_SELF); }
double children_cpu_milliseconds() { return cpu_milliseconds(RUSAGE_CHILDREN); }

double measure_peak_gflops(gpu::Device& device) {
  const gpu::Kernel kernel(device, {"bench/multiply_add.comp", sizeof(interop::MultiplyAddPush), {}, {}});
  const gpu::Buffer results(device, peak_invocations * sizeof(float), "multiply-add results");
  kernel.wait();
  double best = 0;
  std::uint32_t rounds = 64;
  for (int i = 0; i < peak_repeats;) {
    gpu::Recorder recorder(device);
    recorder.begin_pass("multiply-adds");
    recorder.dispatch(kernel, interop::MultiplyAddPush{results.address(), rounds, 0.5f}, {},
                      {peak_invocations / interop::multiply_add_group});
    const double milliseconds = run_recorded(device, std::move(recorder));
    const double operations = 2.0 * interop::multiply_adds_a_round * rounds * peak_invocations;
    best = std::max(best, operations / (milliseconds * 1e6));
    if (milliseconds < peak_milliseconds && rounds < (1u << 24))
      rounds *= 2;
    else
      ++i;
  }
  return best;
}

}  // namespace txs::app
