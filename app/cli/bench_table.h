#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "cli/bench_measure.h"

namespace txs::app {

nlohmann::ordered_json row_json(const BenchRow& row);

/// Rows as they come, under a heading wherever searches follow trainings or the other way.
class BenchTable {
 public:
  void print(const BenchRow& row);

 private:
  std::optional<bool> trainings_;  ///< what the last heading was of
};

}  // namespace txs::app
