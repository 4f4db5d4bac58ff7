#include "view/cell_content.h"

#include <fmt/format.h>

#include "theme/format.h"

namespace txs::app {
namespace {

constexpr float pixel_grid_zoom = 12;  // below, the lines would hide a fifth of the picture and more
constexpr const char* dot = " \u00B7 ";

bool is_picture(Cell cell) { return cell == Cell::original || cell == Cell::reconstruction; }

bool same_size(const gpu::Texture& a, const gpu::Texture& b) {
  return a.width() == b.width() && a.height() == b.height();
}

/// Channel and exposure, where they are not the usual ones: a picture that is not shown as stored must say so.
std::string looked_at_through(const ViewState& view) {
  constexpr const char* names[] = {"", "red", "green", "blue", "alpha", "luma"};
  std::string text;
  if (view.channels != display::Channels::rgb) text += dot + std::string(names[int(view.channels)]);
  if (view.exposure_stops != 0)
    text +=
        dot + std::string(view.exposure_stops > 0 ? "+" : "") + format_fixed(double(view.exposure_stops), 1) + " EV";
  return text;
}

std::string picture_name(Cell cell, const session::Snapshot& snapshot) {
  if (cell == Cell::original) return "Original";
  if (!snapshot.focused().run.figures || !snapshot.focused().reconstruction) return "Reconstruction";
  return std::string("Reconstruction") + dot + format_db(snapshot.focused().run.figures->psnr_db);
}

std::string layer_name(Cell cell, const session::Snapshot& snapshot, const ViewState& view) {
  switch (cell) {
    case Cell::error: return "Error" + std::string(dot) + "largest of RGBA";
    case Cell::codec_view: {
      const codec::View* chosen = shown_view(snapshot, view);
      return chosen ? chosen->title : "Codec view";
    }
    default: return picture_name(cell, snapshot);
  }
}

}  // namespace

BlockSize block_size(const session::Snapshot& snapshot) {
  if (!snapshot.focused().run.kind) return {};
  return {snapshot.focused().run.kind->block_width, snapshot.focused().run.kind->block_height};
}

const codec::View* shown_view(const session::Snapshot& snapshot, const ViewState& view) {
  for (const codec::View& candidate : snapshot.focused().views)
    if (candidate.id == view.codec_view) return &candidate;
  return snapshot.focused().views.empty() ? nullptr : &snapshot.focused().views.front();
}

std::string_view seen_view(const session::Snapshot& snapshot, const ViewState& view) {
  const codec::View* shown = shown_view(snapshot, view);
  const bool compared = view.compare == Compare::split || view.blink_held;
  const bool seen = !view.filling || view.filling == Cell::codec_view ||
                    (compared && view.compared_with == Cell::codec_view);
  return shown && seen ? std::string_view(shown->id) : std::string_view();
}

Shown resolve(Cell cell, const ViewState& view) {
  const Cell other = view.compared_with != cell      ? view.compared_with
                     : cell == Cell::original ? Cell::reconstruction
                                              : Cell::original;
  switch (view.compare) {
    case Compare::none: break;
    case Compare::split: return {cell, other, false};
    case Compare::blink: return {view.blink_held ? other : cell, {}, false};
    case Compare::difference: return {cell, {}, is_picture(cell)};
  }
  return {view.blink_held ? other : cell, {}, false};  // the key blinks from every mode
}

std::optional<display::Panel> cell_panel(Cell cell, bool difference, const session::Snapshot& snapshot,
                                         const ViewState& view, const Projection& projection) {
  if (!snapshot.source) return {};
  display::Panel panel;
  panel.a = snapshot.source->texture;
  panel.b = snapshot.focused().reconstruction;
  if ((difference || cell != Cell::original) && !panel.b) return {};
  if (panel.b && !same_size(*panel.a, *panel.b)) return {};  // a frame in which one belongs to another source
  panel.origin_x = projection.origin.x;
  panel.origin_y = projection.origin.y;
  panel.texels_per_pixel = 1 / projection.zoom;
  panel.pixel_grid = view.pixel_grid && projection.zoom >= pixel_grid_zoom;
  if (const BlockSize block = block_size(snapshot); view.block_grid && block.width > 1) {
    panel.block_width = block.width;
    panel.block_height = block.height;
  }
  if (difference || cell == Cell::error) {
    panel.content = difference ? display::Content::difference : display::Content::error;
    panel.error_scale = view.error_scale;
  } else if (cell == Cell::codec_view) {
    const codec::View* chosen = shown_view(snapshot, view);
    if (!chosen || !chosen->texture) return {};
    panel.content = display::Content::view;
    panel.view = *chosen;
    panel.only_category = view.only_category;
    panel.features = view.features;
  } else {
    if (cell == Cell::reconstruction) panel.a = panel.b;
    panel.channels = view.channels;
    panel.exposure_stops = view.exposure_stops;
  }
  return panel;
}

std::string cell_title(const Shown& shown, const session::Snapshot& snapshot, const ViewState& view) {
  if (shown.difference) return "Reconstruction \u2212 original";
  std::string title = layer_name(shown.cell, snapshot, view);
  if (shown.left) title = layer_name(*shown.left, snapshot, view) + "  |  " + title;
  if (is_picture(shown.cell) || (shown.left && is_picture(*shown.left))) title += looked_at_through(view);
  return title;
}

std::string cell_notice(Cell cell, const session::Snapshot& snapshot) {
  if (snapshot.focused().state == session::State::failed) return trouble_notice(snapshot);
  if (!snapshot.source) return snapshot.activity;
  if (snapshot.focused().state == session::State::compiling) return "compiling kernels\u2026";
  if (!snapshot.focused().reconstruction) return "first picture on its way\u2026";
  return cell == Cell::codec_view ? "nothing to see inside this encode" : "";
}

std::string trouble_notice(const session::Snapshot& snapshot) {
  const std::optional<codec::Health>& health = snapshot.focused().run.health;
  if (snapshot.focused().state == session::State::failed) {
    const bool kept = health && health->bad() && snapshot.focused().reconstruction;
    return "Stopped: " + snapshot.focused().why + (kept ? "\nThis is the last picture before. " : "\n") +
           "R starts anew, L shows the log.";
  }
  if (snapshot.focused().run.stalled())
    return "Nothing is learned any more: all gradients are 0, since every unit is saturated.\nLower the learning rates or "
           "omega0, then restart (R).";
  return {};
}

}  // namespace txs::app
