#include "shell/actions.h"

#include <GLFW/glfw3.h>

#include <algorithm>

#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr float zoom_step = 1.41421356f;  // two presses double
constexpr float pan_step = 0.125f;        // of the cell
constexpr float exposure_step = 0.5f, most_exposure = 8;
constexpr float error_step = 1.41421356f;

Chord typed(char32_t character) { return {character, 0, false, false}; }
Chord key(int number, bool shift = false, bool control = false) { return {0, number, shift, control}; }

// --- the run

void pause_or_resume(Desk& desk) {
  if (desk.session.snapshot().state() == session::State::paused)
    desk.session.resume();
  else
    desk.session.pause();
}

void choose_preset(Desk& desk, std::size_t index) {
  const codec::CodecKind* kind = desk.session.snapshot().focused().run.kind;
  if (!kind || index >= kind->presets.size()) return;
  desk.session.set_preset(kind->presets[index].id);
}

template <std::size_t index>
void preset(Desk& desk) {
  choose_preset(desk, index);
}

template <int step>
void other_file(Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const auto count = std::ptrdiff_t(snapshot.files.size());
  if (count < 2) return;
  desk.session.select_file(std::size_t((std::ptrdiff_t(snapshot.current_file) + step + count) % count));
}

// --- the canvas

template <Cell cell>
void fill_with(Desk& desk) {
  if (!available(cell, desk.session.snapshot())) return;
  desk.view.filling = desk.view.filling == cell ? std::nullopt : std::optional(cell);
}

void zoom_in(Desk& desk) { desk.canvas.zoom_by(desk.view, zoom_step); }
void zoom_out(Desk& desk) { desk.canvas.zoom_by(desk.view, 1 / zoom_step); }

/// Four cells, then each alone.
template <int step>
void cycle_filling(Desk& desk) {
  int next = desk.view.filling ? int(*desk.view.filling) + 1 : 0;
  do next = (next + step + cell_count + 1) % (cell_count + 1);
  while (next > 0 && !available(Cell(next - 1), desk.session.snapshot()));
  desk.view.filling = next == 0 ? std::nullopt : std::optional(Cell(next - 1));
}

template <Compare mode>
void compare(Desk& desk) {
  desk.view.compare = desk.view.compare == mode ? Compare::none : mode;
}

void cycle_compared(Desk& desk) {
  Cell& with = desk.view.compared_with;
  do with = Cell((int(with) + 1) % cell_count);
  while (!available(with, desk.session.snapshot()));
}

// --- A and B

void focus_other(Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  if (snapshot.b) desk.session.focus(snapshot.focus == session::Slot::a ? session::Slot::b : session::Slot::a);
}

void swap_sides(Desk& desk) {
  if (desk.session.snapshot().b) desk.session.swap();
}

template <int step>
void other_view(Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const auto& views = snapshot.focused().views;
  const codec::View* shown = shown_view(snapshot, desk.view, snapshot.focus);
  if (!shown) return;
  const auto count = std::ptrdiff_t(views.size());
  chosen_view(desk.view, snapshot.focus) = views[std::size_t((shown - views.data() + step + count) % count)].id;
}

// --- views of features

/// Of the view that is looked at; null if it is none of features.
const codec::View* feature_view(const Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const codec::View* shown = shown_view(snapshot, desk.view, snapshot.focus);
  return shown && shown->kind == codec::View::Kind::features ? shown : nullptr;
}

void map_or_colours(Desk& desk) {
  if (feature_view(desk)) desk.view.features.mapped = !desk.view.features.mapped;
}

void common_or_own_range(Desk& desk) {
  if (feature_view(desk)) desk.view.features.common_range = !desk.view.features.common_range;
}

template <int step>
void other_channels(Desk& desk) {
  if (const codec::View* view = feature_view(desk))
    desk.view.features = display::stepped(desk.view.features, view->channels, step);
}

// --- pictures

template <display::Channels channels>
void isolate(Desk& desk) {
  desk.view.channels = desk.view.channels == channels ? display::Channels::rgb : channels;
}

void cycle_channels(Desk& desk) { desk.view.channels = display::Channels((int(desk.view.channels) + 1) % 6); }

template <int direction>
void expose(Desk& desk) {
  desk.view.exposure_stops =
      std::clamp(desk.view.exposure_stops + float(direction) * exposure_step, -most_exposure, most_exposure);
}

void as_stored(Desk& desk) {
  desk.view.channels = display::Channels::rgb;
  desk.view.exposure_stops = 0;
}

void scale_error(Desk& desk, float factor) {
  desk.view.error_scale = std::clamp(desk.view.error_scale * factor, 0.005f, 1.0f);
}

/// Both, blocks, texels, none.
void cycle_grids(Desk& desk) {
  ViewState& view = desk.view;
  if (view.pixel_grid && view.block_grid) view.pixel_grid = false;
  else if (view.block_grid) view.block_grid = false, view.pixel_grid = true;
  else if (view.pixel_grid) view.pixel_grid = false;
  else view.pixel_grid = view.block_grid = true;
}

/// The selected block's neighbour, or the picture.
template <int x, int y>
void move(Desk& desk) {
  const session::Snapshot& snapshot = desk.session.snapshot();
  const codec::BlockSize block = block_size(snapshot.focused());
  if (!snapshot.focused().selected_block || !snapshot.source || block.width == 0) {
    return desk.canvas.pan_by(desk.view, {-float(x) * pan_step, -float(y) * pan_step});
  }
  const auto next = [](std::uint32_t at, int by, int texels, std::uint32_t size) {
    const int last = (texels - 1) / int(size);
    return std::uint32_t(std::clamp(int(at) + by, 0, last));
  };
  desk.session.select_block(next(snapshot.focused().selected_block->first, x, snapshot.source->width, block.width),
                            next(snapshot.focused().selected_block->second, y, snapshot.source->height, block.height));
}

// --- the window

template <float factor>
void rescale(Desk& desk) {
  const float now = desk.shell.ui_scale > 0 ? desk.shell.ui_scale : theme::scale();
  desk.shell.ui_scale = std::clamp(now * factor, 0.5f, 4.0f);
}

/// One layer at a time, what was opened last first. It never quits: a long training would be gone with a key too many.
void step_back(Desk& desk) {
  ShellState& shell = desk.shell;
  ViewState& view = desk.view;
  if (shell.help) shell.help = false;
  else if (view.compare != Compare::none) view.compare = Compare::none;
  else if (view.filling) view.filling.reset();
  else if (shell.log || shell.profiler) shell.log = shell.profiler = false;
  else if (desk.session.snapshot().focused().selected_block) desk.session.clear_selection();
}

template <Keep what>
void keep(Desk& desk) {
  desk.shell.keep = what;
}

/// Each family has its two files.
template <Keep of_blocks, Keep of_networks>
void keep_artifact(Desk& desk) {
  const codec::CodecKind* kind = desk.session.snapshot().focused().run.kind;
  desk.shell.keep = kind && kind->family == codec::Family::neural ? of_networks : of_blocks;
}

const Action table[] = {
    {"Run", "pause, resume", {key(GLFW_KEY_SPACE)}, pause_or_resume},
    {"Run", "one step, then pause", {typed('n'), typed('.')}, [](Desk& desk) { desk.session.step(); }, true},
    {"Run", "restart", {typed('r')}, [](Desk& desk) { desk.session.restart(); }},
    {"Run", "previous file", {key(GLFW_KEY_PAGE_UP)}, other_file<-1>},
    {"Run", "next file", {key(GLFW_KEY_PAGE_DOWN)}, other_file<1>},

    {"Presets", "preset 1", {typed('1')}, preset<0>},
    {"Presets", "preset 2", {typed('2')}, preset<1>},
    {"Presets", "preset 3", {typed('3')}, preset<2>},
    {"Presets", "preset 4", {typed('4')}, preset<3>},
    {"Presets", "preset 5", {typed('5')}, preset<4>},
    {"Presets", "preset 6", {typed('6')}, preset<5>},
    {"Presets", "preset 7", {typed('7')}, preset<6>},
    {"Presets", "preset 8", {typed('8')}, preset<7>},
    {"Presets", "preset 9", {typed('9')}, preset<8>},

    {"Canvas", "fit", {typed('f'), typed('0')}, [](Desk& desk) { desk.canvas.fit(desk.view); }},
    {"Canvas", "one texel a pixel", {typed('z')}, [](Desk& desk) { desk.canvas.zoom_to(desk.view, 1); }},
    {"Canvas", "zoom in", {typed('+'), typed('=')}, zoom_in, true},
    {"Canvas", "zoom out", {typed('-'), typed('_')}, zoom_out, true},
    {"Canvas", "selected block or texel, or picture: left", {key(GLFW_KEY_LEFT)}, move<-1, 0>, true},
    {"Canvas", "right", {key(GLFW_KEY_RIGHT)}, move<1, 0>, true},
    {"Canvas", "up", {key(GLFW_KEY_UP)}, move<0, -1>, true},
    {"Canvas", "down", {key(GLFW_KEY_DOWN)}, move<0, 1>, true},
    {"Canvas", "next cell fills the centre", {key(GLFW_KEY_TAB)}, cycle_filling<1>},
    {"Canvas", "previous cell fills the centre", {key(GLFW_KEY_TAB, true)}, cycle_filling<-1>},
    {"Canvas", "original alone", {key(GLFW_KEY_F2)}, fill_with<Cell::original>},
    {"Canvas", "reconstruction alone", {key(GLFW_KEY_F3)}, fill_with<Cell::reconstruction>},
    {"Canvas", "error alone", {key(GLFW_KEY_F4)}, fill_with<Cell::error>},
    {"Canvas", "codec view alone", {key(GLFW_KEY_F5)}, fill_with<Cell::codec_view>},
    {"Canvas", "reconstruction of B alone", {key(GLFW_KEY_F6)}, fill_with<Cell::reconstruction_b>},
    {"Canvas", "between A and B alone", {key(GLFW_KEY_F7)}, fill_with<Cell::between>},

    {"A and B", "the other one: what keys and panels act on", {typed('a')}, focus_other},
    {"A and B", "swap A and B", {typed('u')}, swap_sides},

    {"Compare", "split", {typed('x')}, compare<Compare::split>},
    {"Compare", "blink, while held", {typed('b')}, [](Desk& desk) { desk.view.blink_held = true; }},
    {"Compare", "difference of the two", {typed('h')}, compare<Compare::difference>},
    {"Compare", "what split, blink and difference compare with", {typed('o')}, cycle_compared},
    {"Compare", "next codec view", {typed('v')}, other_view<1>},
    {"Compare", "previous codec view", {typed('V')}, other_view<-1>},
    {"Compare", "error scale down", {typed('[')}, [](Desk& desk) { scale_error(desk, 1 / error_step); }, true},
    {"Compare", "error scale up", {typed(']')}, [](Desk& desk) { scale_error(desk, error_step); }, true},

    {"Features", "three channels, or one by the colour map", {typed('m')}, map_or_colours},
    {"Features", "next channels", {typed('w')}, other_channels<1>, true},
    {"Features", "previous channels", {typed('W')}, other_channels<-1>, true},
    {"Features", "range of each channel, or of all", {typed('y')}, common_or_own_range},

    {"Look", "next channel", {typed('c')}, cycle_channels},
    {"Look", "red alone", {typed('R')}, isolate<display::Channels::red>},
    {"Look", "green alone", {typed('G')}, isolate<display::Channels::green>},
    {"Look", "blue alone", {typed('B')}, isolate<display::Channels::blue>},
    {"Look", "alpha alone", {typed('A')}, isolate<display::Channels::alpha>},
    {"Look", "luma", {typed('L')}, isolate<display::Channels::luma>},
    {"Look", "exposure up", {typed('e')}, expose<1>, true},
    {"Look", "exposure down", {typed('E')}, expose<-1>, true},
    {"Look", "as stored", {key(GLFW_KEY_BACKSPACE)}, as_stored},
    {"Look", "grids", {typed('g')}, cycle_grids},

    {"Keep", "comparison sheet, PNG", {typed('s')}, keep<Keep::sheet>},
    {"Keep", "texture, DDS or .astc; or network, .txs", {typed('d')}, keep_artifact<Keep::texture, Keep::network>},
    {"Keep", "texture, KTX2; or checkpoint, .txs", {typed('k')}, keep_artifact<Keep::ktx2, Keep::checkpoint>},
    {"Keep", "decoded picture, PNG", {typed('p')}, keep<Keep::decoded>},
    {"Keep", "report, JSON", {typed('j')}, keep<Keep::report>},

    {"Window", "this help", {key(GLFW_KEY_F1), typed('?')}, [](Desk& desk) { desk.shell.help = !desk.shell.help; }},
    {"Window", "log", {typed('l')}, [](Desk& desk) { desk.shell.log = !desk.shell.log; }},
    {"Window", "profiler", {typed('t')}, [](Desk& desk) { desk.shell.profiler = !desk.shell.profiler; }},
    {"Window", "larger", {key(GLFW_KEY_EQUAL, false, true)}, rescale<1.1f>},
    {"Window", "smaller", {key(GLFW_KEY_MINUS, false, true)}, rescale<1 / 1.1f>},
    {"Window", "the monitor's own scale", {key(GLFW_KEY_0, false, true)}, [](Desk& desk) { desk.shell.ui_scale = 0; }},
    {"Window", "one step back", {key(GLFW_KEY_ESCAPE)}, step_back},
    {"Window", "quit", {key(GLFW_KEY_Q, false, true)}, [](Desk& desk) { desk.shell.quit = true; }},
};

bool matches(const Chord& chord, const KeyPress& press) {
  if (chord.character != 0) return chord.character == press.character && !press.control;
  return chord.key != 0 && chord.key == press.key && chord.shift == press.shift && chord.control == press.control;
}

std::string chord_text(const Chord& chord) {
  std::string text;
  if (chord.control) text += "Ctrl+";
  const bool capital = chord.character >= 'A' && chord.character <= 'Z';
  if (chord.shift || capital) text += "Shift+";
  if (chord.character >= 'a' && chord.character <= 'z') return text + char(chord.character - 'a' + 'A');
  if (chord.character != 0) return text + (chord.character == '-' ? "\u2212" : std::string(1, char(chord.character)));
  switch (chord.key) {
    case GLFW_KEY_SPACE: return text + "Space";
    case GLFW_KEY_TAB: return text + "Tab";
    case GLFW_KEY_ESCAPE: return text + "Esc";
    case GLFW_KEY_BACKSPACE: return text + "Backspace";
    case GLFW_KEY_LEFT: return text + "Left";
    case GLFW_KEY_RIGHT: return text + "Right";
    case GLFW_KEY_UP: return text + "Up";
    case GLFW_KEY_DOWN: return text + "Down";
    case GLFW_KEY_PAGE_UP: return text + "Page Up";
    case GLFW_KEY_PAGE_DOWN: return text + "Page Down";
    case GLFW_KEY_EQUAL: return text + "+";
    case GLFW_KEY_MINUS: return text + "\u2212";
    default: break;
  }
  if (chord.key >= GLFW_KEY_F1 && chord.key <= GLFW_KEY_F12)
    return text + "F" + std::to_string(chord.key - GLFW_KEY_F1 + 1);
  return text + char(chord.key);  // GLFW's numbers of letters and digits are their ASCII codes
}

}  // namespace

std::span<const Action> actions() { return table; }

bool perform(const KeyPress& press, Desk& desk) {
  for (const Action& action : table) {
    if (std::ranges::none_of(action.keys, [&](const Chord& chord) { return matches(chord, press); })) continue;
    if (press.repeated && !action.repeats) return true;
    try {
      action.run(desk);
    } catch (const Error& error) {
      if (error.fault() == Fault::device) throw;
      say(Severity::error, error.what());
    }
    if (desk.view.blink_held && desk.shell.blink_key == 0) desk.shell.blink_key = press.key;
    return true;
  }
  return false;
}

void release(int key, Desk& desk) {
  if (key != desk.shell.blink_key) return;
  desk.shell.blink_key = 0;
  desk.view.blink_held = false;
}

std::string keys_text(const Action& action) {
  std::string text = chord_text(action.keys[0]);
  if (const Chord& other = action.keys[1]; other.character != 0 || other.key != 0) text += " or " + chord_text(other);
  return text;
}

}  // namespace txs::app
