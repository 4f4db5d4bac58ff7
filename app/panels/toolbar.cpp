#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "artifact/container.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "session/run_label.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using session::Session;
using session::Snapshot;
using session::State;

void gap() { ImGui::SameLine(0, theme::px(16)); }

float words(std::string_view text) { return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x; }

void file_choice(const Snapshot& snapshot, Session& session, float width) {
  const std::string name = snapshot.source ? snapshot.source->name : "no image";
  if (snapshot.files.size() < 2) {
    ImGui::AlignTextToFramePadding();
    text_cut(name, width, snapshot.source ? colour::text : colour::text_dim);
    if (snapshot.source) tooltip(snapshot.source->path.string());
    return;
  }
  ImGui::SetNextItemWidth(width);
  if (!ImGui::BeginCombo("##file", name.c_str(), ImGuiComboFlags_HeightLarge)) {
    tooltip(fmt::format("{}\nFile {} of {}.", snapshot.source ? snapshot.source->path.string() : name,
                        snapshot.current_file + 1, snapshot.files.size()));
    return;
  }
  for (std::size_t i = 0; i < snapshot.files.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::Selectable(snapshot.files[i].filename().string().c_str(), i == snapshot.current_file)) {
      command([&] { session.select_file(i); });
    }
    tooltip(snapshot.files[i].string());
    ImGui::PopID();
  }
  ImGui::EndCombo();
}

void picture_size(const Snapshot& snapshot, float width) {
  ImGui::AlignTextToFramePadding();
  if (!snapshot.source) return text_line("");
  const session::SourceInfo& source = *snapshot.source;
  text_cut(fmt::format("{} \u00D7 {}", source.width, source.height), width, colour::text_dim);
  tooltip(fmt::format("{} \u00D7 {} texels, {}", source.width, source.height, source.meaning));
}

void picture_meaning(const Snapshot& snapshot, float width) {
  ImGui::AlignTextToFramePadding();
  if (!snapshot.source) return text_line("");
  text_cut(snapshot.source->meaning, width, colour::text_dim);
  tooltip(snapshot.source->meaning);
}

/// The experiment's letter, which chooses it, and its codec.
void codec_choice(session::Slot slot, const Snapshot& snapshot, Session& session, float width) {
  const bool chosen = snapshot.focus == slot, exists = snapshot.of(slot) != nullptr;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::AlignTextToFramePadding();
  text_line(name_of(slot), exists ? colour_of(slot) : colour::text_faint);
  if (exists && ImGui::IsItemClicked()) command([&] { session.focus(slot); });
  if (exists) tooltip(fmt::format("Experiment {}. Click: panels and keys act on it (A: the other one)", name_of(slot)));
  if (snapshot.b && chosen) {
    const float y = at.y + ImGui::GetFrameHeight() - theme::px(3);
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, y}, {ImGui::GetItemRectMax().x, y + theme::px(2)}, colour_of(slot));
  }
  ImGui::SameLine(0, theme::px(4));
  codec_combo(slot, snapshot, session, width);
}

void codec_choices(const Snapshot& snapshot, Session& session, float width, ToolbarState& state) {
  codec_choice(session::Slot::a, snapshot, session, width);
  ImGui::SameLine(0, theme::px(12));
  state.b_from = ImGui::GetCursorScreenPos();
  codec_choice(session::Slot::b, snapshot, session, width);
  state.b_to = ImGui::GetItemRectMax();
}

void run_controls(const Snapshot& snapshot, Session& session) {
  const State state = snapshot.state();
  const bool running = state == State::running || state == State::compiling;
  const bool paused = state == State::paused;
  const std::string both = snapshot.b ? ", A and B" : "", own = snapshot.b ? std::string(" ") + name_of(snapshot.focus) : "";
  ImGui::BeginDisabled(!running && !paused);
  if (running || !paused) {
    if (icon_button("pause", Icon::pause, "Pause" + both + " (Space)")) session.pause();
  } else if (icon_button("resume", Icon::play, "Go on" + both + " (Space)", true)) {
    session.resume();
  }
  ImGui::EndDisabled();
  ImGui::SameLine(0, theme::px(4));
  ImGui::BeginDisabled(!paused);
  if (icon_button("step", Icon::step, "One step" + both + ", while paused (N)")) session.step();
  ImGui::EndDisabled();
  ImGui::SameLine(0, theme::px(4));
  ImGui::BeginDisabled(!snapshot.source);
  if (icon_button("restart", Icon::restart, "Start" + own + " anew; the curve so far stays on the plot (R)")) session.restart();
  ImGui::EndDisabled();
}

/// How fast it goes: as wide as its widest text, so that nothing beside it moves. Blank while nothing advances.
void speed(const Snapshot& snapshot) {
  const float width = words("0000.0 steps/s");
  const float start = ImGui::GetCursorPosX();
  const double rate = snapshot.focused().state == State::running ? snapshot.focused().run.steps_per_second : 0;
  if (rate > 0) {
    ImGui::AlignTextToFramePadding();
    text_right_at(start + width, fmt::format("{} steps/s", format_fixed(rate, rate < 1000 ? 1 : 0)), colour::text_dim);
    tooltip("Steps a second, over the last second or so");
  } else {
    ImGui::Dummy({width, ImGui::GetFrameHeight()});
  }
}

struct KeepEntry {
  Keep keep;
  const char *label, *help;
};

void keep_entries(std::span<const KeepEntry> entries, std::optional<Keep>& asked) {
  for (const KeepEntry& entry : entries) {
    if (ImGui::Selectable(entry.label)) asked = entry.keep;
    tooltip(entry.help);
  }
}

/// Whether saved textures get mip levels, and by which filter.
void mip_entries(const Snapshot& snapshot, Session& session) {
  struct Entry {
    std::optional<MipFilter> filter;
    const char *label, *help;
  };
  static constexpr Entry entries[] = {
      {std::nullopt, "One level", "Textures are saved without a mip chain"},
      {MipFilter::box, "Mip levels, box", "Each level averages the one before, in linear light"},
      {MipFilter::kaiser, "Mip levels, Kaiser", "Each level by a Kaiser-windowed sinc, in linear light: sharper than a box"},
  };
  for (const Entry& entry : entries) {
    if (ImGui::RadioButton(entry.label, snapshot.mips == entry.filter)) session.set_mips(entry.filter);
    tooltip(entry.help);
  }
}

void keep_popup(const Snapshot& snapshot, Session& session, std::optional<Keep>& asked) {
  static constexpr KeepEntry of_blocks[] = {
      {Keep::texture, "Texture as DDS", "The bits, in a DDS with a DX10 header (D)"},
      {Keep::ktx2, "Texture as KTX2", "The bits, in a KTX2 with what they came from (K)"},
  };
  static constexpr KeepEntry of_astc[] = {
      {Keep::texture, "Texture as .astc", "The bits of level 0 behind 16 bytes that say their size; nothing of colour space (D)"},
      {Keep::ktx2, "Texture as KTX2", "The bits, in a KTX2 with what they came from (K)"},
  };
  static constexpr KeepEntry of_networks[] = {
      {Keep::network, "Network as .txs", "What decodes the picture: grids, decoder, parameters (D)"},
      {Keep::checkpoint, "Checkpoint as .txs", "The network and what its training needs to go on where it is now (K)"},
      {Keep::latents_npy, "Latents as .npy", "The grids' values as binary16, for NumPy"},
      {Keep::latents_npz, "Latents as .npz", "The integers of quantisation-aware training and each channel's range"},
  };
  static constexpr KeepEntry of_all[] = {
      {Keep::decoded, "Decoded picture as PNG", "What those bits decode to (P)"},
      {Keep::report, "Report as JSON", "Parameters, sizes, figures and the history (J)"},
  };
  const codec::CodecKind* kind = snapshot.focused().run.kind;
  const bool neural = kind && kind->family == codec::Family::neural;
  const bool astc = kind && artifact::container_endings(kind->formats).front() == ".astc";
  keep_entries(neural ? std::span<const KeepEntry>(of_networks) : astc ? of_astc : of_blocks, asked);
  if (!neural) mip_entries(snapshot, session);
  ImGui::Separator();
  keep_entries(of_all, asked);
}

std::optional<Keep> keep_controls(const Snapshot& snapshot, Session& session, bool with_words) {
  std::optional<Keep> asked;
  const auto button = [&](const char* label, Icon icon, const char* help) {
    return with_words ? icon_text_button(label, icon, help) : icon_button(label, icon, help);
  };
  ImGui::BeginDisabled(!snapshot.focused().reconstruction);
  if (button("Sheet", Icon::sheet, "Save the comparison sheet as PNG (S)")) asked = Keep::sheet;
  ImGui::SameLine(0, theme::px(4));
  if (button("Save", Icon::save, "Save what was encoded, the decoded picture or the report")) ImGui::OpenPopup("save");
  ImGui::EndDisabled();
  ImGui::SetNextWindowPos({ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + theme::px(4)});
  if (ImGui::BeginPopup("save")) {
    keep_popup(snapshot, session, asked);
    ImGui::EndPopup();
  }
  return asked;
}

ImU32 state_colour(State state) {
  switch (state) {
    case State::running: return colour::accent;
    case State::done: return colour::good;
    case State::failed: return colour::bad;
    case State::loading:
    case State::compiling: return colour::sky_blue;
    case State::empty:
    case State::paused: break;
  }
  return colour::text_dim;
}

/// A dot for a state that lasts, a turning arc for one that passes.
void draw_state_sign(ImVec2 centre, State state) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = theme::px(5);
  if (state != State::loading && state != State::compiling) {
    list.AddCircleFilled(centre, radius - 1, state_colour(state), 16);
    return;
  }
  const float turn = static_cast<float>(std::fmod(ImGui::GetTime() * 5.0, 2 * 3.14159265));
  list.PathArcTo(centre, radius, turn, turn + 4.2f, 16);
  list.PathStroke(state_colour(state), 0, theme::px(2));
}

/// What goes on: the stage that a search is in, where it has any; of two searches the focused one's as long as it runs.
std::string said_of(const Snapshot& snapshot) {
  if (!snapshot.activity.empty()) return snapshot.activity;
  const session::Slot other = snapshot.focus == session::Slot::a ? session::Slot::b : session::Slot::a;
  for (const session::Slot slot : {snapshot.focus, other}) {
    const session::ExperimentSnapshot* experiment = snapshot.of(slot);
    if (!experiment || experiment->state != State::running) continue;
    const std::string doing = session::doing_text(experiment->run.progress);
    if (!doing.empty()) return snapshot.b ? fmt::format("{}: {}", name_of(slot), doing) : doing;
  }
  return std::string(session::state_name(snapshot.state()));
}

/// State or activity, device, frame rate: from the right edge leftwards, the device's name in what room there is.
void status(const Snapshot& snapshot, const DeviceStatus& device, float left) {
  const float height = ImGui::GetFrameHeight();
  float right = ImGui::GetContentRegionMax().x;
  const std::string rate = fmt::format("{:.0f} fps", device.frames_per_second);
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  text_right_at(right, rate, colour::text_dim);
  tooltip("Frames a second");
  right -= words("000 fps") + theme::px(12);

  const std::string said = said_of(snapshot);
  const float sign = theme::px(16), shortest_name = theme::px(72), gap_width = theme::px(16);
  const float said_width = std::min(words(said), theme::px(208));
  const float room = right - left - said_width - sign - 2 * gap_width;
  if (room >= shortest_name && !device.name.empty()) {
    const float width = std::min(words(device.name), std::min(room, theme::px(220)));
    ImGui::SameLine();
    ImGui::SetCursorPosX(right - width);
    text_cut(device.name, width + 1, colour::text_dim);
    tooltip(device.name);
    right -= width + gap_width;
  }
  const float x = right - said_width;
  if (x - sign < left) return;
  ImGui::SameLine();
  ImGui::SetCursorPosX(x);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_state_sign({at.x - theme::px(10), at.y + height / 2}, snapshot.state());
  text_cut(said, said_width + 1, snapshot.state() == State::failed ? colour::bad : colour::text);
  if (!snapshot.why().empty()) tooltip(snapshot.why());
}

/// How far each encode is, as lines along the bar's lower edge, A's below B's.
void draw_progress(const Snapshot& snapshot) {
  const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(from, {from.x + size.x, from.y + size.y});  // beyond the window's padding
  float bottom = from.y + size.y;
  for (const session::Slot slot : {session::Slot::a, session::Slot::b}) {
    const session::ExperimentSnapshot* experiment = snapshot.of(slot);
    if (!experiment) continue;
    const bool going = experiment->state == State::running, paused = experiment->state == State::paused;
    const float top = bottom - theme::px(2);
    const float fraction = std::clamp(static_cast<float>(experiment->run.progress.fraction), 0.0f, 1.0f);
    if (going || paused)
      list.AddRectFilled({from.x, top}, {from.x + size.x * fraction, bottom}, going ? colour_of(slot) : colour::text_dim);
    bottom = top;
  }
  list.PopClipRect();
}

}  // namespace

std::optional<Keep> draw_toolbar(const Snapshot& snapshot, Session& session, const DeviceStatus& device,
                                 ToolbarState& state) {
  // What is known from elsewhere goes first where the window is narrow: the picture's meaning, its size, the words.
  const float width = ImGui::GetContentRegionAvail().x;
  const bool wide = width >= theme::px(1560), narrow = width < theme::px(1200);
  // Every part has its place whatever the texts before it say, so that no button moves when another picture is opened.
  float x = ImGui::GetCursorPosX();
  const auto next = [&x](float own) {
    x += own + theme::px(8);
    ImGui::SameLine();
    ImGui::SetCursorPosX(x);
  };
  const float name = theme::px(wide ? 176 : narrow ? 96 : 128), size = words("0000 \u00D7 0000"), meaning = theme::px(104);
  file_choice(snapshot, session, name);
  next(name);
  if (!narrow) {
    picture_size(snapshot, size);
    next(size);
  }
  if (wide) {
    picture_meaning(snapshot, meaning);
    next(meaning);
  }
  const float least = theme::px(112), others = theme::px(narrow ? 560 : wide ? 1080 : 800);
  codec_choices(snapshot, session, std::clamp((width - others) / 2, least, theme::px(264)), state);
  gap();
  run_controls(snapshot, session);
  if (!narrow) {
    ImGui::SameLine(0, theme::px(4));
    speed(snapshot);
  }
  gap();
  const std::optional<Keep> asked = keep_controls(snapshot, session, !narrow);
  ImGui::SameLine();
  status(snapshot, device, ImGui::GetCursorPosX() + theme::px(8));
  draw_progress(snapshot);
  return asked;
}

}  // namespace txs::app
