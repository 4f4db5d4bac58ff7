#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

/// "56" where a part has the same number of bits in each block, else nothing.
std::string bits_a_block(std::uint64_t bits, const std::optional<BlockGrid>& grid) {
  const std::uint64_t blocks = grid ? grid->across * grid->down : 0;
  return blocks > 0 && bits % blocks == 0 ? fmt::format("{}", bits / blocks) : std::string();
}

struct Columns {
  float bits, bytes, share;  ///< right edges
};

Columns columns() {
  const float right = ImGui::GetContentRegionMax().x;
  return {right - theme::px(48) - theme::px(76), right - theme::px(48), right};
}

void row(std::string_view name, std::string_view bits, std::string_view bytes, std::string_view share, ImU32 ink) {
  const Columns at = columns();
  text_cut(name, at.bits - ImGui::GetCursorPosX() - theme::px(32), ink);
  ImGui::SameLine();
  text_right_at(at.bits, bits, ink);
  ImGui::SameLine();
  text_right_at(at.bytes, bytes, ink);
  ImGui::SameLine();
  text_right_at(at.share, share, ink);
}

void part_row(const codec::BitPart& part, std::uint64_t total, const std::optional<BlockGrid>& grid) {
  const double share = total > 0 ? double(part.bits) / double(total) : 0;
  ImGui::BeginGroup();
  row(part.name, bits_a_block(part.bits, grid), format_bits(part.bits), fmt::format("{:.1f} %", share * 100),
      colour::text);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, at.y - theme::px(2)}, {at.x + width, at.y}, colour::line_faint);
  list.AddRectFilled({at.x, at.y - theme::px(2)}, {at.x + width * float(share), at.y}, colour::text_dim);
  ImGui::Dummy({width, theme::px(1)});
  ImGui::EndGroup();
  tooltip(fmt::format("{}: {} bits", part.name, format_count(part.bits)));
}

}  // namespace

void draw_size_panel(const session::Snapshot& snapshot) {
  heading("Size");
  const session::RunRecord& run = snapshot.run;
  if (run.parts.empty()) {
    caption("Nothing is encoded yet.");
    return;
  }
  const std::optional<BlockGrid> grid = block_grid(snapshot);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  ImGui::PushFont(theme::fonts().caption);
  row("part", grid ? "bits/block" : "", "bytes", "share", colour::text_dim);
  ImGui::PopFont();
  std::uint64_t total = 0;
  for (const codec::BitPart& part : run.parts) total += part.bits;
  for (const codec::BitPart& part : run.parts) part_row(part, total, grid);
  figure("Artifact", format_bytes(run.artifact_bytes),
         fmt::format("{} bytes in all", format_count(run.artifact_bytes)));
  figure("Rate", format_bpp(run.bits_per_pixel), "Bits of the artifact for each pixel of the picture");
  figure("Ratio", format_ratio(run.compression_ratio), "Against the 8-bit samples of the source's channels");
  ImGui::PopStyleVar();
}

}  // namespace txs::app
