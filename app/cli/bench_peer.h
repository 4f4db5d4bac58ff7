#pragma once
#include <string>

#include "cli/bench_measure.h"

namespace txs::app {

/// Runs another encoder's command line on a picture and times it. In `command`, {in} stands for the picture as a PNG file,
/// {out} for a file to be written, and {out.EXT} for one whose name ends so ({out} is {out.dds}). The shell runs it; what it
/// prints goes to stderr. The quality is measured where the file is one that is read here. Throws Error(usage) for a command
/// without these, Error(internal) for one that fails or writes no such file.
BenchRow measure_peer(const std::string& command, const BenchSource& picture);

}  // namespace txs::app
