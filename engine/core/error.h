#pragma once
#include <stdexcept>
#include <string>

namespace txs {

/// What kind of thing went wrong; the value is the exit status of a headless command.
enum class Fault : int {
  internal = 1,  ///< anything not named below, a full disk among them
  usage = 2,     ///< a wrong option, key or value
  input = 3,     ///< a file that cannot be read or is not what it claims
  device = 4,    ///< no usable Vulkan device, or it was lost
};

/// An error for a person: one line that names the file or option, what is wrong, and what would be right.
class Error : public std::runtime_error {
 public:
  Error(Fault fault, const std::string& line) : std::runtime_error(line), fault_(fault) {}
  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

}  // namespace txs
