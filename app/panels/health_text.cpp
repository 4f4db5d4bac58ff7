#include "panels/health_text.h"

#include <fmt/format.h>

#include "theme/format.h"

namespace txs::app {
namespace {

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", format_count(count), noun, count == 1 ? "" : "s");
}

}  // namespace

std::string health_text(const codec::Health& health) {
  if (!health.bad())
    return fmt::format("parameters up to {:.2g}, gradients up to {:.2g}", health.largest_parameter,
                       health.largest_gradient);
  std::string text;
  if (health.bad_parameters > 0) text = counted(health.bad_parameters, "parameter");
  if (health.bad_gradients > 0) text += (text.empty() ? "" : " and ") + counted(health.bad_gradients, "gradient");
  return text + " NaN or infinite";
}

}  // namespace txs::app
