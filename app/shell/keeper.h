#pragma once
#include <filesystem>
#include <set>

#include "panels/panels.h"
#include "session/session.h"
#include "view/view_state.h"

namespace txs::app {

/// Names what is kept and has the session save it: into the folder the program was started in, as
/// "image-codec-preset.ext", with a number where that is taken. Nothing is ever replaced.
class Keeper {
 public:
  void keep(Keep what, session::Session& session, const ViewState& view);

 private:
  std::filesystem::path free_name(const std::filesystem::path& wanted);

  std::set<std::filesystem::path> given_;  ///< names that files may still be on their way to
};

}  // namespace txs::app
