#include "view/canvas.h"

#include <algorithm>
#include <cmath>

#include "theme/widgets.h"
#include "view/category_legend.h"
#include "view/texel_values.h"

namespace txs::app {
namespace {

constexpr int compared_place = 1;  // of the grid: where split, blink and difference are
constexpr float gap = 2, drag_threshold = 4;
constexpr float zoom_a_notch = 1.25f;

Point minus(ImVec2 a, ImVec2 b) { return {a.x - b.x, a.y - b.y}; }

/// Light over dark, so that it is seen on every picture.
void outline(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour) {
  list.AddRect({from.x - 1, from.y - 1}, {to.x + 1, to.y + 1}, IM_COL32(0, 0, 0, 200), 0, 0, 1);
  list.AddRect(from, to, colour, 0, 0, 1);
  list.AddRect({from.x + 1, from.y + 1}, {to.x - 1, to.y - 1}, colour, 0, 0, 1);
}

/// A click into a cell of one experiment is meant for that one.
void focus_on(Cell cell, const session::Snapshot& snapshot, session::Session& session) {
  const bool of_one = cell != Cell::original && cell != Cell::between;
  if (of_one && snapshot.of(slot_of(cell))) session.focus(slot_of(cell));
}

}  // namespace

Canvas::Canvas(gpu::Device& device)
    : pass_(device),
      pictures_{CellPicture(device, "original cell"),      CellPicture(device, "reconstruction A cell"),
                CellPicture(device, "error A cell"),       CellPicture(device, "codec view A cell"),
                CellPicture(device, "reconstruction B cell"), CellPicture(device, "error B cell"),
                CellPicture(device, "codec view B cell"),  CellPicture(device, "between cell")} {}

void Canvas::draw(const session::Snapshot& snapshot, session::Session& session, ViewState& view) {
  if (snapshot.source && snapshot.source->picture != source_) {
    // Another picture of the same size is compared at the same place; one of another size is shown whole.
    if (!source_ || source_->width != snapshot.source->width || source_->height != snapshot.source->height)
      view.zoom = 0;
    source_ = snapshot.source->picture;
    ++source_revision_;
  }
  image_ = snapshot.source ? Extent{float(snapshot.source->width), float(snapshot.source->height)} : Extent{};
  follow_experiments(view, snapshot);
  lay_out(view);
  projection_ = project(view, cell_, image_);

  // What lies over the pictures is submitted first, since ImGui gives the mouse to the first comer, and drawn last.
  auto& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  for (const Place& place : places_) draw_place(place, snapshot, view);
  view.cursor.reset();
  mouse_.reset();
  for (const Place& place : places_) take_mouse(place, snapshot, session, view);
  projection_ = project(view, cell_, image_);
  show_pictures(snapshot, view);
  for (const Place& place : places_) {
    list.ChannelsSetCurrent(0);
    draw_pictures(place, snapshot, view);
    list.ChannelsSetCurrent(1);
    draw_marks(place, snapshot, view);
    draw_trouble(place, snapshot);
  }
  list.ChannelsMerge();
}

void Canvas::record(gpu::Recorder& recorder) {
  bool begun = false;
  for (CellPicture& picture : pictures_) {
    if (!picture.stale()) continue;
    if (!begun) recorder.begin_pass("canvas");
    begun = true;
    picture.record(recorder, pass_);
  }
  if (begun) recorder.end_pass();
  for (FeatureRanges& ranges : feature_ranges_) ranges.record(recorder);
}

bool Canvas::stale() const { return std::ranges::any_of(pictures_, &CellPicture::stale); }

void Canvas::lay_out(const ViewState& view) {
  const ImVec2 from = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const float strip = strip_height(), between = theme::px(gap);
  places_.clear();
  if (view.filling) {
    cell_ = {std::max(1.0f, std::floor(room.x)), std::max(1.0f, std::floor(room.y - strip))};
    places_.push_back({-1, *view.filling, resolve(*view.filling, view), from, {from.x, from.y + strip}});
    return;
  }
  cell_ = {std::max(1.0f, std::floor((room.x - between) / 2)),
           std::max(1.0f, std::floor((room.y - between) / 2 - strip))};
  for (int i = 0; i < int(ViewState::places); ++i) {
    const Cell cell = view.grid[std::size_t(i)];
    const ImVec2 at{from.x + float(i % 2) * (cell_.width + between),
                    from.y + float(i / 2) * (cell_.height + strip + between)};
    const Shown shown = i == compared_place ? resolve(cell, view) : Shown{cell, {}, {}};
    places_.push_back({i, cell, shown, at, {at.x, at.y + strip}});
  }
}

void Canvas::draw_place(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  ImGui::PushID(place.index);
  draw_strip(place, snapshot, view);
  if (place.shown.left) drag_split(place, view);
  const session::Slot slot = slot_of(place.shown.cell);
  const session::ExperimentSnapshot* experiment = snapshot.of(slot);
  const codec::View* chosen =
      kind_of(place.shown.cell) == Cell::codec_view ? shown_view(snapshot, view, slot) : nullptr;
  const ImVec2 end{place.corner.x + cell_.width, place.corner.y + cell_.height};
  if (chosen && chosen->kind == codec::View::Kind::categorical)
    draw_categories(place.corner, end, *chosen, experiment->view_counts.get(), view.filter);
  if (experiment && is_filtered(place.shown.cell, place.shown.minus.has_value(), view))
    draw_filter_note(place.corner, end, filtering_views(place.shown.cell, snapshot, view), view.filter);
  if (chosen && chosen->kind == codec::View::Kind::features && experiment->views_drawn)
    draw_feature_legend(place.corner, end, *chosen, view.features, feature_ranges_[std::size_t(slot)].known());
  ImGui::PopID();
}

void Canvas::drag_split(const Place& place, ViewState& view) {
  const float x = place.corner.x + std::round(view.split * cell_.width), reach = theme::px(5);
  ImGui::SetCursorScreenPos({x - reach, place.corner.y});
  ImGui::InvisibleButton("split", {2 * reach, cell_.height});
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (hot) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActive())
    view.split = std::clamp((ImGui::GetIO().MousePos.x - place.corner.x) / cell_.width, 0.0f, 1.0f);

  auto& list = *ImGui::GetWindowDrawList();
  const float bottom = place.corner.y + cell_.height, middle = (place.corner.y + bottom) / 2;
  list.AddRectFilled({x - 1, place.corner.y}, {x + 2, bottom}, IM_COL32(0, 0, 0, 140));
  list.AddRectFilled({x, place.corner.y}, {x + 1, bottom}, hot ? colour::accent : IM_COL32(255, 255, 255, 220));
  const float side = theme::px(8);
  list.AddRectFilled({x - side, middle - 2 * side}, {x + side + 1, middle + 2 * side},
                     hot ? colour::accent : colour::control_hot, 2);
  const ImU32 ink = hot ? colour::accent_text : colour::text;
  draw_icon(list, Icon::left, {x - side / 2, middle}, side * 0.8f, ink);
  draw_icon(list, Icon::right, {x + side / 2 + 1, middle}, side * 0.8f, ink);
}

void Canvas::take_mouse(const Place& place, const session::Snapshot& snapshot, session::Session& session,
                        ViewState& view) {
  const auto& io = ImGui::GetIO();
  ImGui::SetCursorScreenPos(place.corner);
  ImGui::PushID(place.index);
  const bool released = ImGui::InvisibleButton("picture", {cell_.width, cell_.height},
                                               ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  if (!snapshot.source || (!hovered && !active)) return;

  const Point at = minus(io.MousePos, place.corner);
  const float threshold = theme::px(drag_threshold) * theme::px(drag_threshold);
  const bool dragging =
      io.MouseDown[ImGuiMouseButton_Middle] || io.MouseDragMaxDistanceSqr[ImGuiMouseButton_Left] > threshold;
  if (active && dragging) pan(view, cell_, image_, {io.MouseDelta.x, io.MouseDelta.y});
  if (hovered && io.MouseWheel != 0) zoom_about(view, cell_, image_, at, std::pow(zoom_a_notch, io.MouseWheel));
  if (released && !dragging && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    focus_on(place.shown.cell, snapshot, session);
    click(snapshot, session, view, at);
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    view.filling = view.filling ? std::nullopt : std::optional(place.cell);

  mouse_ = at;
  mouse_place_ = place.index;
  const Point image = project(view, cell_, image_).to_image(at);
  if (image.x >= 0 && image.y >= 0 && image.x < image_.width && image.y < image_.height)
    view.cursor = ViewState::Cursor{int(image.x), int(image.y)};
}

void Canvas::click(const session::Snapshot& snapshot, session::Session& session, const ViewState& view,
                   Point cell_point) const {
  const Point image = project(view, cell_, image_).to_image(cell_point);
  const bool inside = image.x >= 0 && image.y >= 0 && image.x < image_.width && image.y < image_.height;
  if (!inside || !snapshot.focused().run.kind) return session.clear_selection();
  session.select_texel(std::uint32_t(image.x), std::uint32_t(image.y));
}

void Canvas::show_pictures(const session::Snapshot& snapshot, const ViewState& view) {
  std::array<bool, cell_count> used{};
  const auto show = [&](Cell cell, std::optional<Cell> minus) {
    const std::optional<display::Panel> panel = cell_panel(cell, minus, snapshot, view, projection_);
    if (!panel) return;
    used[std::size_t(cell)] = true;
    std::uint64_t revision = source_revision_ + cell_revision(cell, minus, snapshot);
    for (const session::Slot slot : {session::Slot::a, session::Slot::b})  // the map may be either experiment's
      if (const auto* experiment = snapshot.of(slot); experiment && panel->filter.map)
        revision += experiment->picture_revision;
    picture(cell).show(*panel, revision, cell_);
  };
  for (const Place& place : places_) {
    show(place.shown.cell, place.shown.minus);
    if (place.shown.left) show(*place.shown.left, {});
  }
  for (int i = 0; i < cell_count; ++i)
    if (!used[std::size_t(i)]) pictures_[std::size_t(i)].hide();
  for (const session::Slot slot : {session::Slot::a, session::Slot::b}) {
    const bool seen = used[std::size_t(of_slot(Cell::codec_view, slot))];
    const codec::View* chosen = seen ? shown_view(snapshot, view, slot) : nullptr;
    feature_ranges_[std::size_t(slot)].want(chosen ? chosen->ranges : nullptr,
                                            chosen ? snapshot.of(slot)->picture_revision : 0);
  }
}

void Canvas::draw_pictures(const Place& place, const session::Snapshot& snapshot, const ViewState& view) const {
  auto& list = *ImGui::GetWindowDrawList();
  const ImVec2 to{place.corner.x + cell_.width, place.corner.y + cell_.height};
  if (!cell_panel(place.shown.cell, place.shown.minus, snapshot, view, projection_)) {
    list.AddRectFilled(place.corner, to, colour::canvas);
    const std::string notice = cell_notice(place.shown.cell, snapshot);
    const float room = std::max(1.0f, cell_.width - theme::px(32));
    const ImVec2 size = ImGui::CalcTextSize(notice.c_str(), nullptr, false, room);
    list.AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                 {std::round((place.corner.x + to.x - size.x) / 2), std::round((place.corner.y + to.y - size.y) / 2)},
                 notice.starts_with("Stopped") ? colour::bad : colour::text_dim, notice.c_str(), nullptr, room);
    return;
  }
  picture(place.shown.cell).draw(list, place.corner, place.shown.left ? view.split : 0, 1);
  if (place.shown.left) picture(*place.shown.left).draw(list, place.corner, 0, view.split);
}

/// Over the reconstruction: a picture that stands still must say why.
void Canvas::draw_trouble(const Place& place, const session::Snapshot& snapshot) const {
  if (kind_of(place.shown.cell) != Cell::reconstruction) return;
  const session::ExperimentSnapshot* experiment = snapshot.of(slot_of(place.shown.cell));
  if (!experiment || !experiment->reconstruction) return;
  const std::string notice = trouble_notice(*experiment);
  if (notice.empty()) return;
  const float pad = theme::px(8), room = std::max(1.0f, cell_.width - 4 * pad);
  const ImVec2 size = ImGui::CalcTextSize(notice.c_str(), nullptr, false, room);
  const ImVec2 from{place.corner.x + pad, place.corner.y + pad};
  auto& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, {place.corner.x + cell_.width - pad, from.y + size.y + 2 * pad},
                     colour::faded(colour::canvas, 0.92f));
  list.AddRectFilled(from, {from.x + theme::px(3), from.y + size.y + 2 * pad},
                     experiment->state == session::State::failed ? colour::bad : colour::warning);
  list.AddText(ImGui::GetFont(), ImGui::GetFontSize(), {from.x + pad, from.y + pad}, colour::text, notice.c_str(),
               nullptr, room);
}

/// The selected block, the cursor of another cell, texel values.
void Canvas::draw_marks(const Place& place, const session::Snapshot& snapshot, const ViewState& view) const {
  auto& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(place.corner, {place.corner.x + cell_.width, place.corner.y + cell_.height}, true);
  const auto on_screen = [&](Point image) {
    const Point cell = projection_.to_cell(image);
    return ImVec2{std::round(place.corner.x + cell.x), std::round(place.corner.y + cell.y)};
  };
  const Cell cell = place.shown.cell;
  const session::ExperimentSnapshot* own = snapshot.of(slot_of(cell));
  if (projection_.zoom >= texel_values_zoom() && !place.shown.left && !place.shown.minus)
    draw_texel_values(list, place.corner, cell_, projection_, cell, snapshot, view);
  const bool of_both = cell == Cell::original || cell == Cell::between;
  const session::ExperimentSnapshot& marked = of_both || !own ? snapshot.focused() : *own;
  if (const codec::BlockSize block = block_size(marked); marked.selected_block && block.width > 0) {
    const auto [bx, by] = *marked.selected_block;
    ImVec2 from = on_screen({float(bx * block.width), float(by * block.height)});
    ImVec2 to = on_screen({float((bx + 1) * block.width), float((by + 1) * block.height)});
    const float grow = std::max(0.0f, std::ceil((theme::px(8) - (to.x - from.x)) / 2));  // still found when zoomed out
    outline(list, {from.x - grow, from.y - grow}, {to.x + grow, to.y + grow}, colour::accent);
  }
  if (view.cursor && mouse_place_ != place.index && mouse_) {
    const ImVec2 at{std::floor(place.corner.x + mouse_->x) + 0.5f, std::floor(place.corner.y + mouse_->y) + 0.5f};
    const float arm = theme::px(6);
    for (const auto& [width, ink] :
         {std::pair{3.0f, IM_COL32(0, 0, 0, 140)}, std::pair{1.0f, IM_COL32(255, 255, 255, 230)}}) {
      list.AddLine({at.x - arm, at.y}, {at.x + arm, at.y}, ink, width);
      list.AddLine({at.x, at.y - arm}, {at.x, at.y + arm}, ink, width);
    }
  }
  list.PopClipRect();
}

std::optional<Cell> Canvas::cell_at(ImVec2 point) const {
  for (const Place& place : places_) {
    const bool inside = point.x >= place.strip.x && point.x < place.strip.x + cell_.width && point.y >= place.strip.y &&
                        point.y < place.corner.y + cell_.height;
    if (inside) return place.cell;
  }
  return {};
}

void Canvas::zoom_by(ViewState& view, float factor) const {
  zoom_about(view, cell_, image_, mouse_.value_or(Point{cell_.width / 2, cell_.height / 2}), factor);
}

void Canvas::zoom_to(ViewState& view, float zoom) const { zoom_by(view, zoom / projection_.zoom); }

void Canvas::pan_by(ViewState& view, Point share_of_cell) const {
  pan(view, cell_, image_, {share_of_cell.x * cell_.width, share_of_cell.y * cell_.height});
}

}  // namespace txs::app
