#pragma once
#include <imgui.h>

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "display/panel_pass.h"
#include "session/session.h"
#include "view/cell_content.h"
#include "view/cell_picture.h"
#include "view/feature_ranges.h"
#include "view/projection.h"
#include "view/view_state.h"

namespace txs::app {

/// The centre of the window: four cells with one pan and zoom, or one that fills it. Wheel zooms about the cursor, a
/// drag pans, a click selects the block, a double click fills the centre with a cell or brings the four back.
class Canvas {
 public:
  explicit Canvas(gpu::Device& device);

  /// Fills the content region of the current ImGui window.
  void draw(const session::Snapshot& snapshot, session::Session& session, ViewState& view);
  /// Renders what `draw` found changed; between it and the window's own rendering.
  void record(gpu::Recorder& recorder);
  /// Something that `draw` found changed is not rendered yet: the kernel is still being made.
  bool stale() const;

  // For keys: about the cursor where it is over a picture, else about the middle.
  void zoom_by(ViewState& view, float factor) const;
  void zoom_to(ViewState& view, float zoom) const;
  void pan_by(ViewState& view, Point share_of_cell) const;
  void fit(ViewState& view) const { show_all(view, image_); }

  /// What stands at this point of the window, if a cell does.
  std::optional<Cell> cell_at(ImVec2 point) const;

 private:
  /// Where a cell stands on the screen: a title strip above a picture.
  struct Place {
    int index;   ///< of the grid; -1: alone
    Cell cell;
    Shown shown;
    ImVec2 strip, corner;  ///< top left of each
  };

  static float strip_height();
  void lay_out(const ViewState& view);
  void draw_place(const Place& place, const session::Snapshot& snapshot, ViewState& view);
  void draw_strip(const Place& place, const session::Snapshot& snapshot, ViewState& view);
  float draw_strip_tools(const Place& place, const session::Snapshot& snapshot, ViewState& view);
  void draw_title(const Place& place, const session::Snapshot& snapshot, ViewState& view, float left, float right);
  float choose_cell(const Place& place, const session::Snapshot& snapshot, ViewState& view);
  void choose_view(const Place& place, const session::Snapshot& snapshot, ViewState& view, float left, float right);
  void drag_split(const Place& place, ViewState& view);
  void take_mouse(const Place& place, const session::Snapshot& snapshot, session::Session& session, ViewState& view);
  void click(const session::Snapshot& snapshot, session::Session& session, const ViewState& view,
             Point cell_point) const;
  void show_pictures(const session::Snapshot& snapshot, const ViewState& view);
  void draw_pictures(const Place& place, const session::Snapshot& snapshot, const ViewState& view) const;
  void draw_trouble(const Place& place, const session::Snapshot& snapshot) const;
  void draw_marks(const Place& place, const session::Snapshot& snapshot, const ViewState& view) const;
  CellPicture& picture(Cell cell) { return pictures_[std::size_t(cell)]; }
  const CellPicture& picture(Cell cell) const { return pictures_[std::size_t(cell)]; }

  display::PanelPass pass_;
  std::array<CellPicture, cell_count> pictures_;
  std::array<FeatureRanges, 2> feature_ranges_;  ///< of A's view and of B's
  std::vector<Place> places_;
  Extent cell_, image_;
  Projection projection_;
  std::optional<Point> mouse_;  ///< in the cell under the mouse
  int mouse_place_ = -1;  ///< its index

  // A new source's picture may lie where an old one lay: a count tells them apart, the pointer does while it is held.
  std::shared_ptr<const Rgba8Image> source_;
  std::uint64_t source_revision_ = 0;
};

}  // namespace txs::app
