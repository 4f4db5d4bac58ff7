#include "codec/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/error.h"

namespace txs::codec {
namespace {

/// "a, b or c"
template <typename Items>
std::string listed(const Items& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " or " : ", ";
    text += items[i].key;
  }
  return text;
}

/// What would be right, in words.
std::string accepted(const Parameter& parameter) {
  switch (parameter.type) {
    case Parameter::Type::boolean: return "true or false";
    case Parameter::Type::choice: return listed(parameter.choices);
    case Parameter::Type::integer:
      return fmt::format("a whole number from {} to {}", parameter.minimum, parameter.maximum);
    case Parameter::Type::real: return fmt::format("a number from {} to {}", parameter.minimum, parameter.maximum);
  }
  return {};
}

[[noreturn]] void refuse(const Parameter& parameter, std::string_view given) {
  throw Error(Fault::usage,
              fmt::format("{}: '{}' is not possible; give {}", parameter.key, given, accepted(parameter)));
}

bool accepts(const Parameter& parameter, double value) {
  const bool whole = std::trunc(value) == value;
  switch (parameter.type) {
    case Parameter::Type::boolean: return value == 0 || value == 1;
    case Parameter::Type::choice: return whole && value >= 0 && value < double(parameter.choices.size());
    case Parameter::Type::integer: return whole && value >= parameter.minimum && value <= parameter.maximum;
    case Parameter::Type::real: return value >= parameter.minimum && value <= parameter.maximum;  // false for NaN
  }
  return false;
}

std::optional<double> parse_boolean(std::string_view text) {
  if (text == "true" || text == "on" || text == "1") return 1;
  if (text == "false" || text == "off" || text == "0") return 0;
  return {};
}

std::optional<double> parse_choice(const Parameter& parameter, std::string_view text) {
  const auto found = std::ranges::find(parameter.choices, text, &Choice::key);
  if (found == parameter.choices.end()) return {};
  return double(found - parameter.choices.begin());
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return {};
  return value;
}

std::optional<double> parse(const Parameter& parameter, std::string_view text) {
  switch (parameter.type) {
    case Parameter::Type::boolean: return parse_boolean(text);
    case Parameter::Type::choice: return parse_choice(parameter, text);
    case Parameter::Type::integer:
    case Parameter::Type::real: return parse_number(text);
  }
  return {};
}

}  // namespace

Parameters::Parameters(std::span<const Parameter> declared) : declared_(declared) {
  values_.reserve(declared.size());
  for (const Parameter& parameter : declared) {
    assert(accepts(parameter, parameter.fallback));
    values_.push_back(parameter.fallback);
  }
}

std::size_t Parameters::index(std::string_view key) const {
  const auto found = std::ranges::find(declared_, key, &Parameter::key);
  if (found == declared_.end()) {
    if (declared_.empty()) throw Error(Fault::usage, fmt::format("'{}': this codec has no parameters", key));
    throw Error(Fault::usage, fmt::format("'{}' is no parameter of this codec; give {}", key, listed(declared_)));
  }
  return std::size_t(found - declared_.begin());
}

const Parameter& Parameters::find(std::string_view key) const { return declared_[index(key)]; }

double Parameters::number(std::string_view key) const { return values_[index(key)]; }

std::string_view Parameters::choice(std::string_view key) const {
  const std::size_t i = index(key);
  assert(declared_[i].type == Parameter::Type::choice);
  return declared_[i].choices[std::size_t(values_[i])].key;
}

void Parameters::set(std::string_view key, double value) {
  const std::size_t i = index(key);
  if (!accepts(declared_[i], value)) refuse(declared_[i], fmt::format("{}", value));
  values_[i] = value;
}

void Parameters::set_text(std::string_view key, std::string_view text) {
  const std::size_t i = index(key);
  const std::optional<double> value = parse(declared_[i], text);
  if (!value || !accepts(declared_[i], *value)) refuse(declared_[i], text);
  values_[i] = *value;
}

std::string Parameters::text(std::string_view key) const {
  const std::size_t i = index(key);
  switch (declared_[i].type) {
    case Parameter::Type::boolean: return values_[i] != 0 ? "true" : "false";
    case Parameter::Type::choice: return std::string(choice(key));
    case Parameter::Type::integer: return fmt::format("{}", std::int64_t(values_[i]));
    case Parameter::Type::real: return fmt::format("{}", values_[i]);  // the shortest form that reads back the same
  }
  return {};
}

std::map<std::string, std::string> Parameters::texts() const {
  std::map<std::string, std::string> all;
  for (const Parameter& parameter : declared_) all.emplace(parameter.key, text(parameter.key));
  return all;
}

Parameters::Change Parameters::change_to(const Parameters& other) const {
  assert(declared_.data() == other.declared_.data());
  Change change;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i] == other.values_[i]) continue;
    change.differs = true;
    if (declared_[i].effect == Effect::restart) change.effect = Effect::restart;
  }
  return change;
}

}  // namespace txs::codec
