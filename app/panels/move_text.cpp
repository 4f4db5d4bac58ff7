#include "panels/move_text.h"

#include <fmt/format.h>

namespace txs::app {

using codec::SimplexIteration;
using codec::SimplexMove;

std::string_view move_name(SimplexMove move) {
  switch (move) {
    case SimplexMove::start: return "Initial simplex";
    case SimplexMove::reflect: return "Reflect";
    case SimplexMove::expand: return "Expand";
    case SimplexMove::contract_outside: return "Contract outside";
    case SimplexMove::contract_inside: return "Contract inside";
    case SimplexMove::shrink: return "Shrink";
  }
  return "";
}

std::string loss_text(double loss, int digits) {
  // {:#} keeps trailing zeros, so that a column of losses does not change its width.
  return fmt::format("{:#.{}g}", loss, digits);
}

std::string compared(double a, std::string_view b_name, double b) {
  int digits = 4;
  // 9 digits tell any two floats apart.
  while (digits < 9 && a != b && loss_text(a, digits) == loss_text(b, digits)) ++digits;
  const char* sign = a < b ? "<" : a > b ? ">" : a == b ? "=" : "not comparable with";
  return fmt::format("{} {} {} {}", loss_text(a, digits), sign, b_name, loss_text(b, digits));
}

std::vector<std::string> move_reasons(const SimplexIteration& it) {
  const auto reflected = [&](std::string_view than, double loss) {
    return "reflected " + compared(it.reflected_loss, than, loss);
  };
  const auto second = [&](std::string_view name, std::string_view than, double loss, std::string_view outcome) {
    return fmt::format("{} {}: {}", name, compared(it.second_loss, than, loss), outcome);
  };
  switch (it.move) {
    case SimplexMove::start:
      return {fmt::format("best {}, worst {}", loss_text(it.losses.front()), loss_text(it.losses.back()))};
    case SimplexMove::reflect:
      if (!it.has_second) return {reflected("second worst", it.second_worst_before) + ": accepted"};
      return {reflected("best", it.best_before), second("expanded", "reflected", it.reflected_loss, "reflection kept")};
    case SimplexMove::expand:
      return {reflected("best", it.best_before), second("expanded", "reflected", it.reflected_loss, "accepted")};
    case SimplexMove::contract_outside:
      return {reflected("second worst", it.second_worst_before),
              second("contracted", "reflected", it.reflected_loss, "accepted")};
    case SimplexMove::contract_inside:
      return {reflected("worst", it.worst_before), second("contracted", "worst", it.worst_before, "accepted")};
    case SimplexMove::shrink: {
      const bool outside = it.reflected_loss < it.worst_before;
      const std::string first =
          outside ? reflected("second worst", it.second_worst_before) : reflected("worst", it.worst_before);
      if (!it.has_second) return {first + ": all move to the best"};
      return {first, second("contracted", outside ? "reflected" : "worst",
                            outside ? it.reflected_loss : it.worst_before, "all move to the best")};
    }
  }
  return {};
}

}  // namespace txs::app
