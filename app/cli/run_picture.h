#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "artifact/report.h"
#include "cli/interrupt.h"
#include "cli/run_options.h"
#include "session/session.h"

/// What `run` does of one picture, alone or as one of a batch.
namespace txs::app {

/// The codec, its parameters and the seed of the options.
void configure(session::Session& session, const RunOptions& options);
/// What --set changes of a training that goes on. A parameter that would start it anew is refused.
void configure_resumed(session::Session& session, const RunOptions& options);

/// Waits until the picture is there. False if it could not be opened; the session has said why then.
bool open_picture(session::Session& session, const RunOptions& options, const std::filesystem::path& image);

/// Advances until the codec says done, the asked steps or seconds are over, or Ctrl-C. Throws Error of a failed encode.
void encode_picture(session::Session& session, const RunOptions& options, const InterruptWatch& interrupt,
                    const std::function<void(const session::RunRecord&)>& each_frame);
/// "12/64 iterations  45.21 dB"
std::string progress_text(const session::RunRecord& run);

/// Writes the files that are asked for, and takes the final record. The first problem, or empty.
std::string keep_picture(session::Session& session, const KeptFiles& files, artifact::ResultRecord& record);

}  // namespace txs::app
