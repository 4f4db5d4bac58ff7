#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gpu/device.h"
#include "script/script.h"

namespace txs::app {

/// What the command line asks a window for.
struct WindowRequest {
  std::vector<std::filesystem::path> files;
  gpu::DeviceOptions device;
  std::optional<Script> script;
};

/// Reads the command line (DESIGN of the commands: `texelscope --help`). A headless command is run, and its exit status
/// returned; otherwise the window that is asked for. Throws Error.
std::variant<int, WindowRequest> run_cli(int argc, char** argv);

}  // namespace txs::app
