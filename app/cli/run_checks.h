#pragma once
#include <string_view>

#include "cli/run_options.h"
#include "codec/codec.h"

namespace txs::app {

/// The codec and the values that the options ask for, before anything is loaded.
struct Wanted {
  const codec::CodecKind* kind = nullptr;
  codec::Parameters parameters;
};
/// Throws Error(usage) for a codec, preset, key or value that is not there, and for two options of which one is wanted. Of
/// --resume the file says the codec: no kind then.
Wanted wanted_codec(const RunOptions& options);

/// Throws Error for what contradicts itself or could not be written in the end, before time is spent.
void check_run(const RunOptions& options, const Wanted& wanted);
/// The same for a batch. Returns the format of its artifacts: "dds", "astc", "ktx2" or "txs".
std::string_view check_batch(const RunOptions& options, const Wanted& wanted);

}  // namespace txs::app
