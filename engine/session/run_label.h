#pragma once
#include <string>

#include "session/snapshot.h"

namespace txs::session {

/// What tells a run from others in a legend: "tinymlp", or "tinymlp, hidden 32, seed 7": the nearest preset (the one that
/// the fewest of its parameters differ from) and what differs from it; of a file's bits the file's name.
std::string run_label(const RunRecord& run);

/// " 12x10" of a codec that has blocks of several sizes; else nothing.
std::string own_block_text(const RunRecord& run);

/// What a search does now, "ranking divisions 3/10"; empty where its steps say it all.
std::string doing_text(const codec::Progress& progress);

}  // namespace txs::session
