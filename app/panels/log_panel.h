#pragma once
#include <vector>

#include "core/log.h"

namespace txs::app {

struct LogPanelState {
  std::vector<Message> messages;  ///< taken so far
};

}  // namespace txs::app
