#pragma once
#include <imgui.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "codec/codec.h"
#include "codec/inspection.h"
#include "plots/curve_plot.h"
#include "session/session.h"
#include "session/snapshot.h"
#include "theme/theme.h"

namespace txs::app {

/// Small things that more than one panel draws.

void text_line(std::string_view text, ImU32 colour = colour::text);

/// `text` cut to `width` pixels with an ellipsis; returns whether it was cut.
bool text_cut(std::string_view text, float width, ImU32 colour = colour::text);

/// Text whose right edge lies at `right` (window coordinates, as SetCursorPosX), on the current line.
void text_right_at(float right, std::string_view text, ImU32 colour = colour::text);

/// A line of a name, and its value at the right edge; `help` is its tooltip.
void figure(std::string_view name, std::string_view value, std::string_view help);

/// A filled rectangle of a colour; over a checkerboard in its lower right half where it is transparent.
void draw_swatch(ImDrawList& list, ImVec2 from, ImVec2 to, codec::Texel colour);
codec::Texel to_texel(const codec::Colour& colour);

/// The blocks that the codec cuts the picture into; none if it encodes texels one by one.
struct BlockGrid {
  codec::BlockSize block;
  std::uint64_t across = 0, down = 0;
};
std::optional<BlockGrid> block_grid(const session::Snapshot& snapshot);

/// Lets the session do something that may refuse: the refusal is said, as all messages are.
void command(const std::function<void()>& act);

/// "A" or "B".
const char* name_of(session::Slot slot);
/// In the accent, and B's sky blue: of letters, chips and curves.
ImU32 colour_of(session::Slot slot);

/// Whose run it is: experiment A's or B's of now, by its number, or one of before.
Role role_of(const session::RunRecord& run, const session::Snapshot& snapshot);

/// The two experiments as tabs, where there is a B; a click chooses what panels and keys act on. Nothing otherwise.
void experiment_tabs(const session::Snapshot& snapshot, session::Session& session);

/// Every codec's presets, codec by codec; choosing one chooses both, and the experiment. Of B also nothing at all, the
/// files that may be it, and a swap.
void codec_combo(session::Slot slot, const session::Snapshot& snapshot, session::Session& session, float width);

/// The presets of the focused codec; the nearest one is shown, with "changed" where parameters differ from it.
void preset_combo(const session::Snapshot& snapshot, session::Session& session, float width,
                  std::string_view preferred);

}  // namespace txs::app
