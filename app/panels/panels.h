#pragma once
#include <imgui.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "panels/codec_panel.h"
#include "panels/inspector.h"
#include "panels/log_panel.h"
#include "panels/runs_panel.h"
#include "session/session.h"
#include "session/snapshot.h"
#include "view/view_state.h"

// The panels of the window. Each draws into the current ImGui window, its heading included, and fills the width of the
// content region; the shell places the windows. Panels read the snapshot and send commands to the session; they compute
// no figure. A panel that remembers something of its own (a scrubber, a tab) keeps it in the state struct it is given.

namespace txs::app {

/// What the panels say of the device; the shell measures it.
struct DeviceStatus {
  std::string_view name;
  double frames_per_second = 0;
  std::uint64_t memory_bytes = 0;  ///< held by our buffers and textures
  std::span<const gpu::PassTime> window_passes;  ///< of the newest measured frame: the canvas and the interface
};

/// What the user wants kept. The shell names the file, so that keys and buttons name it alike.
enum class Keep {
  sheet, decoded, report, curves_csv, curves_png,
  texture, ktx2,                                ///< of blocks: the usual file of their format, or KTX2
  network, checkpoint, latents_npy, latents_npz ///< of a neural codec
};

/// Where the choice of B stood in the last frame: what is dropped there becomes B.
struct ToolbarState {
  ImVec2 b_from{}, b_to{};
  bool over_b(ImVec2 point) const {
    return point.x >= b_from.x && point.x < b_to.x && point.y >= b_from.y && point.y < b_to.y;
  }
};

/// One line: file, codec and preset of A and of B, run controls, sheet and save, state, device and frame rate. Returns what was asked
/// to be kept by a click.
std::optional<Keep> draw_toolbar(const session::Snapshot& snapshot, session::Session& session,
                                 const DeviceStatus& device, ToolbarState& state);

/// The preset and every declared parameter, by group. Wants at least 264 px; scrolls by itself if it is too low.
void draw_codec_panel(const session::Snapshot& snapshot, session::Session& session, CodecPanelState& state);

/// The artifact's bytes, part by part; of a network with coded grids beside the raw ones, with both PSNRs. Its height
/// is the same for any snapshot with the same parts.
void draw_size_panel(const session::Snapshot& snapshot);

/// PSNR, loss or learning rate against seconds and against steps, with the runs before, and a training's health. Fills
/// the content region. `highlight` is the run that the mouse is on in the runs panel or in the plot. Returns what was
/// asked to be kept.
std::optional<Keep> draw_quality_panel(const session::Snapshot& snapshot, QualityPanelState& state, RunHighlight& highlight);

/// A row a run, newest first; a click restores. Fills the content region and scrolls.
void draw_runs_panel(const session::Snapshot& snapshot, session::Session& session, RunHighlight& highlight);

/// The selected block: texels, bits, and its search iteration by iteration; or the selected texel: features, layers,
/// output. Beside them, and where nothing is selected, what all blocks have become. Wants 340 x 560 px or more.
void draw_inspector(const session::Snapshot& snapshot, session::Session& session, ViewState& view,
                    InspectorState& state);

/// One line of fixed columns: what is under the cursor, then the run's figures.
void draw_status_line(const session::Snapshot& snapshot, const ViewState& view);

/// Everything that was said, newest last. Fills the content region and scrolls.
void draw_log_panel(LogPanelState& state);

/// GPU passes of the newest frame, work per second, memory.
void draw_profiler_panel(const session::Snapshot& snapshot, const DeviceStatus& device);

/// The centre while nothing is open: an invitation, the recent files, the samples.
void draw_empty_state(session::Session& session, std::span<const std::filesystem::path> recent,
                      std::span<const std::filesystem::path> samples);

}  // namespace txs::app
