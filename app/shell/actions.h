#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "panels/panels.h"
#include "session/session.h"
#include "shell/window.h"
#include "view/canvas.h"
#include "view/view_state.h"

namespace txs::app {

/// What is open in the window, and what was asked of it.
struct ShellState {
  bool help = false, log = false, profiler = false;
  bool quit = false;
  float ui_scale = 0;               ///< 0: the monitor's
  std::optional<Keep> keep;         ///< to be kept with this frame
  int blink_key = 0;                ///< held down, 0: none
};

/// All that an action may touch.
struct Desk {
  session::Session& session;
  Canvas& canvas;
  ViewState& view;
  ShellState& shell;
};

/// A key: a typed character (any keyboard layout), or GLFW's number for keys that type none.
struct Chord {
  char32_t character = 0;
  int key = 0;
  bool shift = false, control = false;
};

/// One thing that a key does. The table is the only place that knows: dispatch and the help overlay read it.
struct Action {
  std::string_view group, title;
  std::array<Chord, 2> keys;  ///< the second may be empty
  void (*run)(Desk&);
  bool repeats = false;       ///< while the key is held
};

std::span<const Action> actions();

/// Runs the action of a key that went down; false if there is none.
bool perform(const KeyPress& press, Desk& desk);
/// For keys that act while they are held.
void release(int key, Desk& desk);

/// "Space", "Shift+R", "F1 or ?".
std::string keys_text(const Action& action);

}  // namespace txs::app
