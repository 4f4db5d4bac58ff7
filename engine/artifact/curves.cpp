#include "artifact/curves.h"

#include <fmt/format.h>

#include <iterator>
#include <optional>

namespace txs::artifact {
namespace {

/// Quoted where the field would otherwise end early (RFC 4180, section 2, rules 5 to 7).
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

std::string field(std::optional<double> value) { return value ? fmt::format("{}", *value) : ""; }

}  // namespace

std::string write_curves_csv(std::span<const Curve> curves) {
  std::string csv = "run,step,seconds,psnr_db,loss,learning_rate,measure\r\n";
  for (const Curve& curve : curves) {
    const std::string run = field(curve.label);
    for (const HistoryPoint& point : curve.points) {
      fmt::format_to(std::back_inserter(csv), "{},{},{},{},{},{},{}\r\n", run, point.step, point.seconds, point.psnr_db,
                     field(point.loss), field(point.learning_rate), metrics::psnr_name(curve.measure));
    }
  }
  return csv;
}

}  // namespace txs::artifact
