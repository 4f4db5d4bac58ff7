#include "core/log.h"

#include <cstdio>
#include <deque>
#include <mutex>
#include <utility>

namespace txs {
namespace {
constexpr std::size_t kept_messages = 1000;

struct Log {
  std::mutex mutex;
  std::deque<Message> messages;
  std::uint64_t last_id = 0;
  bool quiet = false;
  std::string place;  ///< before errors
};

Log& the_log() {
  static Log log;
  return log;
}
}  // namespace

void say(Severity severity, std::string text) {
  Log& log = the_log();
  const std::scoped_lock lock(log.mutex);
  if (severity == Severity::error) text.insert(0, log.place);
  if (severity != Severity::note || !log.quiet) {
    const char* prefix = severity == Severity::error ? "error: " : severity == Severity::warning ? "warning: " : "";
    std::fprintf(stderr, "%s%s\n", prefix, text.c_str());
  }
  log.messages.push_back({++log.last_id, severity, std::move(text), std::chrono::steady_clock::now()});
  if (log.messages.size() > kept_messages) log.messages.pop_front();
}

void say_errors_at(std::string place) {
  Log& log = the_log();
  const std::scoped_lock lock(log.mutex);
  log.place = std::move(place);
}

std::vector<Message> messages_since(std::uint64_t after) {
  Log& log = the_log();
  const std::scoped_lock lock(log.mutex);
  std::vector<Message> result;
  for (const Message& message : log.messages)
    if (message.id > after) result.push_back(message);
  return result;
}

void set_quiet(bool quiet) {
  Log& log = the_log();
  const std::scoped_lock lock(log.mutex);
  log.quiet = quiet;
}

}  // namespace txs
