#include "view/cell_content.h"

#include <fmt/format.h>

#include <algorithm>

#include "display/view_counts.h"
#include "session/run_label.h"
#include "theme/format.h"

namespace txs::app {
namespace {

using session::ExperimentSnapshot;
using session::Slot;
using session::Snapshot;

constexpr float pixel_grid_zoom = 12;  // below, the lines would hide a fifth of the picture and more
constexpr const char* dot = " \u00B7 ";

bool is_picture(Cell cell) { return cell == Cell::original || kind_of(cell) == Cell::reconstruction; }

bool same_size(const gpu::Texture& a, const gpu::Texture& b) {
  return a.width() == b.width() && a.height() == b.height();
}

/// The experiment that a cell is of; of the original the one in focus, which says as what it is encoded.
const ExperimentSnapshot& experiment_of(Cell cell, const Snapshot& snapshot) {
  const ExperimentSnapshot* experiment = cell == Cell::original ? nullptr : snapshot.of(slot_of(cell));
  return experiment ? *experiment : snapshot.focused();
}

/// The original as `experiment` encodes it.
const gpu::Texture* texture_of(Cell picture, const Snapshot& snapshot, const ExperimentSnapshot& of) {
  if (picture == Cell::original) {
    if (!snapshot.source) return nullptr;
    const gpu::Texture* light = is_of_light(of) ? snapshot.source->light_texture : nullptr;
    return light ? light : snapshot.source->texture;
  }
  const ExperimentSnapshot* experiment = snapshot.of(slot_of(picture));
  return experiment ? experiment->reconstruction : nullptr;
}

/// The two pictures of a cell: what it shows, and what that is compared with where it is.
struct Pair {
  Cell shown, reference;
};
Pair pair_of(Cell cell, std::optional<Cell> minus) {
  if (minus) return {cell, *minus};
  if (cell == Cell::between) return {Cell::reconstruction_b, Cell::reconstruction};
  if (cell == Cell::original) return {cell, cell};
  return {of_slot(Cell::reconstruction, slot_of(cell)), Cell::original};
}

/// Channel and exposure, where they are not the usual ones: a picture that is not shown as stored must say so.
std::string looked_at_through(const ViewState& view, bool light) {
  constexpr const char* names[] = {"", "red", "green", "blue", "alpha", "luma"};
  std::string text;
  if (view.channels != display::Channels::rgb) text += dot + std::string(names[int(view.channels)]);
  if (view.exposure_stops != 0)
    text +=
        dot + std::string(view.exposure_stops > 0 ? "+" : "") + format_fixed(double(view.exposure_stops), 1) + " EV";
  if (light && view.tone_curve != ToneCurve::reinhard) text += dot + std::string(tone_curve_name(view.tone_curve));
  return text;
}

/// "Reconstruction", or with two experiments its name alone: "A".
std::string picture_name(Cell cell, const Snapshot& snapshot) {
  if (cell == Cell::original) return "Original";
  return !snapshot.b ? "Reconstruction" : slot_of(cell) == Slot::b ? "B" : "A";
}

/// Of two experiments also which codec: "bc7 / tinybc", "astc 12x10 / changed".
std::string codec_name(const session::RunRecord& run) {
  if (!run.artifact_name.empty()) return run.artifact_name;
  if (!run.preset.empty()) return std::string(run.kind->id) + " / " + run.preset;
  return std::string(run.kind->id) + session::own_block_text(run) + " / changed";
}

/// "39.97 dB"; what they are of, where that is not RGB: "mPSNR 43.50 dB".
std::string named_db(const metrics::Figures& figures) {
  const std::string decibels = format_db(figures.psnr_db);
  if (figures.measure == metrics::Measure::rgb) return decibels;
  return std::string(metrics::psnr_name(figures.measure)) + " " + decibels;
}

std::string picture_title(Cell cell, const Snapshot& snapshot) {
  std::string title = picture_name(cell, snapshot);
  const ExperimentSnapshot* experiment = cell == Cell::original ? nullptr : snapshot.of(slot_of(cell));
  if (!experiment || !experiment->run.kind) return title;
  if (experiment->run.figures && experiment->reconstruction)
    title += dot + named_db(*experiment->run.figures);
  return snapshot.b ? title + dot + codec_name(experiment->run) : title;
}

/// What the error of a cell is of.
std::string_view error_name(const ExperimentSnapshot& experiment) {
  switch (session::measure_of(experiment.run)) {
    case metrics::Measure::red: return "of R";
    case metrics::Measure::red_green: return "largest of RG";
    case metrics::Measure::light: return "largest of ln(1 + v)";
    default: return "largest of RGBA";
  }
}

std::string title_of(Cell cell, const Snapshot& snapshot, const ViewState& view) {
  const std::string whose = !snapshot.b ? "" : slot_of(cell) == Slot::b ? " B" : " A";
  switch (kind_of(cell)) {
    case Cell::error: return "Error" + whose + dot + std::string(error_name(experiment_of(cell, snapshot)));
    case Cell::codec_view: {
      const codec::View* chosen = shown_view(snapshot, view, slot_of(cell));
      return (chosen ? chosen->title : "Codec view") + whose;
    }
    case Cell::between: {
      const std::string name = "Between A and B";
      return snapshot.between ? name + dot + named_db(*snapshot.between) : name;
    }
    default: return picture_title(cell, snapshot);
  }
}

}  // namespace

Slot slot_of(Cell cell) {
  return cell == Cell::reconstruction_b || cell == Cell::error_b || cell == Cell::codec_view_b ? Slot::b : Slot::a;
}

Cell kind_of(Cell cell) {
  switch (cell) {
    case Cell::reconstruction_b: return Cell::reconstruction;
    case Cell::error_b: return Cell::error;
    case Cell::codec_view_b: return Cell::codec_view;
    default: return cell;
  }
}

Cell of_slot(Cell kind, Slot slot) {
  if (slot == Slot::a) return kind;
  switch (kind) {
    case Cell::reconstruction: return Cell::reconstruction_b;
    case Cell::error: return Cell::error_b;
    case Cell::codec_view: return Cell::codec_view_b;
    default: return kind;
  }
}

bool available(Cell cell, const Snapshot& snapshot) {
  return snapshot.b || (slot_of(cell) == Slot::a && cell != Cell::between);
}

std::string cell_name(Cell cell, const Snapshot& snapshot) {
  const std::string whose = !snapshot.b ? "" : slot_of(cell) == Slot::b ? " B" : " A";
  switch (kind_of(cell)) {
    case Cell::original: return "Original";
    case Cell::reconstruction: return "Reconstruction" + whose;
    case Cell::error: return "Error" + whose;
    case Cell::codec_view: return "Codec view" + whose;
    default: return "Between A and B";
  }
}

void follow_experiments(ViewState& view, const Snapshot& snapshot) {
  const bool with_b = snapshot.b.has_value();
  if (with_b == view.with_b) return;
  view.with_b = with_b;
  if (with_b) {
    view.grid.back() = Cell::reconstruction_b;
    view.compared_with = Cell::reconstruction_b;
    return;
  }
  const ViewState usual;
  for (std::size_t i = 0; i < ViewState::places; ++i)
    if (!available(view.grid[i], snapshot)) view.grid[i] = usual.grid[i];
  if (view.filling && !available(*view.filling, snapshot)) view.filling.reset();
  if (!available(view.compared_with, snapshot)) view.compared_with = usual.compared_with;
}

codec::BlockSize block_size(const ExperimentSnapshot& experiment) {
  return experiment.run.kind ? experiment.run.block : codec::BlockSize{0, 0};
}

std::string& chosen_view(ViewState& view, Slot slot) { return slot == Slot::b ? view.codec_view_b : view.codec_view; }
const std::string& chosen_view(const ViewState& view, Slot slot) {
  return slot == Slot::b ? view.codec_view_b : view.codec_view;
}

session::Session::SheetSettings sheet_settings(const Snapshot& snapshot, const ViewState& view) {
  return {chosen_view(view, snapshot.focus), view.error_scale, view.features, view.exposure_stops, view.tone_curve};
}

const codec::View* shown_view(const Snapshot& snapshot, const ViewState& view, Slot slot) {
  const ExperimentSnapshot* experiment = snapshot.of(slot);
  if (!experiment) return nullptr;
  const std::string& chosen = chosen_view(view, slot);
  for (const codec::View& candidate : experiment->views)
    if (candidate.id == chosen) return &candidate;
  return experiment->views.empty() ? nullptr : &experiment->views.front();
}

std::string_view seen_view(const Snapshot& snapshot, const ViewState& view, Slot slot) {
  const codec::View* shown = shown_view(snapshot, view, slot);
  const Cell wanted = of_slot(Cell::codec_view, slot);
  const bool compared = view.compare == Compare::split || view.blink_held;
  const bool seen = (view.filling ? view.filling == wanted : std::ranges::find(view.grid, wanted) != view.grid.end()) ||
                    (compared && view.compared_with == wanted);
  // What can be counted is seen as bars too, wherever the map itself is.
  const bool counted = shown && slot == snapshot.focus && display::ViewCounter::counts(*shown);
  return shown && (seen || counted) ? std::string_view(shown->id) : std::string_view();
}

Shown resolve(Cell cell, const ViewState& view) {
  const Cell other = view.compared_with != cell ? view.compared_with
                     : cell == Cell::original   ? Cell::reconstruction
                                                : Cell::original;
  switch (view.compare) {
    case Compare::none: break;
    case Compare::split: return {cell, other, {}};
    case Compare::blink: return {view.blink_held ? other : cell, {}, {}};
    case Compare::difference:
      if (is_picture(cell) && is_picture(other)) return {cell, {}, other};
      return {cell, {}, {}};
  }
  return {view.blink_held ? other : cell, {}, {}};  // the key blinks from every mode
}

std::span<const codec::View> filtering_views(Cell cell, const Snapshot& snapshot, const ViewState& view) {
  const Slot own = cell == Cell::original || cell == Cell::between ? snapshot.focus : slot_of(cell);
  for (const Slot slot : {own, own == Slot::a ? Slot::b : Slot::a})
    if (const ExperimentSnapshot* experiment = snapshot.of(slot);
        experiment && experiment->views_drawn && filtered_view(view.filter, experiment->views))
      return experiment->views;
  return {};
}

bool is_filtered(Cell cell, bool difference, const ViewState& view) {
  if (view.filter.lit.none()) return false;
  return kind_of(cell) == Cell::codec_view || (view.filters_pictures && (difference || cell != Cell::original));
}

std::uint64_t cell_revision(Cell cell, std::optional<Cell> minus, const Snapshot& snapshot) {
  // Revisions of experiments are unique and grow, so that of two the sum changes when one does.
  std::uint64_t revision = 0;
  const auto add = [&](Slot slot) {
    if (const ExperimentSnapshot* experiment = snapshot.of(slot)) revision += experiment->picture_revision;
  };
  const Pair pair = pair_of(cell, minus);
  const auto uses = [&](Slot slot) {
    const auto is_of = [&](Cell picture) { return picture != Cell::original && slot_of(picture) == slot; };
    return is_of(pair.shown) || is_of(pair.reference);
  };
  for (const Slot slot : {Slot::a, Slot::b})
    if (uses(slot)) add(slot);
  return revision;
}

bool is_of_light(const ExperimentSnapshot& experiment) { return experiment.run.kind && experiment.run.kind->hdr; }

bool shows_light(Cell cell, const Snapshot& snapshot) {
  if (!is_picture(cell)) return false;
  const gpu::Texture* texture = texture_of(cell, snapshot, experiment_of(cell, snapshot));
  return texture && texture->format() == gpu::Format::rgba16f;
}

std::optional<display::Panel> cell_panel(Cell cell, std::optional<Cell> minus, const Snapshot& snapshot,
                                         const ViewState& view, const Projection& projection) {
  const auto [shown, reference] = pair_of(cell, minus);
  display::Panel panel;
  const ExperimentSnapshot& of = experiment_of(shown, snapshot);
  panel.a = texture_of(reference, snapshot, of);
  panel.b = texture_of(shown, snapshot, of);
  const auto missing = [&](Cell picture) { return picture != Cell::original && !texture_of(picture, snapshot, of); };
  if (!snapshot.source || missing(shown) || missing(reference)) return {};
  if (panel.a && panel.b && !same_size(*panel.a, *panel.b)) return {};  // a frame in which one belongs to another source
  panel.origin_x = projection.origin.x;
  panel.origin_y = projection.origin.y;
  panel.texels_per_pixel = 1 / projection.zoom;
  panel.pixel_grid = view.pixel_grid && projection.zoom >= pixel_grid_zoom;
  if (const codec::BlockSize block = block_size(experiment_of(cell, snapshot)); view.block_grid && block.width > 1) {
    panel.block_width = block.width;
    panel.block_height = block.height;
  }
  if (is_filtered(cell, minus.has_value(), view)) panel.filter = block_filter(view.filter, filtering_views(cell, snapshot, view));
  if (minus || kind_of(cell) == Cell::error || cell == Cell::between) {
    panel.content = minus ? display::Content::difference : display::Content::error;
    panel.error_scale = view.error_scale;
    panel.compared_channels = of.run.kind ? of.run.kind->channels : 3;
  } else if (kind_of(cell) == Cell::codec_view) {
    const codec::View* chosen = shown_view(snapshot, view, slot_of(cell));
    if (!chosen || !chosen->texture || !experiment_of(cell, snapshot).views_drawn) return {};
    panel.content = display::Content::view;
    panel.view = *chosen;
    panel.features = view.features;
  } else {
    panel.a = panel.b;
    panel.channels = view.channels;
    panel.exposure_stops = view.exposure_stops;
    panel.exposure = snapshot.source->exposure;
    panel.tone_curve = view.tone_curve;
  }
  return panel;
}

std::string cell_title(const Shown& shown, const Snapshot& snapshot, const ViewState& view) {
  if (shown.minus) {
    const std::string difference = picture_name(shown.cell, snapshot) + " \u2212 ";
    return difference + (*shown.minus == Cell::original ? "original" : picture_name(*shown.minus, snapshot));
  }
  std::string title = title_of(shown.cell, snapshot, view);
  if (shown.left) title = title_of(*shown.left, snapshot, view) + "  |  " + title;
  if (is_picture(shown.cell) || (shown.left && is_picture(*shown.left)))
    title += looked_at_through(view, shows_light(shown.cell, snapshot));
  return title;
}

std::string cell_notice(Cell cell, const Snapshot& snapshot) {
  if (!snapshot.source && snapshot.a.state != session::State::failed) return snapshot.activity;
  for (const Slot slot : {Slot::a, Slot::b}) {
    const bool needed = cell == Cell::between || slot == slot_of(cell);
    const ExperimentSnapshot* experiment = snapshot.of(slot);
    if (!needed || !experiment) continue;
    if (experiment->state == session::State::failed) return trouble_notice(*experiment);
    if (experiment->state == session::State::compiling) return "compiling kernels\u2026";
    if (!experiment->reconstruction) return "first picture on its way\u2026";
    if (kind_of(cell) == Cell::codec_view && !experiment->views.empty() && !experiment->views_drawn)
      return "no values yet, the first ones are on their way\u2026";
  }
  return kind_of(cell) == Cell::codec_view ? "nothing to see inside this encode" : "";
}

std::string trouble_notice(const ExperimentSnapshot& experiment) {
  const std::optional<codec::Health>& health = experiment.run.health;
  if (experiment.state == session::State::failed) {
    const bool kept = health && health->bad() && experiment.reconstruction;
    return "Stopped: " + experiment.why + (kept ? "\nThis is the last picture before. " : "\n") +
           "R starts anew, L shows the log.";
  }
  if (experiment.run.stalled())
    return "Nothing is learned any more: all gradients are 0, since every unit is saturated.\nLower the learning rates or "
           "omega0, then restart (R).";
  return {};
}

}  // namespace txs::app
