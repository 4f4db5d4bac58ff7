#include "panels/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "panels/run_label.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

float text_width(std::string_view text) { return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x; }

/// The longest head of whole UTF-8 characters that fits with an ellipsis.
std::string cut_to(std::string_view text, float width) {
  constexpr std::string_view ellipsis = "\u2026";
  const float room = width - text_width(ellipsis);
  std::size_t end = text.size();
  while (end > 0 && text_width(text.substr(0, end)) > room) {
    do --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  }
  return std::string(text.substr(0, end)) + std::string(ellipsis);
}

}  // namespace

void text_line(std::string_view text, ImU32 colour) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopStyleColor();
}

bool text_cut(std::string_view text, float width, ImU32 colour) {
  const bool cut = text_width(text) > width;
  text_line(cut ? cut_to(text, width) : std::string(text), colour);
  return cut;
}

void text_right_at(float right, std::string_view text, ImU32 colour) {
  ImGui::SetCursorPosX(right - text_width(text));
  text_line(text, colour);
}

void figure(std::string_view name, std::string_view value, std::string_view help) {
  ImGui::BeginGroup();
  text_line(name, colour::text_dim);
  ImGui::SameLine();
  text_right_at(ImGui::GetContentRegionMax().x, value);
  ImGui::EndGroup();
  tooltip(help);
}

void draw_swatch(ImDrawList& list, ImVec2 from, ImVec2 to, codec::Texel c) {
  list.AddRectFilled(from, to, IM_COL32(c[0], c[1], c[2], 255));
  if (c[3] == 255) return;
  const auto over = [&](int grey) {
    const auto mix = [&](int value) { return (value * c[3] + grey * (255 - c[3])) / 255; };
    return IM_COL32(mix(c[0]), mix(c[1]), mix(c[2]), 255);
  };
  const ImVec2 corner{to.x, from.y}, low{from.x, to.y}, middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
  const ImVec2 right{to.x, middle.y}, bottom{middle.x, to.y};
  // The lower right half in four parts of alternating grey.
  list.AddTriangleFilled(corner, to, low, over(102));
  list.AddTriangleFilled(corner, right, middle, over(153));
  list.AddTriangleFilled(middle, bottom, low, over(153));
}

codec::Texel to_texel(const codec::Colour& colour) {
  codec::Texel texel;
  for (std::size_t i = 0; i < 4; ++i) {
    texel[i] = static_cast<std::uint8_t>(std::lround(std::clamp(colour[i], 0.0f, 1.0f) * 255));
  }
  return texel;
}

std::optional<BlockGrid> block_grid(const session::Snapshot& snapshot) {
  const codec::BlockSize block = snapshot.focused().run.block;
  if (!snapshot.source || block == codec::BlockSize{}) return {};
  const auto blocks = [](int texels, std::uint32_t each) { return (std::uint64_t(texels) + each - 1) / each; };
  return BlockGrid{block, blocks(snapshot.source->width, block.width), blocks(snapshot.source->height, block.height)};
}

void command(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    say(Severity::warning, error.what());
  }
}

namespace {

/// "tinymlp", or "tinymlp, changed" where parameters differ from the nearest preset.
std::string preset_text(const NearestPreset& nearest) {
  std::string text = nearest.preset ? std::string(nearest.preset->id) : std::string("(no presets)");
  return nearest.changed.empty() ? text : text + ", changed";
}

std::string preset_help(const codec::Preset& preset) { return fmt::format("{}\n{}", preset.title, preset.help); }

/// Returns the preset that was clicked, if one was.
const codec::Preset* preset_entries(const codec::CodecKind& kind, const codec::Preset* shown, float width = 0) {
  const codec::Preset* clicked = nullptr;
  for (const codec::Preset& preset : kind.presets) {
    if (ImGui::Selectable(std::string(preset.id).c_str(), &preset == shown, 0, {width, 0})) clicked = &preset;
    tooltip(preset_help(preset));
  }
  return clicked;
}

/// The preset that the present parameters are exactly, if any.
const codec::Preset* exact(const NearestPreset& nearest) { return nearest.changed.empty() ? nearest.preset : nullptr; }

}  // namespace

void preset_combo(const session::Snapshot& snapshot, session::Session& session, float width,
                  std::string_view preferred) {
  const codec::CodecKind* kind = snapshot.focused().run.kind;
  if (!kind) return;
  const NearestPreset nearest = nearest_preset(*kind, snapshot.focused().run.parameters, preferred);
  ImGui::SetNextItemWidth(width);
  if (!ImGui::BeginCombo("##preset", preset_text(nearest).c_str())) {
    if (nearest.preset) tooltip("Preset: " + preset_help(*nearest.preset));
    return;
  }
  if (const codec::Preset* clicked = preset_entries(*kind, exact(nearest)))
    command([&] { session.set_preset(clicked->id); });
  ImGui::EndCombo();
}

const char* name_of(session::Slot slot) { return slot == session::Slot::b ? "B" : "A"; }

ImU32 colour_of(session::Slot slot) { return slot == session::Slot::b ? colour::sky_blue : colour::accent; }

Role role_of(const session::RunRecord& run, const session::Snapshot& snapshot) {
  if (run.id == snapshot.a.run.id) return Role::a;
  return snapshot.b && run.id == snapshot.b->run.id ? Role::b : Role::before;
}

void experiment_tabs(const session::Snapshot& snapshot, session::Session& session) {
  if (!snapshot.b) return;
  for (const session::Slot slot : {session::Slot::a, session::Slot::b}) {
    if (slot == session::Slot::b) ImGui::SameLine(0, theme::px(16));
    const session::RunRecord& run = snapshot.of(slot)->run;
    const std::string label = fmt::format("{}  {}", name_of(slot), run_label(run));
    const float room = (ImGui::GetContentRegionMax().x - theme::px(48)) / 2;
    ImGui::PushID(name_of(slot));
    if (text_tab(text_width(label) > room ? cut_to(label, room).c_str() : label.c_str(), slot == snapshot.focus,
                 "What the panels show and the keys act on (A)"))
      command([&] { session.focus(slot); });
    ImGui::PopID();
  }
}

namespace {

/// The files that were opened and hold something encoded.
void file_entries(const session::Snapshot& snapshot, session::Session& session) {
  bool titled = false;
  for (const auto& path : snapshot.files) {
    if (!artifact::has_container_extension(path)) continue;
    if (!std::exchange(titled, true)) {
      ImGui::Dummy({0, theme::px(4)});
      caption("Files", colour::accent);
    }
    ImGui::Indent(theme::px(8));
    if (ImGui::Selectable(path.filename().string().c_str())) session.open_as_b(path);
    tooltip(path.string());
    ImGui::Unindent(theme::px(8));
  }
}

void choose_preset(session::Slot slot, std::string_view id, session::Session& session) {
  command([&] {
    if (slot == session::Slot::b) session.set_b_preset(id);
    session.focus(slot);
    if (slot == session::Slot::a) session.set_preset(id);
  });
}

/// Every codec with its presets, in columns that are seen whole in a small window.
const codec::Preset* codec_columns(const codec::CodecKind* present, const codec::Preset* shown) {
  constexpr std::size_t most_rows = 20;
  const codec::Preset* clicked = nullptr;
  std::size_t rows = 0;
  ImGui::BeginGroup();
  for (const codec::CodecKind& kind : codec::registry()) {
    const std::size_t own = kind.presets.size() + 1;
    if (rows > 0 && rows + own > most_rows) {
      ImGui::EndGroup();
      ImGui::SameLine(0, theme::px(16));
      ImGui::BeginGroup();
      rows = 0;
    }
    if (rows > 0) ImGui::Dummy({0, theme::px(4)});
    rows += own;
    caption(kind.title, colour::accent);
    tooltip(kind.help);
    ImGui::Indent(theme::px(8));
    if (const codec::Preset* one = preset_entries(kind, &kind == present ? shown : nullptr, theme::px(152))) clicked = one;
    ImGui::Unindent(theme::px(8));
  }
  ImGui::EndGroup();
  return clicked;
}

void b_entries(const session::Snapshot& snapshot, session::Session& session) {
  if (ImGui::Selectable("(none)", !snapshot.b)) session.remove_b();
  tooltip("No second experiment");
  if (!snapshot.b) return;
  if (ImGui::Selectable("Swap A and B")) command([&] { session.swap(); });
  tooltip("A becomes B and B becomes A (U)");
}

}  // namespace

void codec_combo(session::Slot slot, const session::Snapshot& snapshot, session::Session& session, float width) {
  const session::ExperimentSnapshot* experiment = snapshot.of(slot);
  const codec::CodecKind* present = experiment ? experiment->run.kind : nullptr;
  NearestPreset nearest;
  std::string shown = "(none)";
  if (present) {
    nearest = nearest_preset(*present, experiment->run.parameters, experiment->run.preset);
    const std::string& file = experiment->run.artifact_name;
    shown = file.empty() ? fmt::format("{} / {}", present->id, preset_text(nearest)) : file;
  }
  ImGui::SetNextItemWidth(width);
  if (!ImGui::BeginCombo(fmt::format("##codec {}", name_of(slot)).c_str(), shown.c_str(),
                         ImGuiComboFlags_HeightLargest)) {
    tooltip(present ? fmt::format("{}: {}\n{}\n{}", name_of(slot), shown, present->title, present->help)
                    : "A second experiment on the same picture, beside A: choose a codec, or drop a DDS, KTX2, .astc or "
                      ".txs file of the picture's size here");
    return;
  }
  if (slot == session::Slot::b) b_entries(snapshot, session);
  if (const codec::Preset* clicked = codec_columns(present, exact(nearest))) choose_preset(slot, clicked->id, session);
  if (slot == session::Slot::b) file_entries(snapshot, session);
  ImGui::EndCombo();
}

}  // namespace txs::app
