#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace txs {

enum class Severity { note, warning, error };

/// One line for a person. The window shows it for a while and keeps it in its log; commands print it to stderr.
struct Message {
  std::uint64_t id;  ///< 1, 2, 3, ... in the order they were said
  Severity severity;
  std::string text;
  std::chrono::steady_clock::time_point when;
};

/// Says a line. Thread-safe. Printed to stderr too, notes only while `set_quiet(false)`.
void say(Severity severity, std::string text);

/// What goes before the texts of errors from now on, as of a script its name and line: "tour.txt:3: ". Empty: nothing.
void say_errors_at(std::string place);

/// The messages with an id above `after`, oldest first (the last 1000 are kept).
std::vector<Message> messages_since(std::uint64_t after);

/// True: notes are kept but not printed (warnings and errors always are).
void set_quiet(bool quiet);

}  // namespace txs
