#include "codecs/astc/snapping_memory.h"

#include <chrono>
#include <cstring>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "codecs/astc/snapping.h"
#include "core/files.h"
#include "core/log.h"
#include "shaders/interop/astc_descent.h"

namespace txs::astc {
namespace {

bool is_4x4(const Footprint& footprint) { return footprint.width == 4 && footprint.height == 4; }

std::uint64_t bytes_of(const Footprint& footprint) {
  const std::uint64_t words =
      is_4x4(footprint) ? interop::astc_nearest_two_words + interop::astc_nearest_three_words : 0;
  return sizeof(interop::AstcSnapping) + words * sizeof(std::uint32_t);
}

/// Of the process: made or read once.
std::shared_ptr<const NearestTables> nearest_tables(const std::atomic<bool>& stop) {
  static std::mutex mutex;
  static std::shared_ptr<const NearestTables> kept;
  const std::lock_guard lock(mutex);
  if (kept) return kept;
  int told = -1;
  auto tables = load_nearest_tables(cache_folder() / "astc-nearest.bin", [&](double share) {
    if (const int quarter = int(share * 4); quarter > told) {
      told = quarter;
      say(Severity::note, "ASTC: finding the nearest pattern of every division, " + std::to_string(quarter * 25) + " %");
    }
    return !stop;
  });
  if (tables.three.empty()) return {};  // stopped
  return kept = std::make_shared<const NearestTables>(std::move(tables));
}

}  // namespace

SnappingMemory::SnappingMemory(gpu::Device& device, const Footprint& footprint)
    : buffer_(device, bytes_of(footprint), "ASTC patterns"),
      filling_(std::async(std::launch::async, [this, &device, footprint] { fill(device, footprint); })) {}

void SnappingMemory::fill(gpu::Device& device, const Footprint& footprint) {
  const auto head = std::make_unique<interop::AstcSnapping>();
  for (std::uint32_t partitions = 2; partitions <= interop::astc_most_partitions; ++partitions) {
    const auto seeds = distinct_seeds(partitions, footprint);
    head->counts[partitions - 2] = std::uint32_t(seeds.size());
    for (std::size_t number = 0; number < seeds.size(); ++number) {
      head->seeds[partitions - 2][number] = seeds[number];
      const PartitionMap pattern = pattern_of(seeds[number], partitions, footprint);
      for (std::size_t t = 0; t < pattern.size(); ++t)
        head->patterns[partitions - 2][number][t / 16] |= std::uint32_t(pattern[t]) << (2 * (t % 16));
    }
  }
  if (is_4x4(footprint)) {
    const auto tables = nearest_tables(stop_);
    if (!tables) return;
    device.upload(buffer_, std::as_bytes(std::span(tables->two)), sizeof *head);
    device.upload(buffer_, std::as_bytes(std::span(tables->three)),
                  sizeof *head + interop::astc_nearest_two_words * sizeof(std::uint32_t));
    head->has_tables = 1;
  }
  device.upload(buffer_, std::as_bytes(std::span(head.get(), 1)));
}

bool SnappingMemory::ready() {
  if (!filling_.valid()) return true;
  if (filling_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
  filling_.get();
  return true;
}

}  // namespace txs::astc
