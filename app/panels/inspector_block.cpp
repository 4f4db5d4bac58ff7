#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <string>

#include "panels/inspector_parts.h"
#include "panels/inspector_tabs.h"
#include "panels/parts.h"
#include "plots/channel_plot.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Colour;

ImU32 pack(const codec::Texel& texel) { return IM_COL32(texel[0], texel[1], texel[2], 255); }

CubePoint point(const BlockColours& colours, const Colour& colour) {
  return {colours.place(colour), pack(colours.shown(colour, 0b0111))};
}

CubeSegment segment(const BlockColours& colours, const BlockLine& line, int lit_endpoint) {
  CubeSegment made{colours.place(line.subset->low), colours.place(line.subset->high), {}, line.ink, -1};
  for (const Colour& entry : line.subset->palette) made.palette.push_back(colours.place(entry));
  if (lit_endpoint >= 0 && std::size_t(lit_endpoint) / 2 == line.number) made.lit_end = lit_endpoint % 2;
  return made;
}

/// Lines that lie in the cube, not those of single channels.
bool several_colour_lines(const BlockInspection& block) {
  const auto in_cube = [](const codec::Subset& line) { return channel_count(line.channels) > 1; };
  return std::ranges::count_if(block.subsets, in_cube) > 1;
}

bool has_axis(const BlockInspection& block) { return block.axis[0] != 0 || block.axis[1] != 0 || block.axis[2] != 0; }

std::vector<double> written(const BlockColours& colours, const std::vector<Colour>& texels, std::size_t channel) {
  std::vector<double> values;
  for (const Colour& texel : texels) values.push_back(colours.written(texel[channel]));
  return values;
}

ChannelValues channel_values(const BlockColours& colours, const BlockLine& line, int lit_endpoint) {
  constexpr std::array<const char*, 4> names{"red", "green", "blue", "alpha"};
  const std::size_t channel = first_channel(line.subset->channels);
  ChannelValues values;
  values.name = line.title.empty() ? names[channel] : line.title;
  values.original = written(colours, colours.original(), channel);
  values.decoded = written(colours, colours.decoded(), channel);
  values.palette = written(colours, line.subset->palette, channel);
  values.low = colours.written(line.subset->low[channel]);
  values.high = colours.written(line.subset->high[channel]);
  values.ink = line.ink;
  values.whole = {colours.written(colours.low()), colours.written(colours.high())};
  if (lit_endpoint >= 0 && std::size_t(lit_endpoint) / 2 == line.number) values.lit_end = lit_endpoint % 2;
  return values;
}

void draw_channels(const BlockColours& colours, const std::vector<BlockLine>& single, float height,
                   InspectorState& state) {
  const float width = ImGui::GetContentRegionAvail().x;
  const int lit_endpoint = state.endpoint_under_mouse;
  std::optional<std::size_t> under;
  const char* help = "Dots are the texels, squares what became of them, lines the palette, thick ones its endpoints. A "
                     "double click changes between the block's values and all that there are.";
  if (single.size() == 2 && height >= theme::px(120)) {
    under = draw_channel_plane("plane", {width, height}, channel_values(colours, single[0], lit_endpoint),
                               channel_values(colours, single[1], lit_endpoint), state.texel_under_mouse,
                               state.whole_channels);
    tooltip(help);
  } else {
    const float each = std::floor(height / float(single.size()));
    for (const BlockLine& line : single) {
      ImGui::PushID(int(line.number));
      const ChannelValues values = channel_values(colours, line, lit_endpoint);
      if (const auto texel = draw_channel_rows("rows", {width, each}, values, state.texel_under_mouse,
                                               state.whole_channels))
        under = texel;
      tooltip(help);
      ImGui::PopID();
    }
  }
  if (under) state.texel_under_mouse = under;
}

void draw_exposure(InspectorState& state) {
  caption("exposure");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(theme::px(96));
  ImGui::PushFont(theme::fonts().caption);
  ImGui::PushStyleColor(ImGuiCol_SliderGrab, IM_COL32(104, 104, 104, 255));  // the number lies over it
  ImGui::SliderFloat("##exposure", &state.exposure_stops, -8, 8, "%+.1f EV");
  ImGui::PopStyleColor();
  ImGui::PopFont();
  tooltip("Of the swatches and dots. At 0 the block's largest value is white.");
}

void draw_cube(const BlockInspection& block, const BlockColours& colours, InspectorState& state, float height) {
  const CubeScene scene = cube_scene(block, colours, state);
  const bool one_line = !scene.present.empty() && !several_colour_lines(block);
  draw_cube_legend(has_axis(block), scene.initial.has_value(), one_line ? scene.present.front().ink : 0);
  if (colours.light()) draw_exposure(state);
  const float used = label_row() * (colours.light() ? 2.4f : 1.2f);
  draw_colour_cube("cube", {ImGui::GetContentRegionAvail().x, std::max(height - used, theme::px(140))}, scene,
                   state.cube);
  tooltip("RGB space. Drag turns, the wheel zooms, a double click changes between the block and the whole cube.");
}

/// What a block has in place of lines.
std::string no_lines_text(const BlockColours& colours) {
  const auto& decoded = colours.decoded();
  const bool one = !decoded.empty() && std::ranges::adjacent_find(decoded, std::ranges::not_equal_to()) == decoded.end();
  if (!one) return "This block has no lines of colours.";
  return fmt::format("No lines of colours: every texel is {}.", colours.numbers(decoded.front(), colours.channels()));
}

/// Of a line that leaves a colour channel to another: the line of that channel, of the same texels.
const BlockLine* line_apart(const std::vector<BlockLine>& lines, const BlockLine& line) {
  const auto single = [&](const BlockLine& other) {
    const std::uint32_t channels = other.subset->channels;
    return channel_count(channels) == 1 && (channels & 0b0111u & ~line.subset->channels) != 0;
  };
  const auto before = std::ranges::count_if(lines, [&](const BlockLine& other) {
    return other.number < line.number && other.subset->channels == line.subset->channels;
  });
  auto apart = std::ranges::find_if(lines, single);
  for (std::ptrdiff_t i = 0; i < before && apart != lines.end(); ++i) apart = std::find_if(apart + 1, lines.end(), single);
  return apart != lines.end() ? &*apart : nullptr;
}

/// The line; or the edges of the plane that it and another one's channel span.
void add_segments(CubeScene& scene, const BlockColours& colours, const std::vector<BlockLine>& lines, const BlockLine& line,
                  int lit_endpoint) {
  const CubeSegment own = segment(colours, line, lit_endpoint);
  const BlockLine* apart = line_apart(lines, line);
  if (!apart) return scene.present.push_back(own);
  const std::size_t channel = first_channel(apart->subset->channels);
  std::array<CubeSegment, 2> sides{own, own};
  for (std::size_t end = 0; end < 2; ++end) {
    const float value = colours.place(end == 0 ? apart->subset->low : apart->subset->high)[channel];
    sides[end].low[channel] = sides[end].high[channel] = value;
    for (Colour& entry : sides[end].palette) entry[channel] = value;
    scene.present.push_back(sides[end]);
  }
  scene.present.push_back({sides[0].low, sides[1].low, {}, line.ink, -1});
  scene.present.push_back({sides[0].high, sides[1].high, {}, line.ink, -1});
}

}  // namespace

CubeScene cube_scene(const BlockInspection& block, const BlockColours& colours, const InspectorState& state) {
  CubeScene scene;
  scene.low = colours.written(colours.low());
  scene.high = colours.written(colours.high());
  const std::vector<BlockLine> lines = block_lines(block);
  for (const BlockLine& line : lines)
    if (channel_count(line.subset->channels) > 1) add_segments(scene, colours, lines, line, state.endpoint_under_mouse);
  const bool rings = several_colour_lines(block);
  for (std::size_t i = 0; i < colours.original().size(); ++i) {
    CubeTexel& texel = scene.texels.emplace_back();
    texel.original = point(colours, colours.original()[i]);
    if (i < colours.decoded().size()) texel.decoded = point(colours, colours.decoded()[i]);
    texel.ring = rings ? line_ink(line_of(block, i)) : 0;
    texel.lit = state.texel_under_mouse == i;
  }
  scene.mean = colours.place(block.mean);
  scene.axis = block.axis;
  // A flat block's line is a point; of several lines the search's start is none.
  if (block.initial_low != block.initial_high && !rings)
    scene.initial = CubeSegment{colours.place(block.initial_low), colours.place(block.initial_high), {},
                                cube_initial_ink, -1};
  return scene;
}

void draw_block_tab(const BlockInspection& block, InspectorState& state) {
  const BlockColours colours(block, state.exposure_stops);
  const std::vector<BlockLine> lines = block_lines(block);
  LitTexels lit;
  if (state.texel_under_mouse) lit.set(*state.texel_under_mouse);
  const auto under = draw_texel_grids(block, colours, lit, theme::px(32));
  if (under) texel_tooltip(block, colours, *under);
  ImGui::Dummy({0, theme::px(2)});
  if (lines.empty()) caption(no_lines_text(colours));
  state.endpoint_under_mouse = -1;
  for (const BlockLine& line : lines)
    if (const int end = draw_line(line, colours, -1); end >= 0) state.endpoint_under_mouse = int(line.number) * 2 + end;
  ImGui::Dummy({0, theme::px(2)});

  state.texel_under_mouse = under;  // shown one frame late, since the mouse may be on what is drawn last
  std::vector<BlockLine> single;
  for (const BlockLine& line : lines)
    if (channel_count(line.subset->channels) == 1) single.push_back(line);
  const float room = ImGui::GetContentRegionAvail().y;
  if (single.empty()) return draw_cube(block, colours, state, room);
  if (single.size() == lines.size()) return draw_channels(colours, single, std::max(room, theme::px(160)), state);
  const float rows = theme::px(96) * float(single.size());
  draw_cube(block, colours, state, room - rows - ImGui::GetStyle().ItemSpacing.y);
  draw_channels(colours, single, rows, state);
}

}  // namespace txs::app
