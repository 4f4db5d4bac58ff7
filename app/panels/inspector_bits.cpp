#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <vector>

#include "display/colour_map.h"
#include "panels/inspector_parts.h"
#include "panels/inspector_tabs.h"
#include "panels/parts.h"
#include "plots/plot_area.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using codec::BitField;
using codec::BlockInspection;

std::string stem(const std::string& name) {
  std::size_t end = 0;
  while (end < name.size() && !std::isdigit(static_cast<unsigned char>(name[end]))) ++end;
  return name.substr(0, end);
}

/// One colour for fields of one kind ("R0" and "R1"), by the order in which the kinds appear.
std::vector<ImU32> field_colours(const std::vector<BitField>& fields) {
  std::vector<std::string> stems;
  std::vector<ImU32> colours;
  for (const BitField& field : fields) {
    auto found = std::find(stems.begin(), stems.end(), stem(field.name));
    if (found == stems.end()) found = stems.insert(stems.end(), stem(field.name));
    const auto c = display::category_colour(static_cast<std::uint32_t>(found - stems.begin()));
    colours.push_back(IM_COL32(c[0], c[1], c[2], 255));
  }
  return colours;
}

int field_of(const std::vector<BitField>& fields, std::uint32_t bit) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (bit >= fields[i].first_bit && bit - fields[i].first_bit < fields[i].bit_count) return static_cast<int>(i);
  }
  return -1;
}

constexpr std::uint32_t bits_a_row = 16;

/// The bit under the mouse, or -1.
int draw_bits(const BlockInspection& block, const std::vector<ImU32>& colours, int lit_field) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float cell = std::floor(std::min(ImGui::GetContentRegionAvail().x / float(bits_a_row), theme::px(24)));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const std::uint32_t rows = (block.bit_count + bits_a_row - 1) / bits_a_row;
  ImGui::InvisibleButton("bits", {cell * float(bits_a_row), cell * float(rows)});
  for (std::uint32_t bit = 0; bit < block.bit_count; ++bit) {
    const ImVec2 from{corner.x + cell * float(bit % bits_a_row), corner.y + cell * float(bit / bits_a_row)};
    const ImVec2 to{from.x + cell - 1, from.y + cell - 1};
    const bool set = (block.bits[bit / 8] >> (bit % 8) & 1) != 0;
    const int field = field_of(block.fields, bit);
    const ImU32 ink = field < 0 ? colour::text_faint : colours[std::size_t(field)];
    const bool lit = field >= 0 && field == lit_field;
    list.AddRectFilled(from, to, colour::faded(ink, lit ? 0.85f : set ? 0.5f : 0.2f));
    // The edge to another field is drawn, so that neighbours of one colour are told apart.
    if (field >= 0 && block.fields[std::size_t(field)].first_bit == bit) {
      list.AddRectFilled(from, {from.x + theme::px(2), to.y}, ink);
    }
    draw_label(list, {(from.x + to.x) / 2, (from.y + to.y) / 2}, Anchor::middle,
               lit   ? colour::accent_text
               : set ? colour::text
                     : colour::text_dim,
               set ? "1" : "0");
  }
  if (!ImGui::IsItemHovered()) return -1;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto column = static_cast<std::uint32_t>(std::clamp((mouse.x - corner.x) / cell, 0.0f, float(bits_a_row - 1)));
  const auto row =
      static_cast<std::uint32_t>(std::clamp((mouse.y - corner.y) / cell, 0.0f, float(rows - 1)));
  return static_cast<int>(row * bits_a_row + column);
}

/// A long field (all indices) is no number that anybody reads in decimals.
std::string value_text(const BitField& field) {
  return field.bit_count > 16 ? fmt::format("{:#x}", field.value) : fmt::format("{}", field.value);
}

std::string extent(const BitField& field) {
  return field.bit_count <= 1 ? fmt::format("{}", field.first_bit)
                              : fmt::format("{}\u2013{}", field.first_bit, field.first_bit + field.bit_count - 1);
}

/// Room for the longest name, within reason.
float names_width(const std::vector<BitField>& fields) {
  float widest = theme::px(76);
  for (const BitField& field : fields) widest = std::max(widest, ImGui::CalcTextSize(field.name.c_str()).x);
  return std::min(widest, theme::px(120));
}

/// True if the mouse is on it.
bool draw_field(const BitField& field, ImU32 ink, bool lit, float names) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX(), height = ImGui::GetTextLineHeight();
  ImGui::Selectable("##field", lit, 0, {0, height});
  const bool hovered = ImGui::IsItemHovered();
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + theme::px(3)},
                                            {at.x + theme::px(10), at.y + height - theme::px(2)}, ink);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + theme::px(16));
  if (text_cut(field.name, names)) tooltip(field.name);
  ImGui::SameLine();
  const float extents = left + names + theme::px(68);
  text_right_at(extents, extent(field), colour::text_dim);
  ImGui::SameLine();
  ImGui::SetCursorPosX(extents + theme::px(12));
  if (text_cut(field.meaning, ImGui::GetContentRegionMax().x - extents - theme::px(12))) tooltip(field.meaning);
  return hovered;
}

/// The texels whose indices a field holds, or the one that a bit of it belongs to.
LitTexels texels_of(const BitField& field, int bit) {
  LitTexels lit;
  const auto own = std::size_t(bit - int(field.first_bit));
  if (bit >= 0 && own < field.texel_of_bit.size()) return lit.set(field.texel_of_bit[own]);
  for (const std::uint8_t texel : field.texel_of_bit)
    if (texel < lit.size()) lit.set(texel);
  return lit;
}

/// What the field under the mouse sets: its texels, its endpoint. Always as high, so that nothing jumps.
void draw_subject(const BlockInspection& block, const InspectorState& state) {
  const bool pointed = state.field_under_mouse >= 0 && state.field_under_mouse < int(block.fields.size());
  const BitField* field = pointed ? &block.fields[std::size_t(state.field_under_mouse)] : nullptr;
  const BlockColours colours(block, state.exposure_stops);
  const float top = ImGui::GetCursorPosY();
  draw_texel_grids(block, colours, field ? texels_of(*field, state.bit_under_mouse) : LitTexels(), theme::px(18));
  const int endpoint = field ? field->endpoint : -1;
  for (const BlockLine& line : block_lines(block)) {
    const bool own = endpoint >= 0 && std::size_t(endpoint) / 2 == line.number;
    draw_line(line, colours, own ? endpoint % 2 : -1);
  }
  if (ImGui::GetCursorPosY() == top) return;
  const std::string bit = state.bit_under_mouse >= 0 ? fmt::format("bit {}: ", state.bit_under_mouse) : std::string();
  caption(field ? fmt::format("{}{} = {}", bit, field->name, value_text(*field))
                : "Point at a bit or a field: what it sets is lit.",
          field ? colour::text : colour::text_dim);
}

}  // namespace

void draw_bits_tab(const BlockInspection& block, InspectorState& state) {
  const auto colours = field_colours(block.fields);
  caption(fmt::format("{} bits, least significant bit of the first byte first", block.bit_count));
  const int bit = draw_bits(block, colours, state.field_under_mouse);
  int under = bit < 0 ? -1 : field_of(block.fields, std::uint32_t(bit));
  draw_subject(block, state);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  ImGui::BeginChild("fields");
  const float names = names_width(block.fields);
  for (std::size_t i = 0; i < block.fields.size(); ++i) {
    ImGui::PushID(int(i));
    if (draw_field(block.fields[i], colours[i], state.field_under_mouse == int(i), names)) under = int(i);
    ImGui::PopID();
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  state.field_under_mouse = under;
  state.bit_under_mouse = bit;
}

}  // namespace txs::app
