#pragma once
#include "codec/inspection.h"
#include "panels/block_colours.h"
#include "panels/inspector.h"

namespace txs::app {

// The inspector's tabs; each fills the content region.

void draw_block_tab(const codec::BlockInspection& block, InspectorState& state);
/// What was tried for the block, and what each step of its search gained.
void draw_search_tab(const codec::BlockInspection& block, InspectorState& state);
void draw_simplex_tab(const codec::BlockInspection& block, InspectorState& state);
/// The block's descents, step by step: lines, divisions, patterns.
void draw_descent_tab(const codec::BlockInspection& block, InspectorState& state);
void draw_bits_tab(const codec::BlockInspection& block, InspectorState& state);

/// Of a network's texel: what its grids give, and what its layers make of that.
void draw_features_tab(const codec::TexelInspection& texel, InspectorState& state);
void draw_layers_tab(const codec::TexelInspection& texel, InspectorState& state);

/// The block as the colour cube shows it, with the lines of its bits.
CubeScene cube_scene(const codec::BlockInspection& block, const BlockColours& colours, const InspectorState& state);

}  // namespace txs::app
