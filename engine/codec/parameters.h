#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace txs::codec {

enum class Effect {
  live,     ///< acts on the running state
  restart,  ///< the encode starts anew; the curve so far stays on the plot
};

enum class Scale { linear, logarithmic };

class Parameters;

struct Choice {
  std::string_view key, title, help;
};

/// One parameter, declared once by its codec: sliders, --set, scripts, reports, presets and validation derive from it.
struct Parameter {
  enum class Type { boolean, integer, real, choice };

  std::string_view key;    ///< as in --set KEY=VALUE and in reports
  std::string_view title;  ///< as in the window
  std::string_view help;   ///< the tooltip: what it does, and what happens when it changes
  std::string_view group;  ///< heading under which the window lists it
  Type type = Type::real;
  double fallback = 0;  ///< the default: number, 0/1, or index of the choice
  double minimum = 0, maximum = 1;  ///< inclusive; numbers only
  std::string_view unit = {};
  Scale scale = Scale::linear;
  Effect effect = Effect::restart;
  std::span<const Choice> choices = {};
  /// Whether it does anything at these values of the others; null: whatever they are. Windows show it only then.
  bool (*applies)(const Parameters&) = nullptr;
};

/// The values of one codec's parameters. Every value is always within its range.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(std::span<const Parameter> declared);  ///< all at their defaults; `declared` must outlive this

  std::span<const Parameter> declared() const { return declared_; }
  const Parameter& find(std::string_view key) const;  ///< throws Error(usage) that lists the keys there are

  bool boolean(std::string_view key) const { return number(key) != 0; }
  std::int64_t integer(std::string_view key) const { return static_cast<std::int64_t>(number(key)); }
  double number(std::string_view key) const;
  std::string_view choice(std::string_view key) const;

  /// Sets from a number (index for a choice). Throws Error(usage) that names the range; nothing clamps.
  void set(std::string_view key, double value);
  /// Sets from text: "true"/"false"/"1"/"0"/"on"/"off", numbers, or the key of a choice. Throws Error(usage).
  void set_text(std::string_view key, std::string_view text);
  /// The text that set_text would take back; numbers in their shortest form that reads back the same.
  std::string text(std::string_view key) const;
  std::map<std::string, std::string> texts() const;

  /// The strongest effect among the parameters in which `other` differs; nullopt-like: `differs` false if none does.
  struct Change {
    bool differs = false;
    Effect effect = Effect::live;
  };
  Change change_to(const Parameters& other) const;

 private:
  std::size_t index(std::string_view key) const;
  std::span<const Parameter> declared_;
  std::vector<double> values_;
};

/// A named set of values over the defaults.
struct Preset {
  std::string_view id, title, help;
  std::vector<std::pair<std::string_view, std::string_view>> values;  ///< as for set_text
};

}  // namespace txs::codec
