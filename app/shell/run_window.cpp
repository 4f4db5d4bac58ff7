#include "shell/run_window.h"

#include "shell/application.h"

namespace txs::app {

int run_window(const WindowOptions& options) { return Application(options).run(); }

}  // namespace txs::app
