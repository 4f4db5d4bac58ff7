#pragma once
#include <imgui.h>

#include <memory>
#include <optional>
#include <string>

#include "display/panel_pass.h"
#include "view/projection.h"

namespace txs::app {

/// The pixels of one canvas cell, rendered anew only when something that they show has changed.
class CellPicture {
 public:
  CellPicture(gpu::Device& device, std::string name) : device_(device), name_(std::move(name)) {}

  /// What the cell should show from now on. `revision` stands for the contents of the panel's textures.
  void show(const display::Panel& panel, std::uint64_t revision, Extent size);
  /// Nothing: the cell is not on screen. Its memory is given back.
  void hide();

  bool stale() const { return wanted_ && !fresh_; }
  void record(gpu::Recorder& recorder, display::PanelPass& pass);

  /// The part between `left` and `right` (shares of the width), with the cell's top left corner at `corner`.
  void draw(ImDrawList& list, ImVec2 corner, float left = 0, float right = 1) const;

 private:
  struct Wanted {
    display::Panel panel;
    std::uint64_t revision = 0;
    Extent size;
  };
  bool same(const Wanted& other) const;

  gpu::Device& device_;
  std::string name_;
  std::unique_ptr<gpu::Texture> texture_;
  std::optional<Wanted> wanted_;
  bool fresh_ = false;
};

}  // namespace txs::app
