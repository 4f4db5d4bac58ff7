#include <cmath>
#include <numbers>

#include "neural/reference/network.h"

namespace txs::neural::reference {
namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double normal_density(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi); }
double normal_distribution(double x) { return (1 + std::erf(x / std::numbers::sqrt2)) / 2; }

}  // namespace

double activate(codec::Activation activation, double omega0, double sum) {
  switch (activation) {
    case codec::Activation::siren: return std::sin(omega0 * sum);
    case codec::Activation::gelu: return sum * normal_distribution(sum);
    case codec::Activation::silu: return sum * logistic(sum);
    case codec::Activation::relu: return sum > 0 ? sum : 0;
  }
  return 0;
}

double activate_derivative(codec::Activation activation, double omega0, double sum) {
  switch (activation) {
    case codec::Activation::siren: return omega0 * std::cos(omega0 * sum);
    case codec::Activation::gelu: return normal_distribution(sum) + sum * normal_density(sum);
    case codec::Activation::silu: return logistic(sum) * (1 + sum * (1 - logistic(sum)));
    case codec::Activation::relu: return sum > 0 ? 1 : 0;
  }
  return 0;
}

double sigmoid(double sum) { return logistic(sum); }

}  // namespace txs::neural::reference
