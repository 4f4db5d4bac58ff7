#include "session/coding_trial.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <utility>

#include "artifact/network_file.h"
#include "core/error.h"
#include "core/log.h"

namespace txs::session {
namespace {
// While a training runs: often enough to be watched, and at most a tenth of the time.
constexpr auto shortest_interval = std::chrono::seconds(3);
constexpr int rest_per_trial = 9;

std::string coding_text(const codec::EncodedNetwork& network) {
  switch (network.stage2) {
    case codec::Stage2::none: return "none";
    case codec::Stage2::jpeg: return "jpeg " + std::to_string(network.jpeg_quality);
    case codec::Stage2::png: return "png";
    case codec::Stage2::zstd: return "zstd";
  }
  return "";
}
}  // namespace

/// The worker's part; main and worker thread share nothing else.
struct CodingTrial::Coding {
  std::shared_ptr<const codec::EncodedNetwork> network;
  artifact::CodedResult result;
  codec::EncodedNetwork decoded;  ///< as read back from the coded bytes
  std::string problem;
  std::atomic<bool> finished = false;

  void run() {
    try {
      const std::vector<std::byte> file = artifact::write_network(*network);
      result.coding = coding_text(*network);
      result.parts = artifact::network_parts(*network);
      result.bytes = file.size();
      decoded = artifact::read_network(file, "coded network");
    } catch (const std::exception& error) {
      problem = error.what();
    }
    finished = true;
  }
};

CodingTrial::CodingTrial(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : device_(device), comparison_(comparison), worker_(worker) {}

CodingTrial::~CodingTrial() = default;

void CodingTrial::offer(std::shared_ptr<const codec::EncodedNetwork> network, std::uint64_t step) {
  if (network->stage2 == codec::Stage2::none) return forget();
  if (result_ && result_->coding != coding_text(*network)) {
    result_.reset();  // of other settings
    next_ = {};
  }
  newest_ = std::move(network);
  newest_step_ = step;
}

void CodingTrial::forget() {
  end();
  newest_.reset();
  tried_.reset();
  result_.reset();
  next_ = {};
}

void CodingTrial::begin() {
  coding_ = std::make_shared<Coding>();
  coding_->network = newest_;
  coding_->result.step = newest_step_;
  began_ = Clock::now();
  worker_.run([coding = coding_] { coding->run(); });
}

void CodingTrial::end() {
  coding_.reset();
  encode_.reset();
  figures_ = {};
}

bool CodingTrial::record(gpu::Recorder& recorder, const codec::CodecKind& kind, const codec::Source& source,
                         bool at_rest) {
  if (!coding_) {
    if (owed() && (at_rest || Clock::now() >= next_)) begin();
    return false;
  }
  if (!coding_->finished || figures_) return false;
  try {
    if (!coding_->problem.empty()) throw Error(Fault::internal, coding_->problem);
    if (!encode_) encode_ = kind.adopt(device_, source, coding_->decoded);
    if (!encode_->ready()) return false;
  } catch (const std::exception& error) {
    say(Severity::error, "coding the grids as " + coding_text(*coding_->network) + ": " + error.what());
    tried_ = coding_->network;
    result_.reset();
    end();
    return false;
  }
  const std::uint32_t width = source.texture->width(), height = source.texture->height();
  if (!decoded_ || decoded_->width() != width || decoded_->height() != height)
    decoded_ = std::make_unique<gpu::Texture>(device_, gpu::Format::rgba8, width, height, "coded reconstruction");
  recorder.begin_pass("coded grids");
  encode_->decode(recorder, *decoded_);
  figures_ = comparison_.record(recorder, *source.texture, *decoded_, false);
  return true;
}

void CodingTrial::collect() {
  if (!figures_ || !figures_.ready()) return;
  result_ = std::move(coding_->result);
  result_->figures = figures_.get();
  tried_ = coding_->network;
  const auto cost = Clock::now() - began_;
  next_ = Clock::now() + std::max<Clock::duration>(shortest_interval, cost * rest_per_trial);
  end();
}

}  // namespace txs::session
