#pragma once
#include "codec/codec.h"
#include "shell/layout.h"

namespace txs::app {

/// Every key and what the mouse does, over the whole window. `kind` names the presets. False: it was closed by a click.
bool draw_help_overlay(Extent window, const codec::CodecKind* kind);

}  // namespace txs::app
