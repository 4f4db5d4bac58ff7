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

using session::RunRecord;

/// "56", or "56.3" in the mean where blocks differ; nothing below one bit a block.
std::string bits_a_block(std::uint64_t bits, const std::optional<BlockGrid>& grid) {
  const std::uint64_t blocks = grid ? grid->across * grid->down : 0;
  if (blocks == 0 || bits < blocks) return {};
  return bits % blocks == 0 ? fmt::format("{}", bits / blocks) : format_fixed(double(bits) / double(blocks), 1);
}

/// A name and three columns that end at these places from the right edge.
struct Columns {
  float first, second, third;
};
constexpr Columns of_one_stage{124, 48, 0};  // bits a block, bytes, share
constexpr Columns of_two_stages{96, 0, -1};  // bytes raw, bytes coded; no third

void row(const Columns& columns, std::string_view name, std::string_view first, std::string_view second,
         std::string_view third, ImU32 ink, ImU32 name_ink) {
  const float right = ImGui::GetContentRegionMax().x;
  const float room = columns.first > 100 ? theme::px(32) : theme::px(72);  // of the first column's text
  text_cut(name, right - theme::px(columns.first) - ImGui::GetCursorPosX() - room, name_ink);
  ImGui::SameLine();
  text_right_at(right - theme::px(columns.first), first, ink);
  ImGui::SameLine();
  text_right_at(right - theme::px(columns.second), second, ink);
  if (columns.third < 0) return;
  ImGui::SameLine();
  text_right_at(right - theme::px(columns.third), third, ink);
}

/// A part's share of all, below its line.
void share_line(double share) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, at.y - theme::px(2)}, {at.x + width, at.y}, colour::line_faint);
  list.AddRectFilled({at.x, at.y - theme::px(2)}, {at.x + width * float(share), at.y}, colour::text_dim);
  ImGui::Dummy({width, theme::px(1)});
}

void titles(const Columns& columns, std::string_view first, std::string_view second, std::string_view third) {
  ImGui::PushFont(theme::fonts().caption);
  row(columns, "part", first, second, third, colour::text_dim, colour::text_dim);
  ImGui::PopFont();
}

double share_of(std::uint64_t bits, std::uint64_t total) { return total > 0 ? double(bits) / double(total) : 0; }

std::uint64_t total_bits(const std::vector<codec::BitPart>& parts) {
  std::uint64_t total = 0;
  for (const codec::BitPart& part : parts) total += part.bits;
  return total;
}

void draw_one_stage(const RunRecord& run, const std::optional<BlockGrid>& grid) {
  titles(of_one_stage, grid ? "bits/block" : "", "bytes", "share");
  const std::uint64_t total = total_bits(run.parts);
  for (const codec::BitPart& part : run.parts) {
    const double share = share_of(part.bits, total);
    ImGui::BeginGroup();
    row(of_one_stage, part.name, bits_a_block(part.bits, grid), format_bits(part.bits),
        fmt::format("{:.1f} %", share * 100), colour::text, colour::text);
    share_line(share);
    ImGui::EndGroup();
    tooltip(fmt::format("{}: {} bits", part.name, format_count(part.bits)));
  }
  figure("Artifact", format_bytes(run.artifact_bytes),
         fmt::format("{} bytes in all", format_count(run.artifact_bytes)));
  figure("Rate", format_bpp(run.bits_per_pixel), "Bits of the artifact for each pixel of the picture");
  figure("Ratio", format_ratio(run.compression_ratio), "Against the 8-bit samples of the source's channels");
  if (run.mips)
    figure(fmt::format("With {} levels", run.mips->levels), format_bytes(run.mips->bytes),
           fmt::format("{} bytes: the file with its mip levels. The figures above are of the picture, level 0, alone",
                       format_count(run.mips->bytes)));
}

const codec::BitPart* find(const std::vector<codec::BitPart>& parts, std::string_view name) {
  const auto found = std::ranges::find(parts, name, &codec::BitPart::name);
  return found == parts.end() ? nullptr : &*found;
}

std::string bits_or_none(const codec::BitPart* part) { return part ? format_bits(part->bits) : std::string("\u2013"); }

/// A figure of the network as it is and of the one with coded grids.
void pair(std::string_view name, const std::string& raw, const std::string& coded, std::string_view help) {
  ImGui::BeginGroup();
  row(of_two_stages, name, raw, coded, "", colour::text, colour::text_dim);
  ImGui::EndGroup();
  tooltip(help);
}

/// The network with its grids as they are beside the same one with them coded: what coding saves, and what it costs.
void draw_two_stages(const RunRecord& run, const artifact::CodedResult& coded) {
  // Coding takes its time, so that while a training runs the second column is of an earlier step.
  const bool lags = coded.step != run.progress.step;
  titles(of_two_stages, "raw", lags ? fmt::format("{}, step {}", coded.coding, coded.step) : coded.coding, "");
  const std::uint64_t total = total_bits(run.parts);
  const auto part_row = [&](const std::string& name) {
    const codec::BitPart *raw = find(run.parts, name), *after = find(coded.parts, name);
    ImGui::BeginGroup();
    row(of_two_stages, name, bits_or_none(raw), bits_or_none(after), "", colour::text, colour::text);
    share_line(raw ? share_of(raw->bits, total) : 0);
    ImGui::EndGroup();
    tooltip(fmt::format("{}: {} bits raw, {} bits {}", name, raw ? format_count(raw->bits) : "no",
                        after ? format_count(after->bits) : "no", coded.coding));
  };
  for (const codec::BitPart& part : run.parts) part_row(part.name);
  for (const codec::BitPart& part : coded.parts)
    if (!find(run.parts, part.name)) part_row(part.name);

  const double smaller = coded.bytes > 0 ? double(run.artifact_bytes) / double(coded.bytes) : 0;
  pair("File", format_bytes(run.artifact_bytes), format_bytes(coded.bytes),
       fmt::format("{} bytes raw, {} bytes {}", format_count(run.artifact_bytes), format_count(coded.bytes),
                   coded.coding));
  pair("Rate", format_bpp(run.bits_per_pixel), format_bpp(smaller > 0 ? run.bits_per_pixel / smaller : 0),
       "Bits of the file for each pixel of the picture");
  pair("Ratio", format_ratio(run.compression_ratio), format_ratio(run.compression_ratio * smaller),
       "Against the 8-bit samples of the source's channels");
  pair("PSNR", run.figures ? format_db(run.figures->psnr_db) : std::string("\u2013"),
       format_db(coded.figures.psnr_db),
       fmt::format("RGB PSNR of what the raw grids decode to, and of what is left of it after {} (at step {})",
                   coded.coding, coded.step));
}

}  // namespace

void draw_size_panel(const session::Snapshot& snapshot) {
  heading(snapshot.b ? fmt::format("Size {}", name_of(snapshot.focus)) : std::string("Size"));
  const RunRecord& run = snapshot.focused().run;
  if (run.parts.empty()) {
    caption("Nothing is encoded yet.");
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), theme::px(2)});
  if (run.coded)
    draw_two_stages(run, *run.coded);
  else
    draw_one_stage(run, block_grid(snapshot));
  ImGui::PopStyleVar();
}

}  // namespace txs::app
