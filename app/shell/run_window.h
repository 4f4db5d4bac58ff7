#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "gpu/device.h"
#include "session/session.h"
#include "view/view_state.h"

namespace txs::app {

/// What a scripted session says before a frame.
enum class Turn {
  frame,     ///< draw it and ask again
  finished,  ///< the window is the user's from now on
  quit,
};

struct WindowOptions {
  std::vector<std::filesystem::path> files;
  gpu::DeviceOptions device;  ///< what the window itself needs of it is filled in
  bool remember = true;       ///< read the config at the start and write it at the end

  // For scripted sessions; both may be empty.
  std::function<Turn(session::Session&, ViewState&)> each_frame;
  std::function<std::uint64_t()> stop_at_step;  ///< as Session::Frame has it; only while the script runs
};

/// Opens the window and stays until it is closed. Returns the exit status: 0, or 1 if the validation layer said
/// anything. Throws Error: internal without a display; device without a usable Vulkan device, or when it is lost twice.
int run_window(const WindowOptions& options);

}  // namespace txs::app
