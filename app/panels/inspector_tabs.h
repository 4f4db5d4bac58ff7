#pragma once
#include "codec/inspection.h"
#include "panels/inspector.h"

namespace txs::app {

// The inspector's tabs; each fills the content region.

void draw_block_tab(const codec::BlockInspection& block, InspectorState& state);
void draw_search_tab(const codec::BlockInspection& block, InspectorState& state);
void draw_bits_tab(const codec::BlockInspection& block, InspectorState& state);

/// Of a network's texel: what its grids give, and what its layers make of that.
void draw_features_tab(const codec::TexelInspection& texel, InspectorState& state);
void draw_layers_tab(const codec::TexelInspection& texel, InspectorState& state);

/// The block as the colour cube shows it, with the endpoints of its bits. Refers to `block`.
CubeScene cube_scene(const codec::BlockInspection& block);

}  // namespace txs::app
